import type { Entity } from '../../model/document.ts';
import { fieldOf } from '../references.ts';
import type { Finding } from './codes.ts';
import { finding, type Rule } from './pair.ts';

/** What is published on the host, before and after. */
export const portFindings: Rule = ({ before, after }) => {
  if ((before ?? after)?.kind !== 'port') return [];
  const [from, to] = [before && publicationOf(before), after && publicationOf(after)];
  const words = `before: ${from?.shown ?? 'not published'}; after: ${to?.shown ?? 'not published'}`;
  const found: Finding[] = [];
  if (from === undefined && to !== undefined) found.push(...finding('port-published', words));
  if (from !== undefined && to === undefined) found.push(...finding('port-unpublished', words));
  if (from !== undefined && to !== undefined && from.shown !== to.shown)
    found.push(...finding('port-moved', words));
  if (to?.isOpen === true && from?.isOpen !== true)
    found.push(...finding('port-opened', `it answers on every interface of the host; ${words}`));
  return found;
};

interface Publication {
  readonly shown: string;
  /** Whether it answers whoever reaches the host, over any interface. */
  readonly isOpen: boolean;
}

/** No address is every address, and so is a variable that may hold none. */
const open = /^(?:0\.0\.0\.0|\[?::\]?|\$\{\w+(?::?-0\.0\.0\.0)?\})?$/;

/** A port without one of the host is published too, under a number that the engine chooses. */
function publicationOf(port: Entity): Publication {
  const published = fieldOf(port, 'published');
  const host = fieldOf(port, 'host_ip');
  const address = typeof host === 'string' ? host : '';
  const protocol = fieldOf(port, 'protocol');
  const number =
    published === undefined || published === '0' ? 'a port that the engine chooses' : String(published);
  const suffix = typeof protocol === 'string' && protocol !== 'tcp' ? `/${protocol}` : '';
  return {
    shown: `${address === '' ? '' : `${address}:`}${number}${suffix}`,
    isOpen: open.test(address),
  };
}
