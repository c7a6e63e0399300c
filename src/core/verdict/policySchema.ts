import * as v from 'valibot';

/** What does not fit, and the first key on the way to it; the key is empty where the whole does not fit. */
export interface Misfit {
  readonly key: string;
  readonly message: string;
}

/** The policy in a value that was read from YAML. */
export function policyIn(
  value: unknown,
): { readonly policy: v.InferOutput<typeof schema> } | { readonly misfit: Misfit } {
  const result = v.safeParse(schema, value);
  if (result.success) return { policy: result.output };
  const [issue] = result.issues;
  return { misfit: { key: String(issue.path?.[0]?.key ?? ''), message: issue.message } };
}

const glob = v.pipe(v.string('a glob is a text'), v.nonEmpty('a glob may not be empty'));
const globs = v.optional(v.array(glob, 'this is a list of globs'), []);
const schema = v.strictObject(
  {
    protect: globs,
    ignore: globs,
    lock: globs,
    elicitation: v.optional(v.boolean('this is true or false'), true),
  },
  'only the lists "protect", "ignore" and "lock", and "elicitation", are known here',
);
