import { isPlain } from '../printable.ts';

/** One name after the other, from the top of the document down: `['services', 'l9-api', 'image']`. */
export type Path = readonly string[];

/**
 * Writes a path as an address: `services.l9-api.ports[8000/tcp]`. A name of letters, digits, `_` and `-` follows
 * a dot; any other name stands in brackets, so that `labels[traefik.enable]` has two names and not three.
 */
export function formatAddress(path: Path): string {
  return path.reduce((text, name) => {
    if (!isBare(name)) return `${text}[${name}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** Reads an address. `undefined` when a bracket is left open or a name is empty. */
export function parseAddress(address: string): string[] | undefined {
  const path: string[] = [];
  let at = 0;
  while (at < address.length) {
    const next = address[at] === '[' ? bracketed(address, at) : plain(address, at, path.length > 0);
    if (next === undefined || next.name === '') return undefined;
    path.push(next.name);
    at = next.end;
  }
  return path.length > 0 ? path : undefined;
}

/** Whether `inner` is `outer` or lies within it. */
export function contains(outer: Path, inner: Path): boolean {
  return outer.length <= inner.length && outer.every((name, index) => name === inner[index]);
}

/** Whether a name can stand in an address without brackets. */
function isBare(name: string): boolean {
  if (isPlain(name)) return /^[\w*-]+$/.test(name);
  return /^[\p{L}\p{N}_*-]+$/u.test(name);
}

interface Part {
  readonly name: string;
  readonly end: number;
}

/** Brackets may nest, because an IPv6 host stands in brackets of its own: `ports[[::1]:80:80/tcp]`. */
function bracketed(address: string, start: number): Part | undefined {
  let depth = 0;
  for (let at = start; at < address.length; at++) {
    if (address[at] === '[') depth++;
    if (address[at] === ']' && --depth === 0) return { name: address.slice(start + 1, at), end: at + 1 };
  }
  return undefined;
}

function plain(address: string, at: number, needsDot: boolean): Part | undefined {
  if (needsDot && address[at] !== '.') return undefined;
  const start = needsDot ? at + 1 : at;
  let end = start;
  while (end < address.length && address[end] !== '.' && address[end] !== '[') {
    if (address[end] === ']') return undefined;
    end++;
  }
  return { name: address.slice(start, end), end };
}
