import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DoctorContent, doctorPage } from '../../../src/editor/doctorPage.ts';

const say = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)]));

const frame = { cspSource: 'vscode-resource:', styles: ['a.css', 'b.css'], language: 'en' };

const content: DoctorContent = {
  folder: 'shop <1>',
  agents: [
    {
      host: 'claude-code',
      name: 'Claude Code',
      state: 'enforced',
      version: '2.1.330',
      installations: [
        {
          level: 'project',
          file: '/shop/.claude/settings.json',
          trust: 'trusted',
          onFailure: 'closed',
          holds: true,
          program: '0.1.0',
        },
      ],
      rules: [],
      faults: [],
      reinstall: false,
      advice: undefined,
    },
    {
      host: 'codex',
      name: 'Codex',
      state: 'not firing',
      version: undefined,
      installations: [
        {
          level: 'user',
          file: '/me/.codex/hooks.json',
          trust: 'not trusted',
          onFailure: 'open',
          holds: true,
          program: '0.1.0',
        },
      ],
      rules: [],
      faults: ['hooks.json: <script>alert(1)</script>'],
      reinstall: false,
      advice: 'open /hooks',
    },
  ],
  checks: [{ name: 'node', state: 'fault', what: 'Node 18 is too old' }],
  written: ['.claude/settings.json: changed'],
  toDo: ['Codex: open /hooks.'],
};

test('the page counts what is enforced and shows each agent, its faults and what is left to do', () => {
  const page = doctorPage(content, frame, say);
  assert.match(page, /<h1>1 of 2 agents are held/);
  assert.match(page, /<td class="enforced">enforced<\/td>\s*<td>in this folder<\/td>\s*<td>trusted<\/td>/);
  assert.match(page, /<td class="not-firing">not firing<\/td>\s*<td>in your own folders<\/td>/);
  assert.match(page, /✗ Node 18 is too old/);
  assert.match(page, /Codex: open \/hooks\./);
});

test('nothing that was read from a file becomes part of the page itself', () => {
  const page = doctorPage(content, frame, say);
  assert.match(page, /default-src 'none'; style-src vscode-resource:"/);
  assert.doesNotMatch(page, /<script/);
  assert.match(page, /shop &lt;1&gt;/);
});
