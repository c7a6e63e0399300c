/** Something cannot be done and the person is told why; nothing is wrong with the program. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
