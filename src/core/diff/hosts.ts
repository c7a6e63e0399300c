/**
 * The names and addresses under which a container finds the host: what Docker and Podman call it, the bridges that
 * Docker makes, and the loopback, which is the host's own as soon as the service is on the host's network.
 */
export function hostsIn(value: unknown): string[] {
  return [...textOf(value).matchAll(hosts)].map(([, host = '']) => host);
}

/** The ports of the host that a value names, each with the address before it. */
export function hostPortsIn(value: unknown): { readonly host: string; readonly port: string }[] {
  const text = textOf(value);
  return [...text.matchAll(hosts)].flatMap((match) => {
    const port = /^:(\d+)\b/.exec(text.slice(match.index + match[0].length))?.[1];
    return port === undefined ? [] : [{ host: match[1] ?? '', port }];
  });
}

export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.)/.test(host);
}

/** In small letters, because a pattern that takes both takes twice as long to make. */
function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value ?? '')).toLowerCase();
}

const hosts =
  /(?<![\w.-])(host\.docker\.internal|gateway\.docker\.internal|docker\.for\.(?:mac|win)\.(?:localhost|host\.internal)|host\.containers\.internal|host-gateway|localhost|127(?:\.\d{1,3}){3}|172\.(?:1[6-9]|2\d|3[01])\.0\.1|192\.168\.65\.(?:1|2|254)|10\.88\.0\.1)(?![\w-]|\.\w)/g;
