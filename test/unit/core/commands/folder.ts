import type { CommandContext } from '../../../../src/core/commands/effects.ts';
import { defaultPolicy } from '../../../../src/core/verdict/policy.ts';
import { protectionUnder } from '../../../../src/core/verdict/protection.ts';

const services = 'services:\n  web:\n    image: nginx:1.27\n  cache:\n    image: redis:7\n';

/** The folder that the commands of the tables are about. */
export const folderFiles: Readonly<Record<string, string>> = {
  'docker-compose.yml': services,
  'sub/compose.yaml': services,
  'other/docker-compose.yml': 'services:\n  web:\n    image: nginx:1.28\n',
  'new.yml': 'services:\n  web:\n    image: nginx:1.26\n',
  'notes.txt': 'redis\n',
  'fix.patch':
    '--- docker-compose.yml\n+++ docker-compose.yml\n@@ -4,2 +4,2 @@\n   cache:\n-    image: redis:7\n+    image: redis:8\n',
};

const kindOf = protectionUnder(defaultPolicy);

export function contextIn(cwd: string, home?: string): CommandContext {
  const files = Object.keys(folderFiles).filter((name) => kindOf(name) !== undefined);
  return {
    cwd,
    shell: 'bash',
    ...(home !== undefined && { home }),
    files: files.map((name) => `${cwd}/${name}`),
    isProtected: (path) => path.startsWith(`${cwd}/`) && kindOf(path.slice(cwd.length + 1)) !== undefined,
  };
}
