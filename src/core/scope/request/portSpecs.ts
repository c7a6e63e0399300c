import type { Path } from '../../model/address.ts';
import { entityAt, type InfraDocument } from '../../model/document.ts';
import { containerPort, withProtocol } from '../sections.ts';

/** A port as people write one: `8080`, `8080:80`, `127.0.0.1:8080:80/udp`. */
export interface PortSpec {
  /** With a host address where one was written; `undefined` for a lone number, which may be either side. */
  readonly published: string | undefined;
  readonly target: string;
}

export function isPort(text: string): boolean {
  return portPattern.test(text);
}

export function readPort(text: string): PortSpec | undefined {
  const match = portPattern.exec(text);
  if (match === null) return undefined;
  const [, address, host, target = '', protocol = 'tcp'] = match;
  const published = host === undefined ? undefined : `${address ?? ''}${host}`;
  return { published, target: `${target}/${protocol.toLowerCase()}` };
}

/** The keys of the ports that a service publishes and that a port as people write it may mean. */
export function portsOf(service: Path, text: string, document: InfraDocument): Path[] {
  const section = [...service, 'ports'];
  const keys = [...(entityAt(document, section)?.children.keys() ?? [])];
  const wanted = text.toLowerCase();
  if (!isPort(wanted)) return [];
  return keys
    .filter((key) => key === withProtocol(wanted) || meansSide(key, wanted))
    .map((key) => [...section, key]);
}

/** The container ports that a service is known to listen on, `80/tcp`, each once. */
export function targetsOf(service: Path, document: InfraDocument): string[] {
  const namesIn = (field: string) => [...(entityAt(document, [...service, field])?.children.keys() ?? [])];
  return [...new Set([...namesIn('ports').map(containerPort), ...namesIn('expose').map(withProtocol)])];
}

const portPattern =
  /^(?:((?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]):)?(\d{1,5}):)?(\d{1,5})(?:\/(tcp|udp|sctp))?$/i;

/** A lone number means the host's side or the container's. */
function meansSide(key: string, wanted: string): boolean {
  const [ports = '', protocol] = key.split('/');
  const [number, wantedProtocol = protocol] = wanted.split('/');
  return (
    wantedProtocol === protocol &&
    ports
      .split(':')
      .slice(-2)
      .includes(number ?? '')
  );
}
