import type { MessageItem } from 'vscode';
import { l10n, window } from 'vscode';
import { type Choice, type Land, landOnDisk } from '../choosing.ts';
import { decodeText } from '../content.ts';
import { broughtProblems } from '../core/verdict/loading.ts';
import type { BufferAuthors } from './bufferAuthors.ts';
import { openDocumentAt, showText } from './buffers.ts';
import type { FolderSession } from './folderSession.ts';
import type { Hold } from './folders.ts';
import { Refusal } from './refusal.ts';
import { withoutMark } from './textEdits.ts';
import { lossesInWords, outside } from './words.ts';

/** Asks once more, with everything that would be lost, and then lets the edit stand. */
export async function approve(hold: Hold, authors: BufferAuthors): Promise<void> {
  const judgement = hold.held.judgement;
  const losses = lossesInWords(judgement, l10n.t);
  const data = outside(judgement).filter((change) => change.dataLoss).length;
  const yes: MessageItem = { title: confirmation(losses.length, data) };
  const detail = [
    ...shortened(losses),
    ...broughtProblems(judgement).map((problem) => l10n.t('Line {0}: {1}', problem.line, problem.message)),
  ];
  const answer = await window.showWarningMessage(
    l10n.t('Approve this edit of {0}?', hold.held.path),
    { modal: true, detail: detail.length === 0 ? l10n.t('Nothing is lost by it.') : detail.join('\n') },
    yes,
  );
  if (answer === yes) await carryOut(hold, 'approve', authors);
}

export async function keepAsked(hold: Hold, authors: BufferAuthors): Promise<void> {
  const salvaged = await hold.folder.guard.salvage(hold.held);
  if ('problem' in salvaged) {
    throw new Refusal(
      l10n.t('The part that was asked for cannot be told from the rest: {0}.', salvaged.problem.message),
    );
  }
  await carryOut(hold, 'keep-asked', authors);
}

export async function putBack(hold: Hold, authors: BufferAuthors): Promise<void> {
  await carryOut(hold, 'put-back', authors);
}

async function carryOut(hold: Hold, choice: Choice, authors: BufferAuthors): Promise<void> {
  const { folder, held } = hold;
  // What the person saw must be what is decided on; a newer proposal is another question.
  if (folder.heldAt(held.path)?.id !== held.id) {
    throw new Refusal(l10n.t('{0} is not held any more, or by a newer edit. Nothing was done.', held.path));
  }
  const others = await folder.guard.resolve(held, choice, landIn(folder, authors));
  folder.decided(held, choice);
  if (others.length > 0) folder.tell(others);
  await folder.refresh(held.path);
}

/** Lands content through the editor that shows the file, so that undo works there, and else on the disk. */
function landIn(folder: FolderSession, authors: BufferAuthors): Land {
  return async (path, content) => {
    const document = openDocumentAt(folder.uriOf(path));
    const decoded = content === undefined ? undefined : decodeText(content);
    if (document !== undefined && decoded !== undefined && 'text' in decoded) {
      const text = withoutMark(decoded.text);
      await authors.editAs(document, undefined, () => showText(document, text));
      folder.landing.set(path, document.getText());
      try {
        await document.save();
      } finally {
        folder.landing.delete(path);
      }
    }
    // A save can fail, or find nothing to do because the buffer was clean; the disk has the last word.
    return landOnDisk(folder.ports.files)(path, content);
  };
}

const lossesShown = 12;

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= lossesShown) return lines;
  return [...lines.slice(0, lossesShown), l10n.t('… and {0} more', lines.length - lossesShown)];
}

function confirmation(losses: number, data: number): string {
  if (data > 0) return data === 1 ? l10n.t('Approve 1 Data Loss') : l10n.t('Approve {0} Data Losses', data);
  if (losses > 0) return losses === 1 ? l10n.t('Approve 1 Loss') : l10n.t('Approve {0} Losses', losses);
  return l10n.t('Approve');
}
