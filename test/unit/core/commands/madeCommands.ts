import type { Chance } from '../mutation/chance.ts';

/**
 * Commands of a shell that nobody has written: each writes or removes `docker-compose.yml`, whose name it puts together
 * from pieces, within what a shell has to run something in. What they do is told by running them.
 */
export function madeCommand(chance: Chance): string {
  const maker: Maker = { chance, before: [], variables: 0 };
  const name = nameOf(maker);
  const act = (target: string) => chosen(actions, chance).replaceAll('@', target);
  const frame = chosen(frames, chance)(name, act);
  const before = maker.before.map((line) => `${line}; `).join('');
  return chance.below(8) === 0 ? chosen(wholes, chance)(before + frame) : before + frame;
}

interface Maker {
  readonly chance: Chance;
  /** What has to run first, such as the assignments of variables that the name is made of. */
  readonly before: string[];
  variables: number;
}

function nameOf(maker: Maker): string {
  const { chance } = maker;
  const whole = 'docker-compose.yml';
  const inner = Array.from({ length: chance.below(4) }, () => 1 + chance.below(whole.length - 1));
  const cuts = [0, ...inner.sort((one, other) => one - other), whole.length];
  const pieces = cuts.slice(1).map((cut, index) => whole.slice(cuts[index], cut));
  const start = chance.below(5) === 0 ? './' : '';
  return start + pieces.map((piece) => (piece === '' ? '' : spelled(piece, maker))).join('');
}

function spelled(piece: string, maker: Maker): string {
  const variable = `V${maker.variables++}`;
  const { before, text } = chosen(spellings, maker.chance)(piece, variable);
  if (before !== undefined) maker.before.push(before);
  return text;
}

interface Spelling {
  readonly before?: string;
  readonly text: string;
}

const hex = (piece: string) => [...piece].map((char) => `\\x${char.charCodeAt(0).toString(16)}`).join('');

/** The ways to say a piece of a name. */
const spellings: readonly ((piece: string, variable: string) => Spelling)[] = [
  (p) => ({ text: p }),
  (p) => ({ text: `'${p}'` }),
  (p) => ({ text: `"${p}"` }),
  (p) => ({ text: `\\${p}` }),
  (p) => ({ text: `{${p},zz}` }),
  (p) => ({ text: `{zz,${p}}` }),
  (p) => ({ text: `$'${hex(p)}'` }),
  (p) => ({ text: p.length > 1 ? `?${p.slice(1)}` : p }),
  (p) => ({ text: p.length > 1 ? `${p[0]}*` : p }),
  (p) => ({ text: `[${p[0]}]${p.slice(1)}` }),
  (p) => ({ text: `$(echo ${p})` }),
  (p) => ({ text: `\`echo ${p}\`` }),
  (p) => ({ text: `$(printf '%s' ${p})` }),
  (p) => ({ text: `$(basename q/${p})` }),
  (p) => ({ text: `$(cat <<< ${p})` }),
  (p, v) => ({ text: `\${${v}:-${p}}` }),
  (p, v) => ({ text: `\${${v}=${p}}` }),
  (p, v) => ({ before: `${v}=${p}`, text: `\${${v}}` }),
  (p, v) => ({ before: `${v}=${p}`, text: `"$${v}"` }),
  (p, v) => ({ before: `${v}=xx${p}`, text: `\${${v}#xx}` }),
  (p, v) => ({ before: `${v}=${p}xx`, text: `\${${v}%xx}` }),
  (p, v) => ({ before: `${v}=xx${p}`, text: `\${${v}:2}` }),
  (p, v) => ({ before: `${v}=${p}xx`, text: `\${${v}:0:${p.length}}` }),
  (p, v) => ({ before: `${v}=Q`, text: `\${${v}/Q/${p}}` }),
  (p, v) => ({ before: `${v}=1`, text: `\${${v}:+${p}}` }),
  (p, v) => ({ before: `${v}=${p.toUpperCase()}`, text: `\${${v},,}` }),
  (p, v) => ({ before: `${v}=(zz ${p})`, text: `\${${v}[1]}` }),
  (p, v) => ({ before: `declare -A ${v}; ${v}[k]=${p}`, text: `\${${v}[k]}` }),
  (p, v) => ({ before: `${v}=${p}; P${v}=${v}`, text: `\${!P${v}}` }),
  (p, v) => ({ before: `${v}=; ${v}+=${p}`, text: `"\${${v}}"` }),
  (p, v) => ({ before: `printf -v ${v} %s ${p}`, text: `"$${v}"` }),
  (p, v) => ({ before: `read ${v} <<< ${p}`, text: `"$${v}"` }),
  (p, v) => ({ before: `IFS=: read -r _ ${v} <<< zz:${p}`, text: `"$${v}"` }),
  (p, v) => ({ before: `${v}() { echo ${p}; }`, text: `$(${v})` }),
];

/** What is done to the file, `@`. */
const actions: readonly string[] = [
  'rm -f @',
  'rm -f zz @',
  'unlink @',
  ': > @',
  '> @',
  'echo x >> @',
  'printf x &> @',
  'cat new.yml > @',
  'cat > @ < new.yml',
  'cp new.yml @',
  'install new.yml @',
  'mv new.yml @',
  'mv @ gone.txt',
  'touch q; mv -f q @',
  'ln -sf new.yml @',
  'dd if=new.yml of=@ 2>/dev/null',
  'tee @ <<< x >/dev/null',
  'echo x | tee -a zz @ >/dev/null',
  'sed -i s/redis/x/ @',
  'perl -pi -e s/redis/x/ @',
  'sort -o @ new.yml',
  'truncate -s0 @',
];

type Act = (target: string) => string;

const inQuotes = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** What the action stands in, or gets the name from. */
const frames: readonly ((name: string, act: Act) => string)[] = [
  (name, act) => act(name),
  (name, act) => `if true; then ${act(name)}; fi`,
  (name, act) => `if ! false; then ${act(name)}; fi`,
  (name, act) => `(${act(name)})`,
  (name, act) => `{ ${act(name)}; }`,
  (name, act) => `true && ${act(name)}`,
  (name, act) => `false || ${act(name)}`,
  (name, act) => `! ${act(name)}`,
  (name, act) => `${act(name)} & wait`,
  (name, act) => `case x in x) ${act(name)};; esac`,
  (name, act) => `until false; do ${act(name)}; break; done`,
  (name, act) => `for ((i=0;i<1;i++)); do ${act(name)}; done`,
  (name, act) => `cd sub; ${act(`../${name}`)}`,
  (name, act) => `D=.; ${act(`$D/${name}`)}`,
  (name, act) => `for f in zz ${name} qq; do ${act('"$f"')}; done`,
  (name, act) => `A=(zz ${name}); ${act(`"\${A[1]}"`)}`,
  (name, act) => `A=(zz ${name}); for f in "\${A[@]}"; do ${act('$f')}; done`,
  (name, act) => `set -- ${name}; ${act('$1')}`,
  (name, act) => `f() { ${act(name)}; }; f`,
  (name, act) => `f() { ${act('"$2"')}; }; f zz ${name}`,
  (name, act) => `f() { shift; ${act('"$1"')}; }; f zz ${name}`,
  (name, act) => `f() { ${act(`"\${@: -1}"`)}; }; f zz ${name}`,
  (name, act) => `f() { for g; do ${act('"$g"')}; done; }; f zz ${name}`,
  (name, act) => `f() { local g=$1; ${act('$g')}; }; f "$(echo ${name})"`,
  (name, act) => `F=$(echo ${name}); ${act('$F')}`,
  (name, act) => `F=zz; [ -f new.yml ] && F=$(echo ${name}); ${act('$F')}`,
  (name, act) => `X=$(echo ${name}); Y=$X; Z="$Y"; ${act('"$Z"')}`,
  (name, act) => `declare -n R=X; X=$(echo ${name}); ${act('$R')}`,
  (name, act) => `export F=$(echo ${name}); bash -c ${inQuotes(act('$F'))}`,
  (name, act) => `while read f; do ${act('$f')}; done <<< "$(echo ${name})"`,
  (name, act) => `while IFS= read -r -d '' f; do ${act('"$f"')}; done < <(printf '%s\\0' ${name})`,
  (name, act) => `printf '%s\\n' ${name} > list; while read f; do ${act('$f')}; done < list`,
  (name, act) => `ls ${name} 2>/dev/null | while read -r f; do ${act('$f')}; done`,
  (name, act) => `mapfile -t A < <(echo ${name}); ${act(`"\${A[0]}"`)}`,
  (name) => `echo ${name} | xargs rm -f`,
  (name) => `find . -maxdepth 1 -name "$(echo ${name})" -delete`,
  (name) => `find . -maxdepth 1 -name new.yml -exec cp {} ${name} \\;`,
  (name) => `{ echo x; echo y; } > ${name}`,
  (name) => `echo x | { cat > ${name}; }`,
  (name) => `echo x > >(cat > ${name}); wait $!`,
  (name) => `exec 3> ${name}; echo x >&3`,
];

/** What a whole command can be given to. */
const wholes: readonly ((command: string) => string)[] = [
  (command) => `bash -c ${inQuotes(command)}`,
  (command) => `eval ${inQuotes(command)}`,
  (command) => `bash -s <<< ${inQuotes(command)}`,
  (command) => `bash <<'EOF'\n${command}\nEOF`,
  (command) => `source <(echo ${inQuotes(command)})`,
  (command) => `echo ${inQuotes(command)} > s.sh; bash s.sh`,
  (command) => `trap ${inQuotes(command)} EXIT`,
  (command) => `x=$(${command})`,
];

function chosen<T>(list: readonly T[], chance: Chance): T {
  return list[chance.below(list.length)] as T;
}
