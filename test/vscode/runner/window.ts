import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Driver, Target } from '../support/protocol.ts';
import type { KeptBrowser } from './browser.ts';
import { eventually, named } from './screen.ts';
import { widgets } from './widgets.ts';

/** What a window of VS Code in a browser needs to know. */
export interface WindowOptions {
  readonly browser: KeptBrowser;
  readonly url: string;
  readonly folder: string;
  readonly output: string;
  readonly size: { readonly width: number; readonly height: number };
}

/** The windows of one run: the one that carries the suite, and those the suite opens. */
export class Windows {
  /** Resolves once the first window is drawn, which on a busy machine its extension host can be ahead of. */
  readonly opened: Promise<void>;
  readonly #options: WindowOptions;
  readonly #pages: (Page | undefined)[] = [];
  #announce: () => void = () => {};
  #context: BrowserContext | undefined;
  #current = 0;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.opened = new Promise((done) => {
      this.#announce = done;
    });
  }

  /** Opens the first window. */
  async open(): Promise<void> {
    await this.#openPage(this.#options.folder);
    this.#announce();
  }

  /** The window that driver calls go to. */
  get page(): Page {
    const page = this.#pages[this.#current];
    if (page === undefined) throw new Error(`window ${this.#current} is closed`);
    return page;
  }

  async reload(): Promise<void> {
    const { page } = this;
    // The command ends the extension host in good order, as a person's reload does; the browser's would not.
    const loaded = page.waitForEvent('load', { timeout: 30_000 });
    await runCommand(page, 'Developer: Reload Window');
    await loaded;
    await ready(page);
  }

  async close(): Promise<void> {
    await this.#context?.close();
  }

  /** The driver as the suite knows it, one method for each of its calls. */
  driver(): Driver {
    const page = () => this.page;
    return {
      ...widgets(page),
      ...hands(page),
      ...looks(page, this.#options.output),
      openWindow: (folder) => this.#openPage(folder ?? this.#options.folder),
      closeWindow: async (window) => {
        await this.#pages[window]?.close();
        this.#pages[window] = undefined;
        if (this.#current === window) this.#current = 0;
      },
      focusWindow: async (window) => {
        this.#current = window;
        await this.page.bringToFront();
      },
    };
  }

  async #openPage(folder: string): Promise<number> {
    const { browser, url, size } = this.#options;
    // Windows of one browser context share its storage, as the windows of one VS Code do, and nothing of another's.
    this.#context ??= await (await browser.get()).newContext({ viewport: size });
    const context = this.#context;
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
    const page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
    await ready(page);
    return this.#pages.push(page) - 1;
  }
}

async function ready(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
  await page.waitForSelector('.monaco-workbench .part.editor', { timeout: 60_000 });
}

/** The little of the page's own world that is used here; the DOM's types would claim to exist everywhere. */
interface PageBody {
  readonly ownerDocument: {
    hasFocus(): boolean;
    readonly defaultView: {
      readonly navigator: { readonly clipboard: { writeText(text: string): Promise<void> } };
      dispatchEvent(event: Event): boolean;
    };
  };
}

const copy = (body: PageBody, text: string): Promise<void> =>
  body.ownerDocument.defaultView.navigator.clipboard.writeText(text);

/** VS Code believes `hasFocus`, not the event, and a driven browser claims to have the focus at all times. */
const setFocus = (body: PageBody, focused: boolean): void => {
  body.ownerDocument.hasFocus = () => focused;
  body.ownerDocument.defaultView.dispatchEvent(new Event(focused ? 'focus' : 'blur'));
};

type Hands = Pick<
  Driver,
  'press' | 'type' | 'paste' | 'command' | 'click' | 'drag' | 'resize' | 'blur' | 'focus'
>;

function hands(page: () => Page): Hands {
  return {
    press: async (keys) => {
      for (const chord of keys.split(' ')) await page().keyboard.press(chord);
    },
    type: (text) => page().keyboard.type(text),
    paste: async (text) => {
      await page().locator('body').evaluate(copy, text);
      await page().keyboard.press('Control+V');
    },
    command: (title) => runCommand(page(), title),
    click: async (selector, text, { timeout = 10_000 } = {}) => {
      await element(page(), { selector, ...(text === undefined ? {} : { text }) }).click({ timeout });
    },
    drag: (from, to) => element(page(), from).dragTo(element(page(), to)),
    resize: (width, height) => page().setViewportSize({ width, height }),
    blur: () => page().locator('body').evaluate(setFocus, false),
    focus: () => page().locator('body').evaluate(setFocus, true),
  };
}

type Looks = Pick<Driver, 'texts' | 'statusBar' | 'webviews' | 'screenshot'>;

function looks(page: () => Page, output: string): Looks {
  const texts = async (selector: string) => {
    const shown = await page().locator(selector).filter({ visible: true }).allInnerTexts();
    return shown.map((text) => text.trim());
  };
  return {
    texts,
    statusBar: async () => (await texts('.part.statusbar .statusbar-item')).filter((text) => text !== ''),
    webviews: async () => {
      const frames = page()
        .frames()
        .filter((frame) => frame !== page().mainFrame());
      const shown = await Promise.all(
        frames.map((frame) =>
          frame
            .locator('body')
            .innerText()
            .catch(() => ''),
        ),
      );
      return shown.filter((text) => text.trim() !== '');
    },
    screenshot: async (name) => {
      mkdirSync(output, { recursive: true });
      const path = join(output, `${name}.png`);
      await page().screenshot({ path });
      return path;
    },
  };
}

const element = (page: Page, { selector, text }: Target) => {
  const found = page.locator(selector).filter({ visible: true });
  return (text === undefined ? found : found.filter({ hasText: text })).first();
};

/** Only an exact title is run: the palette would happily offer something similar. */
async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator(
    '.quick-input-widget input[type="text"], .quick-input-widget .quick-input-box input',
  );
  await input.first().fill(`>${title}`);
  const entry = page.locator('.quick-input-list .monaco-list-row');
  await eventually(`the command "${title}"`, 10_000, async () => {
    const shown = (await entry.allTextContents()).map((text) => text.trim());
    const index = (await entry.locator('.label-name').allInnerTexts()).findIndex((text) =>
      named(text, title),
    );
    if (index < 0) return { missing: shown.slice(0, 5) };
    await entry.nth(index).click();
    return { found: true };
  });
}
