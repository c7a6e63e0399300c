import * as vscode from 'vscode';
import { driver } from './driver.ts';
import { until } from './incident.ts';

/** What VS Code itself measured for the extension's activation, in milliseconds. */
export async function activationTime(): Promise<number> {
  // The list draws only what is in sight, and the quickest come last.
  await driver.resize(1280, 3000);
  await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
  let time: string | undefined;
  await until(async () => {
    const rows = await driver.texts('.runtime-extensions-editor .extension');
    const row = rows.find((text) => /infrahold\b(?!-test)/i.test(text) && /Activation/.test(text));
    time = /Activation:\s*(\d+)\s*ms/.exec(row ?? '')?.[1];
    if (time === undefined) throw new Error(`no activation time in ${JSON.stringify(rows)}`);
  });
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await driver.resize(1280, 800);
  return Number(time);
}

/** What the extension measured of itself, in milliseconds; `undefined` for what has not happened. */
export function measured(name: 'first-phase' | 'second-phase' | 'guarded'): number | undefined {
  const [entry] = performance.getEntriesByName(`infrahold/${name}`);
  return entry === undefined ? undefined : Math.round(entry.duration);
}
