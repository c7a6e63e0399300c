/**
 * Ends a quick reading at whatever its grammar does not know, right or wrong: the full parser reads that text. It never
 * leaves the quick reader, and as it is made once it costs nothing to throw.
 */
export const unusual = new Error('not for the quick reader');
