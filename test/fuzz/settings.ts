import assert from 'node:assert/strict';
import { type ParseError, parse } from 'jsonc-parser';
import { encodeText } from '../../src/content.ts';
import { judgeLoadingIfAllowed } from '../../src/core/verdict/loading.ts';
import { defaultPolicy, parsePolicy } from '../../src/core/verdict/policy.ts';
import { documentOf } from '../../src/judging.ts';
import type { Chance } from '../unit/core/mutation/chance.ts';
import { chosen, damagedBytes } from './bytes.ts';
import { damagedValue, placesBelow } from './jsonTexts.ts';
import { treesOf } from './meaning.ts';
import { changedYaml } from './yamlTexts.ts';

export interface SettingsInput {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const hook = (host: string) => ({
  type: 'command',
  command: `"/usr/bin/node" "/opt/infrahold/dist/cli.js" hook ${host}`,
  timeout: 30,
});

const settings: readonly object[] = [
  {
    model: 'opus',
    permissions: { ask: ['Edit(.infrahold.yml)'] },
    hooks: {
      PreToolUse: [
        { matcher: '*', hooks: [hook('claude-code'), { type: 'command', command: 'echo other' }] },
      ],
      PostToolUse: [{ matcher: '*', hooks: [hook('claude-code')] }],
    },
  },
  {
    hooks: { PreToolUse: [{ bash: 'infrahold hook copilot-cli', type: 'command' }] },
    'chat.useHooks': true,
    'editor.tabSize': 2,
  },
  {
    version: 1,
    hooks: { beforeShellExecution: [{ command: 'infrahold hook cursor' }], stop: [{ command: './mine.sh' }] },
  },
];

export function settingsInput(chance: Chance): SettingsInput {
  const value = chosen(settings, chance);
  const before = encodeText(JSON.stringify(value, null, 2));
  if (chance.below(3) === 0)
    return {
      before,
      after: damagedBytes(before, chance, encodeText(JSON.stringify(chosen(settings, chance)))),
    };
  let changed: unknown = structuredClone(value);
  for (let count = 1 + chance.below(3); count > 0; count--)
    changed = switchedOff(damagedValue(changed, chance), chance);
  return { before, after: encodeText(JSON.stringify(changed, null, chance.below(3)) ?? '') };
}

function switchedOff(value: unknown, chance: Chance): unknown {
  if (typeof value !== 'object' || value === null || chance.below(4) > 0) return value;
  return {
    ...value,
    ...chosen([{ disableAllHooks: true }, { 'chat.useHooks': false }, { theme: 'dark' }], chance),
  };
}

/** What is allowed leaves each of our hooks where it was, and switches nothing off. */
export async function settingsCheck({ before, after }: SettingsInput): Promise<string> {
  const documents = { before: documentOf('settings', before), after: documentOf('settings', after) };
  const { verdict } = await judgeLoadingIfAllowed({ ...documents, scope: undefined, author: 'ai' });
  if (verdict !== 'allow') return verdict === 'undecided' ? 'refused as broken' : 'held';
  const [old, fresh] = [settingsIn(before), settingsIn(after)];
  assert.ok(old !== undefined && fresh !== undefined, 'allowed though nobody can read it');
  const left = hooksIn(fresh);
  for (const command of hooksIn(old)) {
    const at = left.indexOf(command);
    assert.ok(at !== -1, `allowed though this hook is gone: ${command}`);
    left.splice(at, 1);
  }
  assert.ok(
    Reflect.get(fresh, 'disableAllHooks') !== true && Reflect.get(fresh, 'chat.useHooks') !== false,
    'allowed though hooks are off',
  );
  return 'allowed, hooks as they were';
}

function settingsIn(bytes: Uint8Array): object | undefined {
  const errors: ParseError[] = [];
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && typeof value === 'object' && value !== null ? value : undefined;
}

/** Our commands, wherever below `hooks` they stand in a list. */
function hooksIn(value: object): string[] {
  return placesBelow(Reflect.get(value, 'hooks')).flatMap(({ holder, key }) => {
    const command = holder[key];
    const isOurs =
      typeof command === 'string' &&
      /^(?:command|bash)$/.test(key) &&
      /(?:infrahold|cli\.js"?) hook \w/.test(command);
    return isOurs ? [command] : [];
  });
}

const policies: readonly string[] = [
  "protect: ['deploy/**/*.tf', \"*.env\"]\nignore: ['examples/**']\nelicitation: false\nlock: ['*.env']\n",
  'protect:\n  - a.yml # one\n  - &b b.yml\nignore:\n- *b\n',
  '# nothing\n',
];

export function policyInput(chance: Chance): Uint8Array {
  const text = chosen(policies, chance);
  const changed = encodeText(changedYaml(text, chance, chosen(policies, chance)));
  return chance.below(3) === 0 ? damagedBytes(changed, chance, encodeText(text)) : changed;
}

/** A policy that counts says just what is written there. */
export async function policyCheck(bytes: Uint8Array): Promise<string> {
  const text = Buffer.from(bytes).toString('utf8');
  const { policy, problems } = await parsePolicy(text);
  if (problems.length > 0) {
    assert.deepEqual(policy, defaultPolicy);
    return 'refused as broken';
  }
  // What two tags mean to Compose they do not mean here.
  const trees = treesOf(text.replace(/!(?:reset|override)/g, '!own'));
  if (trees === undefined) return 'read by one parser';
  const [tree = null, another] = trees.filter((one) => one !== null);
  assert.equal(another, undefined, 'of several documents one counts');
  const said = tree instanceof Map ? tree : new Map();
  for (const list of ['protect', 'ignore', 'lock'] as const)
    assert.deepEqual(policy[list], said.get(list) ?? []);
  assert.equal(String(policy.elicitation), said.get('elicitation') ?? 'true');
  return 'read';
}
