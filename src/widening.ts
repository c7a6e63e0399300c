import type { Path } from './core/model/address.ts';
import type { InfraDocument } from './core/model/document.ts';
import { printable } from './core/printable.ts';
import { redactText } from './core/redact.ts';
import { dataAtStake } from './core/scope/dataAtStake.ts';
import type { Grant } from './core/scope/grant.ts';
import { formatGrant } from './core/scope/grants.ts';
import type { Guard } from './guard.ts';
import type { DeclaredScope } from './ports.ts';

/** What an agent would like to be allowed. */
export interface Wish {
  readonly path: string;
  readonly grants: readonly Grant[];
  readonly reason: string;
  readonly minutes: number;
  /** The program that asks, as it calls itself. */
  readonly asker: string;
}

/** What a person is asked: its grants are those that are not in force yet. */
export interface Widening extends Wish {
  /** The scope in force, to which it is added. All of it ends at one time, the later of the two. */
  readonly kept: DeclaredScope | undefined;
  readonly atStake: readonly Path[];
}

/** What there is to ask about a wish, by what the file holds and what is allowed now. */
export async function wideningFor(guard: Guard, document: InfraDocument, wish: Wish): Promise<Widening> {
  const declared = await guard.scope();
  const known = (declared?.grants ?? []).map(formatGrant);
  const grants = distinct(wish.grants).filter((grant) => !known.includes(formatGrant(grant)));
  const kept = declared ?? (await heardScope(guard, wish.path));
  const atStake = dataAtStake([...(declared === undefined ? (kept?.grants ?? []) : []), ...grants], document);
  return { ...wish, grants, kept, atStake };
}

/**
 * A declared scope takes the place of what was ordered in the chat, so that has to be in it. It counts again by itself
 * once the scope has ended, and makes it no longer.
 */
async function heardScope(guard: Guard, path: string): Promise<DeclaredScope | undefined> {
  const files = (await guard.heard()).flatMap((heard) => heard.files);
  const grants = distinct(files.filter((file) => file.path === path).flatMap((file) => file.grants));
  return grants.length === 0 ? undefined : { grants, declaredAt: 0, expiresAt: 0 };
}

/** When it would end. A person who has declared a longer scope does not lose any of it. */
export function endOf({ minutes, kept }: Widening, now: number): number {
  return Math.max(now + minutes * 60_000, kept?.expiresAt ?? 0);
}

/** Puts into force what a person has allowed. `how` says on record who was asked, and by what way. */
export async function widen(guard: Guard, widening: Widening, how: string, now: number): Promise<void> {
  const grants = distinct([...(widening.kept?.grants ?? []), ...widening.grants]);
  const scope = { ...widening.kept, grants, declaredAt: now, expiresAt: endOf(widening, now) };
  const lost = widening.atStake.length === 0 ? '' : ', data loss included';
  await guard.declare(scope, `approved ${printable(how)}${lost}; ${wishInWords(widening)}`);
}

/** A wish as the record holds it. */
export function wishInWords({ asker, grants, reason }: Wish): string {
  return printable(redactText(`asked for by ${asker}: ${grants.map(formatGrant).join('; ')} (${reason})`));
}

/** Each grant once. */
export function distinct(grants: readonly Grant[]): readonly Grant[] {
  return [...new Map(grants.map((grant) => [formatGrant(grant), grant])).values()];
}
