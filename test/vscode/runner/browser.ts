import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser that one suite after the other uses, since its start costs as much as a tenth of a suite. */
export interface KeptBrowser {
  /** Starts it where there is none. */
  get(): Promise<Browser>;
  close(): Promise<void>;
}

export function keptBrowser(executablePath: string): KeptBrowser {
  let browser: Browser | undefined;
  return {
    get: async () => {
      if (!browser?.isConnected()) browser = await chromium.launch({ executablePath, args: FLAGS });
      return browser;
    },
    close: async () => {
      await browser?.close();
      browser = undefined;
    },
  };
}
