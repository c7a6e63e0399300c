import * as vscode from 'vscode';
import { ask } from './bridge.ts';
import { startScriptedModel } from './copilot.ts';
import { type Assignment, BRIDGE } from './protocol.ts';
import { declaredTests, report, runTests } from './suite.ts';

/**
 * The test extension: it asks the runner what to do and does it. In a second window, or where the runner is not
 * waiting for anybody, the answer is to stay idle.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  if (process.env[BRIDGE] === undefined) return;
  startScriptedModel(context);
  const assignment = await ask<Assignment>('/assignment', {
    pid: process.pid,
    extensions: vscode.extensions.all.map(({ id }) => id),
  });
  if (assignment.role === 'idle') return;
  // Activation must end before the tests begin, or VS Code waits for them before it calls itself started.
  setTimeout(() => void perform(assignment), 0);
}

async function perform(assignment: Assignment & { role: 'run' }): Promise<void> {
  try {
    await report({ kind: 'started', vscode: vscode.version, tests: declaredTests().length });
    await runTests(assignment);
    await report({ kind: 'finished' });
  } catch (error) {
    await report({ kind: 'finished', error: error instanceof Error ? `${error.stack}` : String(error) });
  }
}
