import { partsOf } from './interpolation.ts';

/** The values of variables by their names. */
export type Environment = Readonly<Record<string, string>>;

/** What a text says once its variables are known (compose-go template/template.go). */
export function resolvedText(text: string, env: Environment, depth = 0): string {
  return partsOf(text)
    .map((part) => (part.variable ? heldBy(part.text, env, depth) : part.text))
    .join('');
}

/** Nobody nests defaults deeper. */
const deepest = 20;

function heldBy(variable: string, env: Environment, depth: number): string {
  const match = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?)([-?+])(.*))?\}$/s.exec(variable);
  if (match === null || depth > deepest) return variable;
  const [, name = '', colon, operator, operand = ''] = match;
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  const isThere = value !== undefined && (colon !== ':' || value !== '');
  if (operator === '-') return isThere ? value : resolvedText(operand, env, depth + 1);
  if (operator === '+') return isThere ? resolvedText(operand, env, depth + 1) : '';
  return value ?? '';
}
