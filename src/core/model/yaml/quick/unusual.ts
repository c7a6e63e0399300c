/**
 * Ends a quick reading at whatever its grammar does not know, right or wrong: the full parser reads that text. It never
 * leaves the quick reader, and as it is made once it costs nothing to throw.
 */
export const unusual = new Error('not for the quick reader');

/** Every character of a text has to pass here, those of comments too: some end a line for one reader and not for another. */
export function mustBeUsual(text: string): void {
  if (!plainLetters.test(text) && hasOddCharacter(text)) throw unusual;
}

/** Most texts hold nothing else, and then what the other characters are need not be looked up. */
const plainLetters = /^[\n -~]*$/;

/** Control characters but line ends, blanks but the space, what has no width, and a CR that ends no line. */
function hasOddCharacter(text: string): boolean {
  return /[^\P{Cc}\n\r]|[^\P{Z} ]|\p{Cf}|\r(?!\n)/u.test(text);
}
