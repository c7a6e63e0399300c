import type { ProblemCode } from '../../document.ts';
import { nearest } from '../../nearest.ts';
import { isNull, type YamlNode } from '../../yaml/node.ts';
import { type Finding, type Model, refused } from './finding.ts';
import { type Located, locate } from './plain.ts';
import { type Misfit, misfitsIn, schemaAt, typesAt } from './schema.ts';

/** What does not fit Compose's schema, each as one sentence at the text that states it. */
export function schemaFindings({ whole }: Model): Finding[] {
  return misfitsIn(whole).flatMap((misfit) => {
    const found = locate(whole, misfit.instance);
    if (found === undefined || isMergedAway(misfit, found)) return [];
    const { code, message, path, known } = describe(misfit, found);
    const finding = refused(code, path, found.entry.span, message);
    return [known === undefined ? finding : { ...finding, misspelled: { name: path.at(-1) ?? '', known } }];
  });
}

/** What is listed twice in these is one when Compose comes to the schema (compose-go override/uncity.go). */
function isMergedAway({ keyword }: Misfit, { path }: Located): boolean {
  const field = path.slice(2).join('.');
  return keyword === 'uniqueItems' && path[0] === 'services' && merged.test(field);
}

const merged =
  /^(?:annotations|build\.(?:args|additional_contexts|labels|platforms|tags)|cap_add|cap_drop|configs|deploy\.labels|devices|dns|dns_opt|dns_search|environment|env_file|expose|extra_hosts|labels|links|networks\..*\.(?:aliases|link_local_ips)|ports|profiles|secrets|sysctls|tmpfs|volumes)$/;

interface Description {
  readonly code: ProblemCode;
  readonly message: string;
  readonly path: readonly string[];
  /** The keys that there are, where the one that is there is none of them. */
  readonly known?: readonly string[];
}

function describe(misfit: Misfit, { path, entry, parent }: Located): Description {
  const where = placeOf(path, parent);
  const [way = ''] = misfit.wanted;
  const wanted = schemaAt(way);
  const plain = (code: ProblemCode, message: string): Description => ({ code, message, path });
  switch (misfit.keyword) {
    case 'additionalProperties':
      return { path, ...unknownKey(path, way) };
    case 'type':
      return plain('wrong-type', `${where} ${typeMessage(misfit.wanted.flatMap(typesAt), entry.node)}`);
    case 'required': {
      const missing = (Array.isArray(wanted) ? wanted : []).filter(
        (name) => !hasKey(entry.node, String(name)),
      );
      const names = missing.join(' and ');
      return { code: 'missing-key', message: `${where} needs ${names}`, path: [...path, ...missing] };
    }
    case 'enum':
    case 'const':
      return plain('wrong-value', `${where} must be ${choice(wanted, entry.node)}`);
    case 'uniqueItems':
      return plain('repeated-item', `${where} lists one thing twice`);
    case 'minimum':
      return plain('wrong-value', `${where} must be at least ${wanted}`);
    case 'maximum':
      return plain('wrong-value', `${where} must be at most ${wanted}`);
    default:
      return plain('wrong-value', `${where} has a value that Compose does not take there`);
  }
}

/** `services.web.ports`; an item is named by its list, because what it says may be a secret. */
function placeOf(path: readonly string[], parent: YamlNode): string {
  return parent.type === 'list' ? `an item of ${path.slice(0, -1).join('.')}` : path.join('.');
}

function hasKey(node: YamlNode, name: string): boolean {
  return node.type === 'map' && node.entries.has(name);
}

/** Where only a pattern tells which keys there may be, the key is a name and no name that could be known. */
function unknownKey(path: readonly string[], way: string): Omit<Description, 'path'> {
  const key = path.at(-1) ?? '';
  const where = path.slice(0, -1).join('.') || 'the file';
  const owner = schemaAt(way.slice(0, way.lastIndexOf('/')));
  const known = Object.keys((owner as { properties?: object }).properties ?? {});
  if (known.length === 0) {
    const message = `${where} has the name ${key}; Compose takes letters, digits, dots, dashes and underscores`;
    return { code: 'wrong-name', message };
  }
  return { code: 'unknown-key', message: `${where} has no key ${key} that Compose knows`, known };
}

function typeMessage(types: readonly string[], node: YamlNode): string {
  const wanted = [...new Set(types.map((type) => typeNames.get(type) ?? type))];
  if (isNull(node)) return `says nothing behind its colon; it must be ${alternatives(wanted)}`;
  const isQuotable = types.includes('string') && node.type === 'scalar' && typeof node.value !== 'string';
  return `must be ${alternatives(wanted)}, not ${kindOf(node)}${isQuotable ? '; put it in quotes' : ''}`;
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['object', 'a mapping'],
  ['array', 'a list'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['null', 'left empty'],
]);

function kindOf(node: YamlNode): string {
  if (node.type === 'map') return 'a mapping';
  if (node.type === 'list') return 'a list';
  if (typeof node.value === 'number') return 'a number';
  return typeof node.value === 'boolean' ? 'true or false' : 'a text';
}

function choice(wanted: unknown, node: YamlNode): string {
  const values = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  const meant = node.type === 'scalar' ? nearest(node.text, values) : undefined;
  return `${alternatives(values)}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
}

function alternatives(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
