#!/usr/bin/env node
import { run } from './main.ts';
import { thisProcess } from './thisProcess.ts';

void run(thisProcess()).then((code) => {
  process.exitCode = code;
  // Everything is written by now; work that was given up as too late must not keep a host waiting.
  setTimeout(() => process.exit(), 1_000).unref();
});
