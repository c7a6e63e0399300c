/** A notification that is open: what it is about, file by file. Nothing but an answer or a person closes it. */
export interface Notice<T> {
  readonly about: Map<string, T>;
  readonly isSummary: boolean;
  /** When something that it is about was last told of. */
  toldAt: number;
}

/** Decides what is worth another notification, so that a person never gets more of them than they can look at. */
export class Notices<T> {
  private readonly open = new Set<Notice<T>>();

  /** What is to be shown now; `undefined` where one that is open speaks for all of it. */
  next(told: ReadonlyMap<string, T>, now: number): Notice<T> | undefined {
    const speaking = [...this.open].filter(({ toldAt }) => now - toldAt < speaksFor);
    const news = [...told].filter(([file]) => !tellAgain(speaking, file, now));
    if (news.length === 0) return undefined;
    const summary = speaking.find(({ isSummary }) => isSummary);
    if (summary !== undefined) {
      for (const [file, what] of news) summary.about.set(file, what);
      summary.toldAt = now;
      return undefined;
    }
    const isSummary = news.length > 1 || speaking.length >= mostOfOneFile;
    const notice = { about: new Map(news), isSummary, toldAt: now };
    this.open.add(notice);
    return notice;
  }

  closed(notice: Notice<T>): void {
    this.open.delete(notice);
  }
}

/** Two questions about one file are one too many: a newer proposal waits for the answer to the older one. */
function tellAgain<T>(speaking: readonly Notice<T>[], file: string, now: number): boolean {
  const known = speaking.find(({ isSummary, about }) => !isSummary && about.has(file));
  if (known !== undefined) known.toldAt = now;
  return known !== undefined;
}

/** A window shows three notifications at a time, and puts each away after a while, where nobody sees it any more. */
const mostOfOneFile = 2;
const speaksFor = 60_000;
