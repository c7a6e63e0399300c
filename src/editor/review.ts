import { randomBytes } from 'node:crypto';
import type { Disposable, Uri, Webview, WebviewPanel } from 'vscode';
import { commands as editorCommands, env, l10n, ViewColumn, Uri as VscodeUri, window } from 'vscode';
import type { Impact } from '../core/diff/change.ts';
import type { Origin } from '../ports.ts';
import { DisposableList } from './disposables.ts';
import type { Folders, Hold } from './folders.ts';
import { commands, reviewPanel } from './ids.ts';
import { reviewPage } from './reviewPage.ts';
import { closeTextDiffs, openTextDiff } from './virtualDocuments.ts';
import { effectInWords, grantsInWords, scopeOver } from './words.ts';

/** The page that shows a held edit by what it means. One panel serves all; it shows the last one asked for. */
export class ReviewPanel implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly folders: Folders;
  private readonly media: Uri;
  private panel: WebviewPanel | undefined;
  private shown: Hold | undefined;

  constructor(folders: Folders, extensionUri: Uri) {
    this.folders = folders;
    this.media = VscodeUri.joinPath(extensionUri, 'media');
    this.disposables.add(folders.onDidChange(() => this.refresh()));
    this.disposables.add({ dispose: () => this.panel?.dispose() });
  }

  /** Shows the page beside the text diff; an address puts the diff at that change. */
  async open(hold: Hold, address?: string): Promise<void> {
    this.shown = hold;
    const change = hold.held.judgement.changes.find((one) => one.address === address);
    await openTextDiff(hold, (change?.after ?? change?.before)?.line);
    this.panel ??= this.create();
    this.panel.title = l10n.t('Held: {0}', hold.held.path.split('/').at(-1) ?? hold.held.path);
    await this.fill(hold);
    this.panel?.reveal(undefined, change !== undefined);
  }

  /** What the page shows while it is what the person looks at. */
  get current(): Hold | undefined {
    return this.panel?.active === true ? this.shown : undefined;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private create(): WebviewPanel {
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: false };
    const options = { enableScripts: true, enableCommandUris: false, localResourceRoots: [this.media] };
    const panel = window.createWebviewPanel(reviewPanel, l10n.t('Held edit'), place, options);
    panel.iconPath = VscodeUri.joinPath(this.media, 'icon.png');
    panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message));
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.shown = undefined;
    });
    return panel;
  }

  private refresh(): void {
    if (this.panel === undefined || this.shown === undefined) return;
    const { folder, held } = this.shown;
    const now = this.folders.holdAt(folder.uriOf(held.path));
    // The question was answered, here or elsewhere: a page with dead buttons would only mislead.
    if (now === undefined) {
      this.panel.dispose();
      void closeTextDiffs(folder.uriOf(held.path));
      return;
    }
    if (now.held === held) return;
    this.shown = now;
    void this.fill(now);
  }

  /** The person may have turned to another edit, or closed the page, by the time the impact is known. */
  private async fill(hold: Hold): Promise<void> {
    const impact = await hold.held.judgement.impact();
    if (this.panel !== undefined && this.shown === hold)
      this.panel.webview.html = this.page(this.panel.webview, hold, impact);
  }

  private page(webview: Webview, { folder, held }: Hold, impact: Impact): string {
    const content = {
      path: held.path,
      summary: effectInWords(held.judgement, l10n.t),
      author: authorInWords(held.origin),
      scope: grantsInWords(scopeOver(folder.scope, held.judgement), l10n.t),
      judgement: held.judgement,
      impact,
    };
    const frame = {
      nonce: randomBytes(16).toString('base64'),
      cspSource: webview.cspSource,
      style: webview.asWebviewUri(VscodeUri.joinPath(this.media, 'review.css')).toString(),
      script: webview.asWebviewUri(VscodeUri.joinPath(this.media, 'review.js')).toString(),
      language: env.language,
    };
    return reviewPage(content, frame, l10n.t);
  }

  private async receive(message: unknown): Promise<void> {
    const hold = this.shown;
    if (hold === undefined || typeof message !== 'object' || message === null) return;
    const choice: unknown = Reflect.get(message, 'choice');
    const line: unknown = Reflect.get(message, 'line');
    const command = typeof choice === 'string' ? commandFor.get(choice) : undefined;
    if (command !== undefined)
      await editorCommands.executeCommand(command, hold.folder.uriOf(hold.held.path), hold.held.id);
    else if (choice === 'diff') await openTextDiff(hold);
    else if (typeof line === 'number') await openTextDiff(hold, line);
  }
}

const commandFor: ReadonlyMap<string, string> = new Map([
  ['keep', commands.keepAsked],
  ['put-back', commands.putBack],
  ['approve', commands.approve],
]);

function authorInWords(origin: Origin): string {
  switch (origin.author) {
    case 'ai':
      return l10n.t(
        'by an AI: {0}',
        [origin.tool, origin.model].filter((part) => part !== undefined).join(', '),
      );
    case 'human':
      return l10n.t('by a person');
    case 'git':
      return l10n.t('by git');
    case 'unknown':
      return l10n.t('by an unknown author');
    default:
      return origin.author satisfies never;
  }
}
