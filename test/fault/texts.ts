export const files = Array.from({ length: 50 }, (_, index) => `stack-${index}/compose.yml`);

export function acceptedText(path: string): string {
  return `# ${path}\nservices:\n  api:\n    image: api:1\n  redis:\n    image: redis:7\nvolumes:\n  data:\n`;
}

/** Each write has a content of its own, so that it can be looked for afterwards. */
export function refusedText(path: string, mark: string): string {
  return acceptedText(path).replace('api:1', `api:${mark}`);
}

/** One line of a writer's log: what it wrote, or that a version of its own was gone when it came again. */
export interface Written {
  readonly at: number;
  readonly path: string;
  readonly op: string;
  /** What stood in the file from then on; absent where the content was not changed, `null` where it was removed. */
  readonly text?: string | null;
  /** A version that stood, and that nobody but a guard can have taken away, and how it came there. */
  readonly taken?: { readonly text: string; readonly op: string };
}
