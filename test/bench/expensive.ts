/** A text that is made to be expensive, or is as large as texts get. */
export interface Expensive {
  readonly name: string;
  readonly text: () => string;
}

const app = 'services:\n  app:\n    image: nginx\n';

/** Bombs: small texts that mean very much. */
export const bombs: readonly Expensive[] = [
  {
    name: 'aliases that double 40 times',
    text: () =>
      `${app}x-0: &a0 [x, x]\n${times(40, (index) => `x-${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`)}`,
  },
  {
    name: 'aliases in services that double 40 times',
    text: () =>
      `x-0: &a0 [x, x]\n${times(40, (index) => `x-${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`)}${app}    x-y: *a40\n    odd: *a40\n`,
  },
  {
    name: 'aliases of mappings with nine parts, nine deep',
    text: () =>
      `x-0: &a0 {${nine(() => 'x')}}\n${times(9, (index) => `x-${index + 1}: &a${index + 1} {${nine(() => `*a${index}`)}}\n`)}${app}    odd: *a9\n`,
  },
  {
    name: 'merge keys that double',
    text: () =>
      `x-0: &a0 {${times(20, (index) => `k${index}: v, `)}}\n${times(30, (index) => `x-${index + 1}: &a${index + 1} {<<: [*a${index}, *a${index}], l${index}: *a${index}}\n`)}${app}    odd: *a30\n`,
  },
  {
    name: 'merge keys that repeat a large mapping 2,000 times',
    text: () =>
      `x-0: &a0 {${times(1000, (index) => `k${index}: v, `)}}\nservices:\n${times(2000, (index) => `  s${index}: {<<: *a0}\n`)}`,
  },
  {
    name: 'an alias chain 10,000 long',
    text: () =>
      `x-0: &a0 {}\n${times(10_000, (index) => `x-${index + 1}: &a${index + 1} {b: *a${index}}\n`)}${app}    odd: *a10000\n`,
  },
  {
    name: 'services that extend one another 5,000 deep',
    text: () =>
      `services:\n  s0: {image: a, environment: {A: b}}\n${times(5000, (index) => `  s${index + 1}: {extends: s${index}, environment: {A${index}: b}}\n`)}`,
  },
  {
    name: 'ports that are all of them, 100 times',
    text: () =>
      `services:\n  app:\n    ports:\n${times(100, (index) => `      - "127.0.0.${index + 1}:1-65535:1-65535"\n`)}`,
  },
  { name: 'flow nesting 10,000 deep', text: () => `services: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n` },
  { name: 'flow nesting 250,000 deep, not closed', text: () => '{a: '.repeat(250_000) },
  { name: 'block nesting 3,900 deep', text: () => times(3900, (index) => `${' '.repeat(index)}a:\n`) },
  { name: 'block nesting 10,000 deep', text: () => times(10_000, (index) => `${' '.repeat(index)}a:\n`) },
  { name: 'compact nesting 10,000 deep', text: () => `services: \n  ${'- '.repeat(10_000)}a\n` },
  {
    name: 'variables nested 100,000 deep',
    text: () => `services:\n  app:\n    image: "${'${A:-'.repeat(100_000)}${'}'.repeat(100_000)}"\n`,
  },
  {
    name: 'variables that are not closed',
    text: () => `services:\n  app:\n    image: "${'${A:-'.repeat(100_000)}"\n`,
  },
];

/** Large texts that mean what they say. */
export const large: readonly Expensive[] = [
  { name: 'a scalar of 1 MB', text: () => `${app}    command: "${'x '.repeat(500_000)}"\n` },
  {
    name: 'a block scalar of 1 MB',
    text: () => `${app}    command: |\n${times(20_000, () => `      ${'word '.repeat(10)}.\n`)}`,
  },
  { name: 'a plain scalar of 1 MB', text: () => `${app}    command: ${'x'.repeat(1_000_000)}\n` },
  { name: 'a key of 1 MB', text: () => `${app}    environment:\n      "${'k'.repeat(1_000_000)}": v\n` },
  {
    name: '100,000 variables of one service',
    text: () => `${app}    environment:\n${times(100_000, (index) => `      K${index}: v${index}\n`)}`,
  },
  {
    name: '100,000 items of one list',
    text: () => `${app}    cap_add:\n${times(100_000, (index) => `      - C${index}\n`)}`,
  },
  {
    name: '100,000 parts in one line',
    text: () => `${app}    environment: {${times(100_000, (index) => `K${index}: v, `)}L: v}\n`,
  },
  {
    name: '100,000 services',
    text: () => `services:\n${times(100_000, (index) => `  s${index}: {image: nginx}\n`)}`,
  },
  {
    name: '20,000 anchors',
    text: () =>
      `services:\n${times(20_000, (index) => `  s${index}: &a${index} {image: nginx}\n  t${index}: *a${index}\n`)}`,
  },
  {
    name: '20,000 anchors of one name',
    text: () => `services:\n${times(20_000, (index) => `  s${index}: &a {image: nginx}\n  t${index}: *a\n`)}`,
  },
  {
    name: 'a file of 8 MB',
    text: () =>
      `services:\n${times(8_000_000 / 64, (index) => `  s${String(index).padStart(6, '0')}:\n    image: nginx:${String(index).padStart(6, '0')}\n    tty: true\n    init: no\n`)}`
        .slice(0, 8_000_000)
        .replace(/\n[^\n]*$/, '\n'),
  },
  { name: 'comments of 8 MB', text: () => `${app}${'# remark\n'.repeat(800_000)}` },
  { name: 'blank lines, 8 MB of them', text: () => `${app}${'\n'.repeat(7_900_000)}` },
  { name: 'blanks, 8 MB of them in one line', text: () => `${app}${' '.repeat(7_900_000)}\n` },
  { name: 'hashes behind one value', text: () => `${app}    command: a${' #'.repeat(500_000)}\n` },
  { name: 'quotes that are not closed', text: () => `${app}    command: ${`'"`.repeat(500_000)}\n` },
  {
    name: 'quotes of 1 MB that are not closed',
    text: () => `${app}    command: "${'a'.repeat(1_000_000)}\n`,
  },
  { name: 'commas of 7 MB', text: () => `${app}    command: [${','.repeat(7_000_000)}]\n` },
  { name: 'tags of 7 MB', text: () => `${app}    command: ${'!a '.repeat(2_300_000)}x\n` },
  {
    name: 'anchors, 300,000 of them',
    text: () => `${app}x-list:\n${times(300_000, (index) => `  - &a${index} x\n`)}`,
  },
  { name: 'documents, 10,000 of them', text: () => times(10_000, () => `---\n${app}`) },
];

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

function nine(part: (index: number) => string): string {
  return Array.from({ length: 9 }, (_, index) => `k${index}: ${part(index)}`).join(', ');
}
