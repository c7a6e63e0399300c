import type { Group } from './fileRows.ts';

/** Commands that act through git, through programs that are not run here, or that cannot be told. */
export const otherGroups: readonly Group[] = [
  {
    effects: ['git checkout docker-compose.yml'],
    commands: [
      'git checkout -- docker-compose.yml',
      'git checkout docker-compose.yml',
      'git checkout HEAD~1 -- docker-compose.yml',
      'git -C . checkout -- docker-compose.yml',
    ],
  },
  {
    effects: ['git checkout'],
    commands: ['git checkout main', 'git checkout -b feature', 'git checkout -f'],
  },
  {
    effects: ['git restore docker-compose.yml'],
    commands: [
      'git restore docker-compose.yml',
      'git restore --source=HEAD~2 docker-compose.yml',
      'git restore -SW docker-compose.yml',
    ],
  },
  { effects: ['git switch'], commands: ['git switch main', 'git switch -c x'] },
  {
    effects: ['git reset'],
    commands: [
      'git reset --hard',
      'git reset --hard origin/main',
      'git fetch && git reset --hard FETCH_HEAD',
    ],
  },
  {
    effects: ['git stash'],
    commands: ['git stash', 'git stash pop', 'git stash push -m x', 'git stash apply'],
  },
  { effects: ['git merge'], commands: ['git merge feature'] },
  { effects: ['git rebase'], commands: ['git rebase main', 'git rebase --abort'] },
  { effects: ['git pull'], commands: ['git pull', 'git pull --rebase'] },
  {
    effects: ['git rebase', 'remove docker-compose.yml'],
    commands: ["git rebase main -x 'rm docker-compose.yml'"],
  },
  {
    effects: ['write docker-compose.yml unknown'],
    commands: [
      'git checkout -p docker-compose.yml',
      'git apply <<EOF\n--- a/docker-compose.yml\n+++ b/docker-compose.yml\nEOF',
      'patch -p1 <<EOF\n--- a/docker-compose.yml\n+++ b/docker-compose.yml\nEOF',
      'curl -o docker-compose.yml http://127.0.0.1/x',
      'wget http://127.0.0.1/docker-compose.yml',
      'wget -O docker-compose.yml http://127.0.0.1/x',
      'curl -O http://127.0.0.1/docker-compose.yml',
      'curl http://127.0.0.1/x > docker-compose.yml',
      'curl -s http://127.0.0.1/x | tee docker-compose.yml',
      'yq -i .a=1 docker-compose.yml',
      "yq e -i 'del(.services.cache)' docker-compose.yml",
      'prettier --write docker-compose.yml',
      'npx prettier --write docker-compose.yml',
      'sd redis valkey docker-compose.yml',
      'dos2unix docker-compose.yml',
      "ed -s docker-compose.yml <<< $'1d\\nw'",
      "ex -sc 'g/redis/d|x' docker-compose.yml",
      "vim -c '%s/a/b/' -c wq docker-compose.yml",
      'vim +1d +wq docker-compose.yml',
      "ruby -i -pe 'gsub(/a/, %q(b))' docker-compose.yml",
      'ruby -e \'File.write("docker-compose.yml", "x")\'',
      'php -r \'file_put_contents("docker-compose.yml", "x");\'',
      "gawk -i inplace '{print}' docker-compose.yml",
      'docker compose config > docker-compose.yml',
      'docker compose config -o docker-compose.yml',
      'docker run --rm -v "$PWD":/w -w /w mikefarah/yq -i .a=1 docker-compose.yml',
      'docker cp l9-api:/x docker-compose.yml',
      'sponge docker-compose.yml < new.yml',
      'sort new.yml | sponge docker-compose.yml',
      'sops -d -i docker-compose.yml',
      'kompose convert -o docker-compose.yml',
      'some-tool --in-place docker-compose.yml',
      'tar xf x.tar docker-compose.yml',
      'bunx prettier --write docker-compose.yml',
      "rename 's/x/y/' notes.txt; date | tee docker-compose.yml",
    ],
  },
  {
    effects: ['write docker-compose.yml sed'],
    commands: [
      'docker run --rm -v "$(pwd):/w" alpine sed -i s/a/b/ /w/docker-compose.yml',
      'parallel sed -i s/a/b/ ::: docker-compose.yml',
      "sed -i '' s/a/b/ docker-compose.yml",
      'gsed -i s/a/b/ docker-compose.yml',
      'doas sed -i s/a/b/ docker-compose.yml',
      'flock /tmp/l sed -i s/a/b/ docker-compose.yml',
      'xargs -n1 sed -i s/a/b/ <<< docker-compose.yml',
      'watch -n1 sed -i s/a/b/ docker-compose.yml',
      'su root -c "sed -i s/a/b/ docker-compose.yml"',
      'busybox sed -i s/a/b/ docker-compose.yml',
      "git submodule foreach 'true'; sed -i s/a/b/ docker-compose.yml",
    ],
  },
  {
    effects: [
      'remove docker-compose.yml if untracked',
      'remove other/docker-compose.yml if untracked',
      'remove sub/compose.yaml if untracked',
    ],
    commands: ['git clean -fd', 'git clean -xdf', 'git clean --force -d .'],
  },
  {
    effects: [
      'write docker-compose.yml unknown',
      'write other/docker-compose.yml unknown',
      'write sub/compose.yaml unknown',
    ],
    commands: ['tar xzf x.tgz', 'unzip -o x.zip', 'tar -xf x.tar -C .', 'git stash -p'],
  },
  {
    effects: ['hooks-skipped'],
    commands: [
      'git commit --no-verify -m x',
      'git commit -nm x',
      'git -c core.hooksPath=/dev/null commit -m x',
      'git push --no-verify',
    ],
  },
  {
    effects: ['hooks-changed'],
    commands: [
      'git config core.hooksPath /dev/null',
      'git config --global core.hooksPath x',
      'git config --unset core.hooksPath',
    ],
  },
  { effects: ['guard-removed'], commands: ['infrahold uninstall', 'npx infrahold uninstall claude-code'] },
  { effects: ['unknown interactive'], commands: ['bash', 'sh', 'zsh -i', 'sudo bash', 'bash -l'] },
  {
    effects: ['unknown computed'],
    commands: [
      'echo cm0geA== | base64 -d | bash',
      'base64 -d <<< cm0geA== | sh',
      'git apply fix.patch',
      'patch -p1 < fix.patch',
      'cat fix.patch | git apply',
    ],
  },
  {
    effects: ['unknown syntax'],
    commands: ['rm "docker-compose.yml.bak', 'if true; then cat docker-compose.yml'],
  },
  { effects: ['remove docker-compose.yml', 'unknown syntax'], commands: ["rm docker-compose.yml 'x"] },
  {
    effects: ['patch 4 lines'],
    commands: [
      "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: docker-compose.yml\n*** End Patch\nEOF",
      "apply_patch '*** Begin Patch\n*** Delete File: docker-compose.yml\n*** End Patch\n'",
    ],
  },
  {
    effects: ['script fix.sh'],
    commands: ['bash fix.sh', './fix.sh docker-compose.yml', 'source fix.sh', '. ./fix.sh', 'sh ./fix.sh x'],
  },
];
