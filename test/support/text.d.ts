/** The suites' bundler takes these files in as text. */
declare module '*.yml' {
  const text: string;
  export default text;
}

declare module '*.txt' {
  const text: string;
  export default text;
}
