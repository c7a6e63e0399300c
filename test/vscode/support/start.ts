import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { driver } from './driver.ts';
import { until } from './incident.ts';

/** What VS Code itself measured for the extension's activation, in milliseconds. */
export async function activationTime(): Promise<number> {
  await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
  let time: string | undefined;
  await until(async () => {
    const rows = await driver.texts('.runtime-extensions-editor .extension');
    const row = rows.find((text) => /infrahold\b(?!-test)/i.test(text) && /Activation/.test(text));
    time = /Activation:\s*(\d+)\s*ms/.exec(row ?? '')?.[1];
    if (time === undefined) throw new Error(`no activation time in ${JSON.stringify(rows)}`);
  });
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return Number(time);
}

/** The first groups of the lines in the extension's log that match. */
export async function logLines(pattern: RegExp): Promise<readonly string[]> {
  const home = process.env.HOME ?? '';
  const logs = readdirSync(join(home, 'data', 'logs'), { recursive: true, withFileTypes: true });
  return logs
    .filter(({ name }) => name === 'Infrahold.log')
    .flatMap((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n'))
    .flatMap((line) => {
      const match = pattern.exec(line);
      return match === null ? [] : [match[1] ?? line];
    });
}
