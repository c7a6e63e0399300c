import { builtinPrograms } from './programs/builtins.ts';
import { clusterPrograms } from './programs/cluster.ts';
import { codePrograms } from './programs/code.ts';
import { dockerPrograms } from './programs/docker.ts';
import { fetchingPrograms } from './programs/fetching.ts';
import { filePrograms } from './programs/files.ts';
import { gitPrograms } from './programs/git.ts';
import { guardingPrograms } from './programs/guarding.ts';
import { inPlacePrograms, otherProgram } from './programs/inPlace.ts';
import { listingPrograms } from './programs/listing.ts';
import { printingPrograms } from './programs/printing.ts';
import { ownScript, shellPrograms } from './programs/shells.ts';
import { wrapperPrograms } from './programs/wrappers.ts';
import type { Program } from './shell.ts';

/** What is known of a program by its name. Of any other, only what its options say that it writes. */
export function programFor(name: string): Program {
  return programs.get(name) ?? programs.get(name.replace(/[\d.]+$/, '')) ?? otherProgram;
}

/** A program by the path it was called with: a script of the folder is read, where it can be. */
export function programAt(path: string, name: string): Program {
  if (!path.includes('/') || programs.has(name)) return programFor(name);
  return (call) => ownScript(call, path) ?? otherProgram(call);
}

const programs: ReadonlyMap<string, Program> = new Map([
  ...printingPrograms,
  ...listingPrograms,
  ...filePrograms,
  ...inPlacePrograms,
  ...fetchingPrograms,
  ...codePrograms,
  ...shellPrograms,
  ...wrapperPrograms,
  ...builtinPrograms,
  ...gitPrograms,
  ...dockerPrograms,
  ...clusterPrograms,
  ...guardingPrograms,
]);
