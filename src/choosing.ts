import { encodeText, sameBytes } from './content.ts';
import type { Problem } from './core/model/document.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import { declaredScope, documentOf, kindAt } from './judging.ts';
import type { Origin, Ports, ProtectedFiles, Road } from './ports.ts';

/** An edit that waits for a person. There is at most one for a path: a newer proposal takes its place. */
export interface HeldEdit {
  /** The quarantine's id of the proposal. */
  readonly id: string;
  readonly path: string;
  readonly baseline: Uint8Array | undefined;
  readonly proposal: Uint8Array | undefined;
  readonly judgement: Judgement;
  readonly road: Road;
  readonly origin: Origin;
  readonly at: number;
  /** The refused version that this brings back on another road. */
  readonly returns?: string;
  /** A person has said no to this very edit before, and is not asked again. They can still find it, and choose. */
  readonly wasRefused?: boolean;
}

export type Choice = 'approve' | 'keep-asked' | 'put-back';

/**
 * Lands the chosen content: the guard's own way is `landOnDisk`, an editor may save its buffer. Gives what it took off the
 * disk by itself.
 */
export type Land = (path: string, content: Uint8Array | undefined) => Promise<readonly Uint8Array[]>;

export function landOnDisk(files: ProtectedFiles): Land {
  return async (path, content) => {
    const stood = await files.read(path);
    if (sameBytes(stood, content)) return [];
    const displaced = await files.replace(path, content);
    return [stood, displaced?.content].filter((one) => one !== undefined);
  };
}

/** The tool of an agent has yet to write what it was held for, so that there is nothing to put back and nothing to land. */
export function isToBeWritten({ road }: HeldEdit, choice: Choice): boolean {
  return road === 'hook' && choice !== 'keep-asked';
}

/** Throws, with everything as it was, when the content cannot be landed. Gives what its landing took off the disk unseen. */
export async function carryOut(
  ports: Ports,
  held: HeldEdit,
  choice: Choice,
  land: Land,
): Promise<readonly Uint8Array[]> {
  if (!isToBeWritten(held, choice)) return landChoice(ports, held, choice, land);
  if (choice === 'approve') await keepApproval(ports, held);
  return [];
}

async function keepApproval(ports: Ports, { path, baseline, proposal }: HeldEdit): Promise<void> {
  const at = ports.clock.now();
  await ports.receipts.add({ path, before: baseline, after: proposal, at, expiresAt: at + approvalCounts });
}

const approvalCounts = 12 * 3_600_000;

/**
 * The content lands first. No guard takes it for another edit, because each waits for its turn; and where the landing
 * fails, or a crash comes between, what was accepted before is accepted still.
 */
async function landChoice(
  ports: Ports,
  held: HeldEdit,
  choice: Choice,
  land: Land,
): Promise<readonly Uint8Array[]> {
  const { baselines } = ports;
  const before = await baselines.get(held.path);
  if (before === undefined && choice === 'put-back' && (await baselines.isLost(held.path, held.proposal)))
    throw new Error(
      `${held.path}: what was accepted is lost and cannot be put back. Approve what is there, or write it anew`,
    );
  const content = await chosenContent(ports, held, choice, before?.content);
  const taken = await land(held.path, content);
  await baselines.accept(held.path, { content });
  const known = [before?.content, held.proposal];
  return taken.filter((one) => !known.some((other) => sameBytes(one, other)));
}

async function chosenContent(
  ports: Ports,
  held: HeldEdit,
  choice: Choice,
  baseline: Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  switch (choice) {
    case 'approve':
      return held.proposal;
    case 'put-back':
      return baseline;
    case 'keep-asked': {
      const salvaged = await salvageHeld(ports, held);
      if ('problem' in salvaged) throw new Error(`${held.path}: ${salvaged.problem.message}`);
      return encodeText(salvaged.text);
    }
  }
}

/** What would stay of a held edit if only what is in scope were kept. */
export async function salvageHeld(
  ports: Ports,
  held: HeldEdit,
): Promise<{ readonly text: string } | { readonly problem: Problem }> {
  const kind = kindAt(ports, held.path);
  const { grants } = held.judgement;
  const scope = (await declaredScope(ports)) ?? (grants.length > 0 ? { grants, heard: 'part' } : undefined);
  const baseline = await ports.baselines.get(held.path);
  const before = baseline === undefined ? held.baseline : baseline.content;
  // Only a person's choice needs it; a hook that judges must not wait for it to load.
  const { salvageInScope } = await import('./core/verdict/salvageInScope.ts');
  return salvageInScope(documentOf(kind, before), documentOf(kind, held.proposal), scope);
}
