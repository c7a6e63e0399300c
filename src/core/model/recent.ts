/**
 * Remembers what was made of texts, up to an amount of text: the older half is forgotten when the newer half is full.
 * It is only ever asked for what is a function of the text, so that the answer is the same with it and without it.
 */
export class Recent<Value> {
  private readonly most: number;
  private newer = new Map<string, Value>();
  private older = new Map<string, Value>();
  private size = 0;

  /** `most` in characters of the texts that are remembered. */
  constructor(most: number) {
    this.most = most;
  }

  get(text: string): Value | undefined {
    const known = this.newer.get(text);
    if (known !== undefined) return known;
    const old = this.older.get(text);
    if (old !== undefined) this.set(text, old);
    return old;
  }

  set(text: string, value: Value): void {
    if (text.length > this.most / 2) return;
    if (this.size + text.length > this.most / 2) {
      this.older = this.newer;
      this.newer = new Map();
      this.size = 0;
    }
    this.newer.set(text, value);
    this.size += text.length;
  }
}
