import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandMayMatter } from '../../../../src/core/commands/mayMatter.ts';
import { readCommand } from '../../../../src/core/commands/readCommand.ts';
import { contextIn } from './folder.ts';
import { summaryOf } from './summary.ts';

const cwd = 'C:/work/project';
const context = { ...contextIn(cwd), shell: 'powershell' as const };

const rows: readonly (readonly [string, ...string[]])[] = [
  ['Set-Content -Path docker-compose.yml -Value "x"', 'write docker-compose.yml unknown'],
  ['Set-Content .\\docker-compose.yml x', 'write docker-compose.yml unknown'],
  ['Set-Content C:\\work\\project\\docker-compose.yml x', 'write docker-compose.yml unknown'],
  ['"x" | Out-File -FilePath docker-compose.yml', 'write docker-compose.yml unknown'],
  ['"x" | Out-File docker-compose.yml -Append', 'write docker-compose.yml unknown'],
  [
    "(Get-Content docker-compose.yml) -replace 'a','b' | Set-Content docker-compose.yml",
    'write docker-compose.yml unknown',
  ],
  [
    "$f = 'docker-compose.yml'\n(Get-Content $f).Replace('a','b') | Set-Content $f",
    'write docker-compose.yml unknown',
  ],
  ["'x' > docker-compose.yml", 'write docker-compose.yml unknown'],
  ["'x' >> .\\docker-compose.yml", 'write docker-compose.yml unknown'],
  ["@'\nservices: {}\n'@ | Set-Content docker-compose.yml", 'write docker-compose.yml unknown'],
  ['Add-Content docker-compose.yml "# x"', 'write docker-compose.yml unknown'],
  ['Clear-Content docker-compose.yml', 'write docker-compose.yml unknown'],
  ["[System.IO.File]::WriteAllText('docker-compose.yml', $t)", 'write docker-compose.yml unknown'],
  ['Invoke-WebRequest http://127.0.0.1 -OutFile docker-compose.yml', 'write docker-compose.yml unknown'],
  ['Remove-Item docker-compose.yml -Force', 'remove docker-compose.yml'],
  ['Remove-Item -Recurse -Force sub', 'remove sub/compose.yaml'],
  ['del docker-compose.yml', 'remove docker-compose.yml'],
  ['Get-ChildItem docker*.yml | Remove-Item', 'remove docker-compose.yml'],
  ['Copy-Item new.yml docker-compose.yml', 'write docker-compose.yml copy'],
  ['Copy-Item -Path new.yml -Destination docker-compose.yml -Force', 'write docker-compose.yml copy'],
  ['Move-Item docker-compose.yml old.txt', 'remove docker-compose.yml'],
  ['Rename-Item docker-compose.yml old.txt', 'remove docker-compose.yml'],
  ['docker compose down -v', 'compose down -v'],
  ['docker.exe compose down', 'compose down'],
  ['if ($true) { docker compose down -v }', 'compose down -v'],
  ['git commit --no-verify -m "x y"', 'hooks-skipped'],
  ["python -c \"open('docker-compose.yml','w')\"", 'write docker-compose.yml unknown'],
  ['powershell -Command "Remove-Item docker-compose.yml"', 'remove docker-compose.yml'],
  ['Invoke-Expression "rm docker-compose.yml"', 'remove docker-compose.yml'],
  ['Get-Content docker-compose.yml'],
  ['Get-Content docker-compose.yml | Select-String redis'],
  ['Get-Content docker-compose.yml 2>$null'],
  ['Get-ChildItem -Recurse -Filter *.yml'],
  ['Test-Path docker-compose.yml'],
  ['docker compose ps; docker compose logs'],
  ['Remove-Item notes.txt'],
  ['Remove-Item docker-compose.yml -WhatIf'],
  ['Copy-Item docker-compose.yml docker-compose.yml.bak'],
  ["Write-Host 'rm docker-compose.yml'"],
  ['# Remove-Item docker-compose.yml'],
  ['$env:COMPOSE_FILE = "docker-compose.yml"'],
];

for (const [command, ...effects] of rows) {
  test(`PowerShell: ${effects.join(', ') || 'nothing'} ← ${command}`, () => {
    assert.deepEqual(summaryOf(readCommand(command, context), cwd), effects);
    if (effects.length > 0) assert.ok(commandMayMatter(command));
  });
}
