import { ulimits } from './limits.ts';
import { hosts, labels, variables } from './mappings.ts';
import { filePath } from './paths.ts';
import { leaf, type Shape } from './place.ts';
import { filesFrom } from './references.ts';
import { bytes, flag, ordered, record, setOf, text, textAs } from './shapes.ts';

export const pathText: Shape = textAs((path) => filePath(path));

/** How an image is built; a text is the context (compose-go transform/build.go). */
export const build: Shape = (node, place) => {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return longBuild(node, place);
  const entry = { node, span: place.span };
  return longBuild({ type: 'map', tag: undefined, entries: new Map([['context', entry]]) }, place);
};

const longBuild = record(
  {
    context: pathText,
    dockerfile: textAs((path) => (path === 'Dockerfile' ? undefined : filePath(path))),
    dockerfile_inline: text,
    args: variables(),
    labels,
    ssh: variables(),
    cache_from: ordered(),
    cache_to: setOf(),
    no_cache: flag,
    additional_contexts: variables(),
    network: text,
    target: text,
    shm_size: bytes,
    extra_hosts: hosts,
    isolation: text,
    privileged: flag,
    secrets: filesFrom('field', '/run/secrets/'),
    tags: setOf(),
    ulimits,
    platforms: setOf(),
    pull: flag,
    entitlements: setOf(),
  },
  {
    settle: (children, place) => {
      if (children.has('context')) return;
      const here = { ...place, path: [...place.path, 'context'] };
      children.set('context', leaf(here, '.', '.'));
    },
  },
);
