import type { Span } from '../../document.ts';
import type { YamlEntry, YamlNode } from '../../yaml/node.ts';
import { type Finding, type Model, refused } from './finding.ts';

/** Texts that no environment can fill in, and numbers that JSON does not know (compose-go template/template.go). */
export function expressionFindings({ whole, text, sources }: Model): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<YamlNode>();
  const visit = ({ node, span }: YamlEntry, path: readonly string[]): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.type === 'map') for (const [name, entry] of node.entries) visit(entry, [...path, name]);
    else if (node.type === 'list')
      node.items.forEach((entry, index) => {
        visit(entry, [...path, String(index)]);
      });
    else {
      const what = isEndless(node.text, text, span)
        ? 'is not a number that Compose can pass on; put it in quotes'
        : unfit(node.text, sources.env ?? {});
      if (what !== undefined) findings.push(refused('wrong-value', path, span, `${path.join('.')} ${what}`));
    }
  };
  for (const [name, entry] of whole.entries) visit(entry, [name]);
  return findings;
}

/** Quotes or a tag make a text of it, and only the text that states it shows them (go.yaml.in/yaml/v4 resolve.go). */
function isEndless(value: string, text: string, { start, end }: Span): boolean {
  if (value !== 'NaN' && !/^[-+]Inf$/.test(value)) return false;
  return /(?:^|[\s:[{,-])[-+]?\.(?:inf|nan)$/i.test(text.slice(start, end));
}

function unfit(value: string, env: Readonly<Record<string, string>>): string | undefined {
  if (!value.includes('${')) return undefined;
  if (isBroken(value)) return 'has a ${ that is no expression; a dollar that is only a dollar is written $$';
  // Known variables have been put in; one that is left is required and known to be empty.
  for (const [, name = ''] of value.replaceAll('$$', '').matchAll(/\$\{([A-Za-z_]\w*):?\?/g))
    if (Object.hasOwn(env, name)) return `requires the variable ${name}, which is empty`;
  return undefined;
}

/** `${` must be closed, and begin with a name and at most one operator. */
function isBroken(text: string): boolean {
  const lastClose = text.lastIndexOf('}');
  const expression = /\$\{[A-Za-z_]\w*(?:\}|:?[-?+])/y;
  for (const { 0: sign, index } of text.matchAll(/\$\$|\$\{/g)) {
    expression.lastIndex = index;
    if (sign === '${' && (lastClose < index || !expression.test(text))) return true;
  }
  return false;
}
