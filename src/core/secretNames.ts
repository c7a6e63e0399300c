/** Whether what stands under a name must not be shown. The name itself always may. */
export function isSecret(name: string, value: string): boolean {
  if (name === 'PWD' || name === 'OLDPWD' || nothing.test(value)) return false;
  const words = name
    .slice(-200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (aboutWords.has(last)) return false;
  // `MAX_TOKENS=4000` counts what a model may write; no token is a bare number.
  if (/^\d+$/.test(value) && words.some((word) => countWords.test(word))) return false;
  if (last === 'auth' || (last === 'cookie' && words.at(-2) === 'erlang')) return true;
  return words.some((word, index) => {
    if (secretWords.has(word) || secretEnd.test(word)) return true;
    return /^keys?$/.test(word) && secretKeys.has(words[index - 1] ?? '');
  });
}

/** What is no secret under any name: nothing at all, a switch, or a value that is taken from the caller. */
const nothing = /^\s*$|^(?:true|false|yes|no|on|off|none|null|\(passed through\))$/i;

const secretWords = setOf(`
  password passwords passwd passwort pwd pass passphrase passcode pw psk secret secrets token tokens apikey
  apikeys credential credentials cred creds salt pepper mnemonic jwt bearer privatekey secretkey accesskey
  requirepass masterauth pgpass rootpass userpass dbpass basicauth
`);
/** Names of this day are run together: `rootpassword`, `authtoken`. */
const secretEnd = /(?:password|passwd|passphrase|secret|token|apikey)$/;

/** A key is a secret by what it opens; `PRIMARY_KEY` and `PUBLIC_KEY` open nothing. */
const secretKeys = setOf(`
  api private secret access encryption encrypt signing sign master app jwt ssh license licence auth account
  storage session cookie hmac aes rsa gpg role anon admin deploy service shared
`);

/** `TOKEN_TTL` or `PASSWORD_FILE` speak about a secret and do not hold one. */
const aboutWords = setOf(`
  file files path paths dir directory name names url uri host hostname port ttl expiry expires expiration
  expire expired lifetime age duration timeout interval length len size limit limits count window budget
  rate enabled enable disabled disable required policy type kind mode method methods alg algorithm algo
  encoding format header headers issuer audience scope scopes provider backend server endpoint realm domain
  user username version prefix rotation store engine location env field spec strategy driver
`);

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

const countWords = /^(?:tokens|max|min|num|total|per)$/;
