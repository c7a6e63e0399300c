import type { Row } from './rows.ts';

const compose = 'docker-compose.yml';

/** Edits after which Compose would not load the file, though their meaning can be told. */
export const refusing: readonly Row[] = [
  {
    name: 'an edit in scope after which Compose would not load the file is not allowed',
    args: ['check', compose, '-', '--scope', 'change services.l9-api'],
    stdin: '@refused.yml',
    exit: 3,
    stdout:
      /^UNDECIDED docker-compose\.yml: Compose would no longer load it\n[\s\S]*\n {2}\* line \d+: services\.l9-api has no key imagee that Compose knows \(did you mean image\?\)/,
  },
  {
    name: 'the difference is told whatever Compose would say of the file',
    args: ['diff', compose, 'refused.yml'],
    exit: 1,
    stdout: /^docker-compose\.yml: 1 change in meaning\n[\s\S]*Compose would not load it\n/,
  },
  {
    name: 'what Compose would say is in the JSON, with how grave it is',
    args: ['diff', compose, 'ai-edit.yml', '--format', 'json'],
    exit: 1,
    stdout:
      /"code": "undefined-reference",[^{}]*"line": 17,[^{}]*"severity": "error",[^{}]*"stoodBefore": false/,
  },
  {
    name: 'nothing changed in meaning, and yet Compose would not load the file',
    args: ['diff', 'same.yml', 'twice.yml'],
    exit: 3,
    stdout: /^UNDECIDED same\.yml: Compose would no longer load it\n/,
  },
  {
    name: "a mistake that was there before is not the edit's",
    args: ['check', 'twice.yml', '-', '--as', 'compose.yml'],
    stdin: '# a comment\nservices: {web: {image: a, security_opt: [b, b]}}\n',
    exit: 0,
    stdout: /^ALLOWED compose\.yml: nothing changed in meaning\n/,
  },
];
