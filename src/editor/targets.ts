import { l10n, Uri, window } from 'vscode';
import type { Folders, Hold } from './folders.ts';
import { Refusal } from './refusal.ts';
import type { ReviewPanel } from './review.ts';
import { fileOf } from './virtualDocuments.ts';
import { effectInWords } from './words.ts';

/**
 * The held edit a command is for: the one of the given file or tree node, the one the person looks at, the only one,
 * or the one the person chooses. An id as second value insists on that very proposal.
 */
export async function targetHold(
  folders: Folders,
  review: ReviewPanel,
  values: readonly unknown[],
): Promise<Hold | undefined> {
  const [first, id] = values;
  const uri = uriOf(first);
  const named = uri === undefined ? undefined : folders.holdAt(uri);
  if (named !== undefined) {
    if (typeof id !== 'string' || id === named.held.id) return named;
    throw new Refusal(l10n.t('A newer edit of {0} is held by now. Review it first.', named.held.path));
  }
  if (uri !== undefined) throw new Refusal(l10n.t('No edit of this file is held.'));
  const active = window.activeTextEditor?.document.uri;
  const shown = active === undefined ? undefined : folders.holdAt(fileOf(active));
  return review.current ?? shown ?? chooseHold(folders);
}

/** Several at once: nodes selected in the view, or the files of a summary. `undefined` for a command on one. */
export function targetHolds(
  folders: Folders,
  [first, second]: readonly unknown[],
): readonly Hold[] | undefined {
  const chosen = Array.isArray(first) ? first : second;
  if (!Array.isArray(chosen) || chosen.length === 0) return undefined;
  const uris = new Map(chosen.map((node) => uriOf(node)).map((uri) => [uri?.toString(), uri]));
  return [...uris.values()].flatMap((uri) => (uri === undefined ? [] : (folders.holdAt(uri) ?? [])));
}

async function chooseHold(folders: Folders): Promise<Hold | undefined> {
  const holds = folders.holds();
  if (holds.length < 2) {
    if (holds[0] === undefined) throw new Refusal(l10n.t('No edit is held.'));
    return holds[0];
  }
  const items = holds.map((hold) => ({
    label: hold.held.path,
    detail: effectInWords(hold.held.judgement, l10n.t),
    hold,
  }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which held edit?') }))?.hold;
}

function uriOf(value: unknown): Uri | undefined {
  if (value instanceof Uri) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const hold: unknown = Reflect.get(value, 'hold');
  return isHold(hold) ? hold.folder.uriOf(hold.held.path) : undefined;
}

function isHold(value: unknown): value is Hold {
  return typeof value === 'object' && value !== null && 'held' in value && 'folder' in value;
}
