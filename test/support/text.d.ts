/** The suites' bundler takes these files in as text. */
declare module '*.yml' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: a file that is a text has nothing else to export.
  export default text;
}

declare module '*.txt' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: a file that is a text has nothing else to export.
  export default text;
}
