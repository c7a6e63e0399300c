import type * as vscode from 'vscode';

export function startScriptedModel(_context: vscode.ExtensionContext): void {}
