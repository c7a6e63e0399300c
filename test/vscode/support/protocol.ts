/** What the suites inside the extension host and the runner outside of it say to each other. */

/** A toast or an entry of the notification centre, as a person sees it. */
export interface Notification {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly buttons: readonly string[];
}

/** The dialog that blocks the window. */
export interface Modal {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** The quick pick or input box that is open. */
export interface QuickInput {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  readonly message: string;
  readonly items: readonly string[];
}

/** How long to wait for something on the screen; every wait has an end. */
export interface Patience {
  readonly timeout?: number;
}

/**
 * Everything a person at the window could see or do. Texts are matched by containment, waits end after ten
 * seconds unless told otherwise, and a wait that ends without success fails the test with what was there instead.
 */
export interface Driver {
  /** Presses keys as Playwright names them: `Control+S`, `Escape`, `Control+K Control+S`. */
  press(keys: string): Promise<void>;
  /** Types text into whatever has the focus. */
  type(text: string): Promise<void>;
  /** Puts text on the clipboard and pastes it, as one edit. */
  paste(text: string): Promise<void>;
  /** Runs a command by its title from the command palette. */
  command(title: string): Promise<void>;

  /** The notifications on the screen, newest first; never waits. */
  notifications(): Promise<readonly Notification[]>;
  /** Waits for a notification whose message contains the text. */
  notification(text: string, patience?: Patience): Promise<Notification>;
  /** Waits for a button of a notification and clicks it. */
  clickNotification(button: string, patience?: Patience): Promise<void>;
  /** Closes every notification without choosing anything. */
  dismissNotifications(): Promise<void>;

  /** The blocking dialog, when one is open; never waits. */
  modal(): Promise<Modal | undefined>;
  /** Waits for the blocking dialog and clicks its button; answers what the dialog said. */
  clickModal(button: string, patience?: Patience): Promise<Modal>;

  /** The quick pick or input box, when one is open; never waits. */
  quickInput(): Promise<QuickInput | undefined>;
  /** Waits for a quick pick and chooses the entry that contains the text. */
  pick(entry: string, patience?: Patience): Promise<void>;
  /** Waits for an input box, types the text and confirms it. */
  answer(text: string, patience?: Patience): Promise<void>;

  /** Saves the active editor under another path through the Save As dialog, over a file that is there. */
  saveAs(path: string): Promise<void>;

  /** The texts of all visible elements that match the selector; never waits. */
  texts(selector: string): Promise<readonly string[]>;
  /** Waits for an element that matches the selector and contains the text, and clicks it. */
  click(selector: string, text?: string, patience?: Patience): Promise<void>;
  /** Drags one element over another. */
  drag(from: Target, to: Target): Promise<void>;
  /** The texts of the entries of the status bar, left to right. */
  statusBar(): Promise<readonly string[]>;
  /** The visible text inside web views. */
  webviews(): Promise<readonly string[]>;

  /** Writes a picture of the window under the run's output folder; answers its path. */
  screenshot(name: string): Promise<string>;
  /** Resizes the window. */
  resize(width: number, height: number): Promise<void>;
  /** Takes the focus away from the window, as when a person turns to another program. */
  blur(): Promise<void>;
  /** Gives it back. */
  focus(): Promise<void>;
  /** Opens one more window, on the same folder or another; `in` drives it by the number answered. */
  openWindow(folder?: string): Promise<number>;
  /** Closes a window opened by `openWindow`. */
  closeWindow(window: number): Promise<void>;
  /** Sends the calls that follow to a window; 0 is the one that runs the suite. */
  focusWindow(window: number): Promise<void>;
}

/** An element of the window: a CSS selector, and a text it contains. */
export interface Target {
  readonly selector: string;
  readonly text?: string;
}

/** The answer to "what am I to do?" that an extension host asks when the test extension starts in it. */
export type Assignment =
  | { readonly role: 'idle' }
  | {
      readonly role: 'run';
      readonly suite: string;
      readonly only?: string;
      /** How the titles of the tests begin that run here; all do where it is not said. */
      readonly among?: readonly string[];
      readonly hasDriver: boolean;
      /** After a restart that a test asked for: the test to go on with, and what it wanted to remember. */
      readonly resume?: { readonly test: string; readonly memory: unknown; readonly visit: number };
      /** The names of the tests that are already done. */
      readonly done: readonly string[];
    };

/** What a suite reports while it runs. */
export type Report =
  | { readonly kind: 'started'; readonly vscode: string; readonly tests: number }
  | { readonly kind: 'running'; readonly name: string; readonly timeout: number }
  | { readonly kind: 'test'; readonly name: string; readonly seconds: number; readonly outcome: Outcome }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'restart'; readonly test: string; readonly memory: unknown; readonly how: Restart }
  | { readonly kind: 'finished'; readonly error?: string };

/** `reload` is done by the runner; of `expected` it is only told, the suite brings it about itself. */
export type Restart = 'reload' | 'expected';

export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: string };

/** The environment variable that tells the extension host where the runner listens. */
export const BRIDGE = 'INFRAHOLD_TEST_BRIDGE';

/** The answer to a driver call that needs a browser where there is none. */
export const NO_BROWSER = 'no-browser';

/** What a suite file exports beside its tests, read by the runner before VS Code starts. */
export interface Fixture {
  /** The files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The person's settings; the runner's own quiet ones come first. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Initialise a git repository with the files committed. */
  readonly git?: boolean;
  /** Needs the built-in Copilot Chat with a scripted model. */
  readonly copilot?: boolean;
  /** What the test extension contributes in its manifest, beside its scripted model. */
  readonly contributes?: Readonly<Record<string, unknown>>;
  /** Run only with a VSIX under test, or only without one; both otherwise. */
  readonly extension?: 'required' | 'absent';
  /** Environment of VS Code and so of its extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Run only with the reasons of changes, or only without, where they make no difference; both otherwise. */
  readonly reason?: 'present' | 'hidden';
  /** How the titles begin of the tests that run with the reasons of changes, where to the others they make no difference. */
  readonly withReasons?: readonly string[];
  /** VS Code versions it runs on, where another lacks something or makes no difference; all otherwise. */
  readonly versions?: readonly string[];
}
