#!/usr/bin/env node
import { startProgram } from './start.ts';

void startProgram(`${__dirname}/cli/program.js`, require).catch((error: unknown) => {
  // A program that is not whole must not let an edit pass; hosts take this code for a refusal.
  process.exitCode = 2;
  process.stderr.write(`infrahold: it is not installed whole: ${error}\n`);
});
