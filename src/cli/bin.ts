#!/usr/bin/env node
import { keepCompiled } from './compiled.ts';
import { thisProcess } from './thisProcess.ts';

keepCompiled(process.env);
void import('./main.ts')
  .then(({ run }) => run(thisProcess()))
  .then((code) => {
    process.exitCode = code;
    // Everything is written by now; work that was given up as too late must not keep a host waiting.
    setTimeout(() => process.exit(), 1_000).unref();
  })
  .catch((error: unknown) => {
    // A program that is not whole must not let an edit pass; hosts take this code for a refusal.
    process.exitCode = 2;
    process.stderr.write(`infrahold: it is not installed whole: ${error}\n`);
  });
