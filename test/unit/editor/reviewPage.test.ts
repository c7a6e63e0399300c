import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, reviewPage } from '../../../src/editor/reviewPage.ts';
import { askedFor, judgedEdit, judgedIncident, say } from './judged.ts';

const frame = { nonce: 'N', cspSource: 'https://webview', style: 's.css', script: 's.js', language: 'en' };

async function page(judgement = judgedIncident([askedFor]), path = 'docker-compose.yml'): Promise<string> {
  const content = {
    path,
    summary: 'what it does',
    author: 'by somebody',
    scope: 'none',
    judgement,
    impact: await judgement.impact(),
  };
  return reviewPage(content, frame, say);
}

test('changes come in the order in which they hurt', () => {
  const titles = grouped(judgedIncident([askedFor]).changes, say).map(({ title }) => title);
  assert.deepEqual(titles, ['Data loss', 'Lost', 'Changed', 'Added', 'In scope or implied']);
});

test('what was asked for is not among the losses', () => {
  const groups = grouped(judgedIncident([askedFor]).changes, say);
  const inScope = groups.find(({ id }) => id === 'in-scope')?.changes.map(({ address }) => address);
  assert.ok(inScope?.includes('services.l9-postgres'));
  assert.ok(inScope?.some((address) => address.includes('depends_on')));
});

test('the page loads nothing from elsewhere and runs only its own script', async () => {
  const html = await page();
  assert.match(html, /default-src 'none'; style-src https:\/\/webview; script-src 'nonce-N'/);
  assert.equal((html.match(/<script/g) ?? []).length, 1);
  assert.ok(!/\son\w+=|style="/.test(html));
});

test('names from a file cannot become markup', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const after = `services:\n  web:\n    image: a\n    environment:\n      A: "${evil}"\n`;
  const html = await page(judgedEdit('services: {web: {image: a, environment: {A: b}}}\n', after), evil);
  assert.ok(!html.includes('<img'));
  assert.ok(html.includes('&lt;img'));
});

test('every change that has a place links to its line', async () => {
  assert.match(await page(), /data-line="\d+" data-side="before"[^>]*>service l9-redis removed/);
});
