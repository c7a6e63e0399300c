/** What lies around a Compose file. Without any of it the file is read for itself. */
export interface Sources {
  /** The path of the file itself, as `read` would name it; `compose.yaml` when left out. */
  readonly name?: string;
  /** Variables, as `.env` and the caller give them. */
  readonly env?: Readonly<Record<string, string>>;
  /** The text of another file, by its path relative to where `name` is relative to; `undefined` for no such file. */
  readonly read?: (path: string) => string | undefined;
}
