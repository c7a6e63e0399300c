import { behindMark, type Edited, lineAt, styleOf, type Unfit } from './edited.ts';

/** The two lines between which a text is ours, as comments of the language around them. */
export interface Marks {
  readonly begin: string;
  readonly end: string;
}

export const markdownMarks: Marks = {
  begin: '<!-- infrahold: begin (written by `infrahold install`, removed by `infrahold uninstall`) -->',
  end: '<!-- infrahold: end -->',
};

export const hashMarks: Marks = {
  begin: '# infrahold: begin (written by "infrahold install", removed by "infrahold uninstall")',
  end: '# infrahold: end',
};

/** Puts a marked block at the end of a text, or the new block in place of the old one. */
export function addBlock(text: string | undefined, body: string, marks: Marks): Edited {
  return behindMark(text, (bare = '') => {
    const { lineEnd } = styleOf(bare);
    const block = [marks.begin, ...body.trimEnd().split('\n'), marks.end].join(lineEnd);
    const place = placeOf(bare, marks);
    if (place === undefined) return { text: `${bare}${gapAfter(bare, lineEnd)}${block}${lineEnd}` };
    if ('why' in place) return place;
    return { text: bare.slice(0, place.start) + block + bare.slice(place.end) };
  });
}

/** Takes the block out, with the empty line that was put before it. */
export function removeBlock(text: string | undefined, marks: Marks): Edited {
  return behindMark(text, (bare) => {
    if (bare === undefined) return { text: undefined };
    const place = placeOf(bare, marks);
    if (place === undefined) return { text: bare };
    if ('why' in place) return place;
    const head = bare.slice(0, place.start).replace(/(\r?\n)\r?\n$/, '$1');
    const left = head + bare.slice(place.end).replace(/^\r?\n/, '');
    return { text: left === '' ? undefined : left };
  });
}

function gapAfter(text: string, lineEnd: string): string {
  if (text === '') return '';
  return text.endsWith('\n') ? lineEnd : lineEnd + lineEnd;
}

interface BlockPlace {
  readonly start: number;
  readonly end: number;
}

function placeOf(text: string, { begin, end }: Marks): BlockPlace | Unfit | undefined {
  const start = text.indexOf(begin);
  if (start === -1) return undefined;
  const close = text.indexOf(end, start);
  if (close === -1)
    return {
      why: `the block of Infrahold has no end: put back the line "${end}"`,
      line: lineAt(text, start),
    };
  return { start, end: close + end.length };
}
