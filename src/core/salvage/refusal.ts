/** Why a part of an edit cannot be cut out of it, and where in the text before the reason stands. */
export class Refusal extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}
