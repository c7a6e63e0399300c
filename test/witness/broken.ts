import { chance } from './generate.ts';
import { casePairs, realFiles } from './pairs.ts';
import type { Stand } from './witness.ts';

export interface BrokenText {
  readonly id: string;
  readonly stand: Stand;
}

/**
 * Texts of which one line is spoiled: a value of another kind, a key that is misspelled, gone, or where none belongs.
 * Compose still loads some of them, and what the model says must tell these from the others. Texts that name other files
 * or variables are left out, because of them the same is asked elsewhere.
 */
export function* brokenTexts(seed: number, count: number): Generator<BrokenText> {
  const random = chance(`broken ${seed}`);
  const texts = [
    ...realFiles().map(({ id, stand: { text } }) => ({ id, text })),
    ...casePairs().flatMap(({ id, before, after }) => [
      { id: `${id} before`, text: before.text },
      { id: `${id} after`, text: after.text },
    ]),
  ].filter(
    ({ text }) => text.length < 4000 && !/\$|env_file|include|extends|label_file|!reset|!over/.test(text),
  );
  for (let made = 0; made < count && texts.length > 0; ) {
    const { id, text } = pick(texts, random) ?? { id: '', text: '' };
    const lines = text.split('\n');
    const at = Math.floor(random() * lines.length);
    const done = spoil(lines, at, random);
    if (done === undefined) continue;
    made++;
    yield { id: `${done} in ${id}, line ${at + 1}`, stand: { text: lines.join('\n'), files: {} } };
  }
}

/** Says what was done to the line, `undefined` where it is none that says something. */
function spoil(lines: string[], at: number, random: () => number): string | undefined {
  const line = lines[at] ?? '';
  const item = /^(\s*- )[^:]+$/.exec(line);
  const [, indent = '', key, value = ''] = /^(\s*(?:- )?)([\w.-]+):(.*)$/.exec(line) ?? [];
  const other = pick(values, random) ?? '';
  if (item !== null) {
    lines[at] = `${item[1]}${other}`;
    return `the item ${other}`;
  }
  if (key === undefined) return undefined;
  const way = Math.floor(random() * 4);
  if (way === 0) lines[at] = `${indent}${key}x:${value}`;
  else if (way === 1) lines.splice(at, 1);
  else if (way === 2) lines.splice(at, 0, `${indent.replace('- ', '  ')}${pick(keys, random)}: ${other}`);
  else if (value.trim() === '') return undefined;
  else lines[at] = `${indent}${key}: ${other}`;
  return ['a misspelled key', 'a line that is gone', 'a line too many', `the value ${other}`][way];
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}

const values =
  '|5|true|[]|{}|abc|"1"|-1|[a, a]|{a: b}|""|1.5|"1d"|[1]|[null]|{a: }|"5m"|no|[{}]|service:x|"a:b"|[CMD, a]|{external: true}|[a=b]|0'.split(
    '|',
  );
const keys =
  'x image build ports scale external name driver file target source test replicas labels condition devices extra_hosts gpus ulimits configs secrets volumes networks environment expose dns sysctls tmpfs logging pull_policy cpus shm_size group_add links annotations healthcheck deploy develop post_start credential_spec blkio_config storage_opt profiles provider models init platform device_cgroup_rules isolation mac_address cap_add network_mode'.split(
    ' ',
  );
