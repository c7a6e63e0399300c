import * as vscode from 'vscode';
import { driver } from './driver.ts';
import { sleep } from './workspace.ts';

/** One call the scripted model makes: a tool of the agent, by its name, and the input it is given. */
export interface Step {
  readonly tool: string;
  readonly input: object;
}

/** What the agent did with a script. */
export interface Run {
  /** What each step's tool answered to the model, in the order of the steps. */
  readonly answers: readonly string[];
  /** The names of the tools the agent offered to the model. */
  readonly offered: readonly string[];
  /** How often VS Code asked the person for leave. */
  readonly approvals: number;
}

export interface Script {
  readonly steps: readonly Step[];
  /** What the person writes into the chat. */
  readonly prompt?: string;
  /**
   * Agents offer a model the edit tools of its family: `apply_patch` to GPT, `multi_replace_string_in_file` to Sonnet,
   * `replace_string_in_file` and `insert_edit_into_file` to one that they know nothing of.
   */
  readonly family?: Family;
  /** What the model says when it is asked to work what `insert_edit_into_file` was given into a file. */
  readonly merge?: string;
  /** Whether the person allows what VS Code asks leave for, such as a terminal command; they do by default. */
  readonly approve?: boolean;
  readonly timeout?: number;
}

const FAMILIES = ['scripted', 'gpt-5', 'sonnet'] as const;

type Family = (typeof FAMILIES)[number];

/** One step of `insert_edit_into_file`, after which the model, when it is asked, writes the whole file with it. */
export function insertEdit(filePath: string, code: string, whole: string): Script {
  const input = { explanation: 'As asked', filePath, code };
  return { steps: [{ tool: 'insert_edit_into_file', input }], merge: `\`\`\`yaml\n${whole}\`\`\`` };
}

let waiting: Step[] = [];
let merged = 'Done.';
let offered: readonly string[] = [];
let answers = new Map<string, string>();
let finished: (() => void) | undefined;
let calls = 0;
/** How often the agent has spoken to the model. */
let requests = 0;

/**
 * Copilot's own agent with a model that follows a script. Everything between the model and the file is the real
 * thing: the agent loop, its tools, hooks, approvals and the way it writes. A suite that uses it says
 * `copilot: true` in its fixture.
 */
export const copilot = {
  /** Sends a prompt to agent mode and lets the model make the calls; ends when the model has spoken its last word. */
  async run({
    steps,
    prompt = 'Do it.',
    family = 'scripted',
    merge = 'Done.',
    ...rest
  }: Script): Promise<Run> {
    waiting = [...steps];
    merged = merge;
    answers = new Map();
    let over = false;
    const first = calls;
    const done = new Promise<void>((resolve) => {
      finished = resolve;
    });
    await ask(prompt, family);
    const approvals = rest.approve === false ? Promise.resolve(0) : approveUntil(() => over);
    try {
      await Promise.race([done, lateness(rest.timeout ?? 40_000)]);
    } catch (error) {
      await vscode.commands.executeCommand('workbench.action.chat.cancel');
      throw error;
    } finally {
      over = true;
    }
    const ids = steps.map((_, index) => callId(first + index));
    return { answers: ids.map((id) => answers.get(id) ?? ''), offered, approvals: await approvals };
  },
};

/**
 * Sends the prompt. A VS Code that has just started may not have heard of the model yet and then wants a sign-in; a
 * person closes that dialog and asks again, and so does this.
 */
async function ask(query: string, family: Family): Promise<void> {
  const before = requests;
  for (let attempt = 0; attempt < 4; attempt++) {
    await modelListed(family);
    const modelSelector = { vendor: 'scripted', id: family };
    await vscode.commands.executeCommand('workbench.action.chat.open', {
      query,
      mode: 'agent',
      modelSelector,
    });
    for (let waited = 0; waited < 12_000; waited += 200) {
      if (requests > before) return;
      if ((await driver.texts(SIGN_IN)).some((text) => text.includes('Sign in'))) break;
      await sleep(200);
    }
    if (requests > before) return;
    await driver.press('Escape');
    await sleep(1000);
  }
}

async function modelListed(family: Family): Promise<void> {
  await vscode.extensions.getExtension('GitHub.copilot-chat')?.activate();
  for (let waited = 0; waited < 10_000; waited += 200) {
    const models = await vscode.lm.selectChatModels({ vendor: 'scripted', family });
    if (models.length > 0) return;
    await sleep(200);
  }
}

const SIGN_IN = '.monaco-dialog-box';

const CHAT_BUTTON = '.interactive-session .monaco-button';

/** Presses "Allow" whenever the chat shows it, as a person would; answers how often. */
async function approveUntil(over: () => boolean): Promise<number> {
  let pressed = 0;
  while (!over()) {
    const shown = (await driver.texts(CHAT_BUTTON)).find((text) => text.startsWith('Allow'));
    if (shown !== undefined) {
      await driver.click(CHAT_BUTTON, shown);
      pressed++;
    }
    await sleep(200);
  }
  return pressed;
}

const lateness = (timeout: number): Promise<never> =>
  new Promise((_, fail) => {
    const late = () =>
      fail(new Error(`the agent was not done after ${timeout / 1000} s: ${waiting.length} steps left`));
    setTimeout(late, timeout);
  });

const callId = (number: number): string => `call_${number}`;

/** Registers the model; only Copilot asks for it. */
export function startScriptedModel(context: vscode.ExtensionContext): void {
  const models = FAMILIES.map((family) => ({
    id: family,
    name: `Scripted ${family}`,
    family,
    version: '1',
    maxInputTokens: 100_000,
    maxOutputTokens: 10_000,
    capabilities: { toolCalling: true },
    // Without this, the model picker leaves the model out and agent mode asks for a sign-in instead.
    isUserSelectable: true,
  }));
  const provider: vscode.LanguageModelChatProvider = {
    provideLanguageModelChatInformation: () => models,
    provideTokenCount: async () => 10,
    provideLanguageModelChatResponse: async (_, messages, options, progress) =>
      speak(messages, options, progress),
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('scripted', provider));
}

function speak(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  options: vscode.ProvideLanguageModelChatResponseOptions,
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
): void {
  const tools = (options.tools ?? []).map(({ name }) => name);
  // Copilot also asks for titles, summaries and merged texts; only the agent itself offers tools.
  const next = tools.length === 0 ? undefined : waiting.shift();
  if (tools.length === 0) progress.report(new vscode.LanguageModelTextPart(merged));
  else if (next === undefined) progress.report(new vscode.LanguageModelTextPart('Done.'));
  else progress.report(new vscode.LanguageModelToolCallPart(callId(calls++), next.tool, next.input));
  if (tools.length === 0) return;
  requests++;
  offered = tools;
  for (const message of messages) listen(message);
  if (next === undefined) finished?.();
}

function listen(message: vscode.LanguageModelChatRequestMessage): void {
  for (const part of message.content) {
    if (!(part instanceof vscode.LanguageModelToolResultPart)) continue;
    const texts = part.content.map((piece) =>
      piece instanceof vscode.LanguageModelTextPart ? piece.value : JSON.stringify(piece),
    );
    answers.set(part.callId, texts.join('\n'));
  }
}
