import { formatAddress, type Path } from '../model/address.ts';
import { nearest } from '../model/nearest.ts';
import { fieldsOf } from './fields.ts';
import type { GrantOp } from './grant.ts';
import { itemSections, kindOfSection, kindSections, topSections } from './sections.ts';

/** Why nothing can ever be reported under a path, so that no grant may speak of it; `undefined` where it can. */
export function refusalOf(op: GrantOp, path: Path): string | undefined {
  return (
    refusedTop(op, path) ??
    refusedStar(path) ??
    refusedField(op, path) ??
    refusedValue(op, path) ??
    refusedDepth(op, path)
  );
}

/** Why a thing has no name that could become another; `undefined` where it has. */
export function refusedRename(from: Path, to: Path): string | undefined {
  if ([...from, ...to].includes('*')) return 'A rename names both names; * stands for neither.';
  const isSibling =
    from.length === to.length && from.every((name, at) => at === to.length - 1 || name === to[at]);
  if (!isSibling) return `${formatAddress(from)} can only be renamed where it is.`;
  if (from.length === 2 && renamed.has(from[0] ?? '')) return undefined;
  const both = `"remove ${formatAddress(from)}" and "add ${formatAddress(to)}"`;
  return `Only a service, volume, network, config or secret is renamed as one. Say ${both}.`;
}

/** What people call the parts of a service, where that is not the name of the field. */
export const parts: ReadonlyMap<string, string> = new Map([
  ['env', 'environment'],
  ['variable', 'environment'],
  ['port', 'ports'],
  ['mount', 'volumes'],
  ['mounts', 'volumes'],
  ['volume', 'volumes'],
  ['network', 'networks'],
  ['dependency', 'depends_on'],
  ['label', 'labels'],
  ['secret', 'secrets'],
  ['config', 'configs'],
  ['host', 'extra_hosts'],
  ['link', 'links'],
]);

const renamed: ReadonlySet<string> = new Set(['services', 'volumes', 'networks', 'configs', 'secrets']);

/** Names at the top of a Compose file that are things by themselves, with no section around them. */
const looseNames = /^(name|version|include|x-.+)$/;

function refusedTop(op: GrantOp, path: Path): string | undefined {
  const [top = '', ...rest] = path;
  if (topSections.has(top) || looseNames.test(top)) {
    if (path.length > 1 || !topSections.has(top)) return undefined;
    const kind = kindOfSection(top);
    return `"${top}" is a whole section. Name one ${kind}, or say ${top}.* for every ${kind}.`;
  }
  if (rest.length === 0)
    return `"${top}" does not say what it is. Say "service ${top}" or "services.${top}".`;
  const meant = kindSections.get(top.toLowerCase()) ?? nearest(top.toLowerCase(), [...topSections]);
  return meant && `"${top}" is no section of a Compose file. Say "${op} ${formatAddress([meant, ...rest])}".`;
}

/** In a name that needs brackets a star is one letter of it, as in `volumes[/etc/*.conf]`. */
function refusedStar(path: Path): string | undefined {
  const isPart = (name: string, index: number) =>
    name !== '*' && name.includes('*') && (index < 3 || /^[\p{L}\p{N}_*-]+$/u.test(name));
  const partial = path.find(isPart);
  return partial && `"${partial}": * stands for one whole name.`;
}

/** A field that is misspelt can only ever go: Compose loads no file that holds it. */
function refusedField(op: GrantOp, path: Path): string | undefined {
  const [section = '', name = '', field = '', ...rest] = path;
  const known = fieldsOf.get(section);
  if (op === 'remove' || known === undefined || path.length < 3 || field === '*') return undefined;
  if (known.includes(field) || field.startsWith('x-')) return undefined;
  const called = section === 'services' ? parts.get(field.toLowerCase()) : undefined;
  const meant = called ?? nearest(field, known);
  if (meant === undefined) return undefined;
  const whole = formatAddress([section, name, meant, ...rest]);
  return `A ${kindOfSection(section)} has no "${field}". Say "${op} ${whole}".`;
}

/** `KEY=value`, `data:/data` and `db:10.0.0.5` say more than a name, which a grant cannot hold an edit to. */
function refusedValue(op: GrantOp, path: Path): string | undefined {
  const [section, , field = '', name = ''] = path;
  const [, before] = (section === 'services' && path.length === 4 && values.get(field)?.exec(name)) || [];
  if (before === undefined) return undefined;
  const whole = formatAddress([...path.slice(0, 3), before]);
  return `"${name}" is a name with what it says. A grant names the thing alone: "${op} ${whole}".`;
}

const values: ReadonlyMap<string, RegExp> = new Map([
  ['environment', /^([^=]+)=/],
  ['extra_hosts', /^([^:=]+)[:=]./],
  ['volumes', /^[^:]{2,}:(\/[^:]*)(?::[\w,]+)?$/],
]);

/** What is in a list of a service is compared as one. */
function refusedDepth(op: GrantOp, path: Path): string | undefined {
  const [section, , field = ''] = path;
  if (section !== 'services' || path.length <= 4 || !itemSections.has(field)) return undefined;
  const whole = formatAddress(path.slice(0, 4));
  return `${formatAddress(path)} is a part of what is compared as one. Say "${op} ${whole}".`;
}
