import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { fuzz, totalsOf, work } from './fuzzing.ts';
import { openTargets } from './targets.ts';

const optionOf = (name: string) => {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : Number(process.argv[at + 1]);
};

if (isMainThread) await run();
else await work();

async function run(): Promise<void> {
  const seed = optionOf('--seed') ?? 1;
  const number = optionOf('--input');
  if (number !== undefined) return replay(seed, number);
  const inputs = optionOf('--inputs') ?? 100_000;
  const { counts, failures } = await fuzz(fileURLToPath(import.meta.url), { inputs, seed });
  for (const line of totalsOf(counts)) console.log(`fuzz sweep: seed ${seed}, ${line}`);
  for (const failure of failures)
    console.log(`\n✗ --seed ${seed} --input ${failure.number}\n${failure.message}`);
  console.log(`${inputs} inputs, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** Shows one input whole, and what comes of it. */
async function replay(seed: number, number: number): Promise<void> {
  const targets = await openTargets();
  try {
    const { target, input, check } = targets.tryAt(seed, number);
    console.log(`${target}, seed ${seed}, input ${number}`);
    for (const [name, value] of Object.entries(
      input instanceof Uint8Array ? { bytes: input } : Object(input),
    ))
      console.log(
        `--- ${name}\n${value instanceof Uint8Array ? shown(value) : inspect(value, { depth: 9 })}`,
      );
    console.log(`--- outcome\n${await check()}`);
  } finally {
    targets.close();
  }
}

/** As text where it is one, with what is no letter as an escape. */
function shown(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  const escaped = text.replace(/[^\P{C}\n]/gu, (one) => JSON.stringify(one).slice(1, -1));
  return Buffer.from(text).equals(bytes)
    ? escaped
    : `${escaped}\n(in base64: ${Buffer.from(bytes).toString('base64')})`;
}
