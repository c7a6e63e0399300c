import { join } from 'node:path';
import type { ExtensionContext, QuickPickItem, WebviewPanel, WorkspaceFolder } from 'vscode';
import { env, l10n, ProgressLocation, QuickPickItemKind, Uri, ViewColumn, window, workspace } from 'vscode';
import type { HostId, InstallableHost } from '../agents/install/host.ts';
import { installableHosts } from '../agents/install/hosts.ts';
import type { Launch } from '../agents/install/launch.ts';
import { applySteps } from '../setup/apply.ts';
import { checkPlace } from '../setup/checks.ts';
import { diagnose } from '../setup/diagnosis.ts';
import type { AgentReport } from '../setup/doctor.ts';
import { extensionLaunch, renewLauncher } from '../setup/launcher.ts';
import { leaveFor } from '../setup/leave.ts';
import { planInstall, planUninstall, type Step } from '../setup/plan.ts';
import { openRecord, type Surroundings, surroundingsOf, targetIn } from '../setup/surroundings.ts';
import { doctorPage, stateInWords } from './doctorPage.ts';
import { doctorPanel } from './ids.ts';

/** Shows the agents of a folder with their state, installs or takes out what is chosen, and tells what then holds. */
export async function protectAgents({ extensionUri }: ExtensionContext): Promise<void> {
  const folder = await chosenFolder();
  if (folder === undefined) return;
  const place = surroundingsOf(folder.uri.fsPath, process.env);
  const cli = join(extensionUri.fsPath, 'dist', 'cli.js');
  const launch = await extensionLaunch(place.stateRoot, cli, process.env);
  const agents = await looking(place, launch);
  const chosen = await choose(agents);
  if (chosen === undefined) return;
  const steps = await carryOut(chosen, agents, place, launch);
  const content = {
    folder: folder.name,
    agents: await looking(place, launch),
    checks: await checkPlace(place),
    written: steps.flatMap((step) => stepInWords(step, place.root)),
    toDo: chosen.flatMap(({ name, toDo }) => (toDo === undefined ? [] : [`${name}: ${toDo}.`])),
  };
  show(content, extensionUri);
}

/** An update moves the program, and the hook entries that were written from here must find it. */
export async function renewHookProgram({ extensionUri }: ExtensionContext, stateRoot: string): Promise<void> {
  await renewLauncher(stateRoot, join(extensionUri.fsPath, 'dist', 'cli.js')).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    void window.showWarningMessage(l10n.t('The hooks of your agents may not find Infrahold: {0}', why));
  });
}

/** Looking means starting hook entries, and a folder that nobody trusts may have written any program there. */
async function chosenFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0 || !workspace.isTrusted) {
    void window.showInformationMessage(
      folders.length === 0
        ? l10n.t('Open a folder first: agents are protected folder by folder.')
        : l10n.t('Trust this folder first: its hook entries are started to see whether they hold.'),
    );
    return undefined;
  }
  if (folders.length === 1) return folders[0];
  return window.showWorkspaceFolderPick({ placeHolder: l10n.t('In which folder?') });
}

async function looking(place: Surroundings, launch: Launch): Promise<AgentReport[]> {
  const title = l10n.t('Trying out the agents’ hooks…');
  return window.withProgress({ location: ProgressLocation.Notification, title }, async () =>
    diagnose(place, launch, recordOf(place)),
  );
}

interface AgentItem extends QuickPickItem {
  readonly host?: InstallableHost;
}

/** What is in use is ticked; what is ticked and not chosen any more is taken out. */
async function choose(agents: readonly AgentReport[]): Promise<readonly InstallableHost[] | undefined> {
  const itemFor = (host: InstallableHost): AgentItem => {
    const report = agents.find((agent) => agent.host === host.id);
    const description = report === undefined ? '' : stateInWords(report.state, l10n.t);
    return { label: host.name, description, picked: isHere(host.id), host };
  };
  const editor = agentOfEditor();
  const isHere = (id: HostId) => id === editor || agents.some(({ host }) => host === id);
  const [here, others] = [true, false].map((wanted) =>
    installableHosts.filter(({ id }) => isHere(id) === wanted).map(itemFor),
  );
  const separator = (label: string): AgentItem => ({ label, kind: QuickPickItemKind.Separator });
  const items: AgentItem[] = [
    ...(here?.length ? [separator(l10n.t('In use here')), ...here] : []),
    ...(others?.length ? [separator(l10n.t('Not found')), ...others] : []),
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Protect My Agents'),
    placeHolder: l10n.t('Ticked agents get the hook in this folder, the others lose it'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen?.flatMap(({ host }) => host ?? []);
}

/** The editor that this runs in is in use, whatever files it has left. */
function agentOfEditor(): HostId {
  const [known] = (['cursor', 'windsurf', 'kiro'] as const).filter((id) =>
    env.appName.toLowerCase().includes(id),
  );
  return known ?? 'vscode';
}

async function carryOut(
  chosen: readonly InstallableHost[],
  agents: readonly AgentReport[],
  place: Surroundings,
  launch: Launch,
): Promise<readonly Step[]> {
  const target = await targetIn(place, 'project', launch, { rules: true });
  const record = recordOf(place);
  const isInstalled = (host: InstallableHost) =>
    agents.some(
      ({ host: id, installations, rules }) => id === host.id && installations.length + rules.length > 0,
    );
  const leaving = installableHosts.filter((host) => isInstalled(host) && !chosen.includes(host));
  const out = await planUninstall(leaving, chosen, target, record);
  const warned = (message: string) => void window.showWarningMessage(message);
  await leaveFor(out, target, warned);
  const gone = await applySteps([...out].reverse(), record, 'uninstall', target);
  const steps = await planInstall(chosen, target);
  await leaveFor(steps, target, warned);
  return [...gone, ...(await applySteps(steps, record, 'install', target))];
}

function recordOf(place: Surroundings) {
  return openRecord(place, (message) => void window.showWarningMessage(message));
}

function stepInWords({ path, before, outcome }: Step, root: string): string[] {
  const file = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  switch (outcome.kind) {
    case 'unchanged':
      return [];
    case 'write':
      return [before === undefined ? l10n.t('{0}: made', file) : l10n.t('{0}: changed', file)];
    case 'remove':
      return [l10n.t('{0}: removed', file)];
    case 'refused':
      return [l10n.t('{0}: left as it is, {1}', `${file}${lineIn(outcome.line)}`, outcome.why)];
    default:
      return outcome satisfies never;
  }
}

function lineIn(line: number | undefined): string {
  return line === undefined ? '' : `:${line}`;
}

let panel: WebviewPanel | undefined;

function show(content: Parameters<typeof doctorPage>[0], extensionUri: Uri): void {
  const media = Uri.joinPath(extensionUri, 'media');
  panel ??= window.createWebviewPanel(doctorPanel, l10n.t('Agents'), ViewColumn.Active, {
    localResourceRoots: [media],
  });
  panel.iconPath = Uri.joinPath(media, 'icon.png');
  panel.onDidDispose(() => {
    panel = undefined;
  });
  const { webview } = panel;
  const styles = ['review.css', 'doctor.css'].map((name) =>
    webview.asWebviewUri(Uri.joinPath(media, name)).toString(),
  );
  webview.html = doctorPage(
    content,
    { cspSource: webview.cspSource, styles, language: env.language },
    l10n.t,
  );
  panel.reveal();
}
