// Help, manual pages and completions come from the tree of commands.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { run_parsectl } from '../support/parsectl.mjs';

const run = promisify(execFile);
const has = (program) => run(program, ['--version']).then(() => true, () => false);
let folder;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-docs-'));
  assert.equal((await run_parsectl(['generate', '--man', folder, '--completions', folder])).code, 0);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers after these words. */
async function offered(...words) {
  const script = path.join(folder, 'ask.bash');
  writeFileSync(script, 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _parsectl; printf "%s\\n" "${COMPREPLY[@]}"\n');
  const { stdout } = await run('bash', [script, path.join(folder, 'parsectl.bash'), 'parsectl', ...words]);
  return stdout.split('\n').filter(Boolean);
}

/** The names of commands in the help of `path`. */
async function commands_of(...names) {
  const { out } = await run_parsectl([...names, '--help']);
  const list = out.split('Subcommands:\n')[1]?.split('\n\n')[0] ?? '';
  return [...list.matchAll(/^ {2}(\S+)/gm)].map((match) => match[1]);
}

test('help is there for every command and says what it is for', async () => {
  for (const group of await commands_of()) {
    for (const names of [[group], ...(await commands_of(group)).map((verb) => [group, verb])]) {
      const { code, out } = await run_parsectl([...names, '--help']);
      assert.equal(code, 0, names.join(' '));
      assert.match(out, /^\S.{10,}/, names.join(' '));
    }
  }
});

test('bash offers the commands, then the flags of a command', async () => {
  assert.deepEqual(await offered('hea'), ['health']);
  assert.ok((await offered('')).includes('completion'));
  assert.ok((await offered('health', '--o')).includes('--output'));
  assert.ok((await offered('--server', 'http://localhost', 'hea')).includes('health'), 'the value of a flag is no command');
});

test('the completion command prints what is installed', async () => {
  for (const [shell, file] of [['bash', 'parsectl.bash'], ['zsh', '_parsectl'], ['fish', 'parsectl.fish']]) {
    const { out } = await run_parsectl(['completion', shell]);
    assert.equal(out, readFileSync(path.join(folder, file), 'utf8'));
  }
});

for (const [shell, file] of [['bash', 'parsectl.bash'], ['zsh', '_parsectl'], ['fish', 'parsectl.fish']]) {
  test(`${shell} reads its completion without a complaint`, async (t) => {
    if (!(await has(shell))) return t.skip(`${shell} is not installed`);
    await run(shell, ['-n', path.join(folder, file)]);
  });
}

test('each group of commands has a manual page, and parsectl(1) names it', async () => {
  const main = readFileSync(path.join(folder, 'parsectl.1'), 'utf8');
  const pages = readdirSync(folder).filter((file) => file.endsWith('.1'));
  for (const group of await commands_of()) {
    const has_verbs = (await commands_of(group)).length > 0;
    assert.equal(pages.includes(`parsectl-${group}.1`), has_verbs, group);
    assert.ok(main.includes(has_verbs ? `parsectl\\-${group}` : `.SS ${group}`), group);
  }
});

test('--help is there at once', async () => {
  const times = [];
  for (let i = 0; i < 10; i += 1) {
    const start = performance.now();
    await run_parsectl(['--help']);
    times.push(performance.now() - start);
  }
  assert.ok(Math.min(...times) < 100, `${times}`);
});
