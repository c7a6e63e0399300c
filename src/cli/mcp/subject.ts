import { isAbsolute, resolve } from 'node:path';
import { decodeText } from '../../content.ts';
import type { DocumentKind, InfraDocument } from '../../core/model/document.ts';
import { documentOf } from '../../judging.ts';
import { pathIn } from '../hookPaths.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import type { World } from '../world.ts';

/** The protected file that a tool is asked about. */
export interface Subject {
  readonly workspace: Workspace;
  readonly path: string;
  /** `undefined` for a file that nobody asked to protect. */
  readonly kind: DocumentKind | undefined;
}

/** What is wrong with a call, in words for the agent. */
export class CallError extends Error {
  override readonly name = 'CallError';
}

/** Opened anew for each call: policy, scope and file may be others by now. */
export async function subjectAt(folder: string, path: string, world: World): Promise<Subject> {
  const workspace = await openWorkspace(folder, world);
  const inside = pathIn(workspace.root, resolve(workspace.root, path));
  if (inside === '' || /^\.\.(?:\/|$)/.test(inside) || isAbsolute(inside))
    throw new CallError(`${path} is not a file in ${workspace.root}.`);
  return { workspace, path: inside, kind: workspace.ports.policy.kindOf(inside) };
}

/** The file as it was last accepted, or else as it is on disk. */
export async function acceptedContent({ workspace, path }: Subject): Promise<Uint8Array | undefined> {
  const { baselines, files } = workspace.ports;
  const baseline = await baselines.get(path);
  return baseline === undefined ? files.read(path) : baseline.content;
}

/** Throws where there is no text that anything could be said about. */
export async function acceptedDocument(subject: Subject): Promise<InfraDocument> {
  const content = await acceptedContent(subject);
  if (content === undefined) throw new CallError(`${subject.path} does not exist.`);
  const decoded = decodeText(content);
  const document = documentOf(subject.kind ?? 'text', content);
  const [problem] = 'problem' in decoded ? [decoded.problem] : document.problems;
  if (problem !== undefined)
    throw new CallError(
      `${subject.path}, line ${problem.line}: ${problem.message}. Nothing can be said about it.`,
    );
  return document;
}
