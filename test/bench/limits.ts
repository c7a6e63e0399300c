import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bombs, large } from './expensive.ts';

export interface LimitTime {
  readonly name: string;
  readonly kilobytes: number;
  readonly milliseconds: number;
  /** The most memory that the process had, where the system tells. */
  readonly megabytes: number | undefined;
  readonly told: string;
}

/** What the built command line takes to judge an edit that leads to each expensive text. */
export function timeLimits(cli: string): LimitTime[] {
  const folder = mkdtempSync(join(tmpdir(), 'infrahold-limits-'));
  const [before, after, memory] = ['before.yml', 'after.yml', 'memory'].map((name) => join(folder, name));
  if (before === undefined || after === undefined || memory === undefined) throw new Error('three paths');
  writeFileSync(before, 'services:\n  app:\n    image: nginx\n');
  const atExit = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)))`;
  const preload = join(folder, 'atExit.cjs');
  writeFileSync(preload, atExit);
  try {
    return [...bombs, ...large].map(({ name, text }) => {
      const content = text();
      writeFileSync(after, content);
      const start = performance.now();
      const args = ['--require', preload, cli, 'check', before, after, '--format', 'json'];
      const { stdout } = spawnSync(process.execPath, args, { cwd: folder, maxBuffer: 1e9, encoding: 'utf8' });
      const milliseconds = performance.now() - start;
      const { verdict, problems } = JSON.parse(stdout);
      const told = [verdict, ...problems.slice(0, 1).map(({ code }: { code: string }) => code)].join(' ');
      const megabytes = Number(readFileSync(memory, 'utf8')) / 1000;
      return { name, kilobytes: content.length / 1000, milliseconds, megabytes, told };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
