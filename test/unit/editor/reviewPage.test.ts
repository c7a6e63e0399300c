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
  assert.deepEqual(titles, ['Data loss', 'Lost', 'Led to the host', 'In scope or implied']);
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

test('what is found in a change is said with its code, and once where it is the same for a whole group', async () => {
  const html = await page();
  assert.match(html, /it names 172\.17\.0\.1, which is the host <code title="[^"]+">moved-to-host<\/code>/);
  assert.equal(html.match(/>volume-removed<\/code>/g)?.length, 1);
});

test('a privilege, a port and a weaker health check stand each in a group of its own', () => {
  const before = 'services:\n  web:\n    image: a\n    restart: always\n';
  const after = `services:\n  web:\n    image: b\n    privileged: true\n    restart: "no"\n    ports: ['80:80']\n`;
  assert.deepEqual(
    grouped(judgedEdit(before, after).changes, say).map(({ id }) => id),
    ['rights', 'ports', 'health', 'changed'],
  );
});

test('the page tells who stops working, what is made anew and what is left behind', async () => {
  const html = await page();
  assert.match(
    html,
    /<dt>Stops working<\/dt><dd><ul><li><code>l9-api<\/code> <details><summary>held up by service l9-redis.*4 more/,
  );
  assert.match(html, /<dt>Made anew<\/dt><dd><code>service l9-api<\/code>/);
  assert.match(html, /<dt>No longer published<\/dt>.*<code>l9-redis<\/code> 6379/);
  assert.ok(html.indexOf('In the running project') < html.indexOf('In scope or implied'));
});

test('a long list shows its beginning and how much more there is', async () => {
  const services = (count: number) =>
    Array.from({ length: count }, (_, at) => `  s${at}:\n    image: a\n`).join('');
  const html = await page(judgedEdit(`services:\n${services(30)}`, `services:\n${services(1)}`));
  assert.match(html, /Lost <span class="count">29<\/span>/);
  assert.match(html, /<summary class="more">23 more<\/summary>/);
});
