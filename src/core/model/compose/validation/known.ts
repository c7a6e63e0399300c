import { isReset, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from '../../yaml/node.ts';
import { partsOf } from '../interpolation.ts';

/**
 * A mapping with every variable put in whose value is known; a variable that nobody gives stays as it is written,
 * because whoever starts the project may give it (compose-go template/template.go). What is shared stays shared.
 */
export function withKnown(whole: YamlMap, env: Readonly<Record<string, string>> | undefined): YamlMap {
  if (env === undefined || Object.keys(env).length === 0) return whole;
  const done = new Map<YamlNode, YamlNode>();
  const entry = (found: YamlEntry): YamlEntry =>
    isReset(found) ? found : { node: filled(found.node), span: found.span };
  const filled = (node: YamlNode): YamlNode => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const made = node.type === 'scalar' ? filledScalar(node, env) : filledCollection(node, entry);
    done.set(node, made);
    return made;
  };
  const made = filled(whole);
  return made.type === 'map' ? made : whole;
}

/** A text with the known variables in it; their values are texts and not read again. */
export function filledText(text: string, env: Readonly<Record<string, string>>): string {
  return partsOf(text)
    .map((part) => (part.variable ? valueIn(part.text, env) : part.text.replaceAll('$', '$$$$')))
    .join('');
}

function filledScalar(node: YamlScalar, env: Readonly<Record<string, string>>): YamlNode {
  if (typeof node.value !== 'string' || !node.text.includes('$')) return node;
  const text = filledText(node.text, env);
  return text === node.text ? node : { ...node, value: text, text };
}

function filledCollection(
  node: Exclude<YamlNode, YamlScalar>,
  entry: (found: YamlEntry) => YamlEntry,
): YamlNode {
  if (node.type === 'list') return { ...node, items: node.items.map(entry) };
  return { ...node, entries: new Map([...node.entries].map(([name, found]) => [name, entry(found)])) };
}

/** The value of one expression in canonical form, with its dollars doubled; the expression where it is not known. */
function valueIn(expression: string, env: Readonly<Record<string, string>>): string {
  const [, name = '', operator = '', operand = ''] =
    /^\$\{([A-Za-z_]\w*)(:?[-?+])?(.*)\}$/s.exec(expression) ?? [];
  if (!Object.hasOwn(env, name)) return expression;
  const value = env[name] ?? '';
  const counts = !operator.startsWith(':') || value !== '';
  if (operator.endsWith('+')) return counts ? filledText(operand, env) : '';
  if (!counts && operator.endsWith('-')) return filledText(operand, env);
  return counts || operator === '' ? value.replaceAll('$', '$$$$') : expression;
}
