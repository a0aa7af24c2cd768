// What becomes of an import that is cut short, and of two at once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { make_folders } from '../support/folders.mjs';
import { run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { free_port, kKeys, start_server } from '../support/start_server.mjs';

const { folder, new_folder, remove: remove_folders } = make_folders('faults');
after(() => remove_folders());

/** Writes `rows` objects, every tenth of them without an id; `change(i, line)` may replace a line. */
function write_rows(file, rows, change = (_, line) => line) {
  const out = openSync(file, 'w');
  for (let begin = 0; begin < rows; begin += 10000) {
    let text = '';
    for (let i = begin; i < Math.min(begin + 10000, rows); i += 1) {
      const id = i % 10 === 0 ? '' : `"objectId":"o${i}",`;
      text += change(i, `{${id}"n":${i},"name":"player ${i}"}`) + '\n';
    }
    writeSync(out, text);
  }
  closeSync(out);
  return file;
}

const server_args = (server) => ['--server', server.url, '--appId', kKeys.appId, '--masterKey', kKeys.masterKey];
/** Every `n` that the class holds, in ascending order. */
async function numbers(where, class_name) {
  const to = path.join(new_folder(), 'out.ndjson');
  const { code, err } = await run_parsectl([...where, 'export', class_name, '--to', to]);
  assert.equal(code, 0, err);
  return readFileSync(to, 'utf8').trim().split('\n').map((line) => JSON.parse(line).n).sort((a, b) => a - b);
}
const up_to = (rows) => Array.from({ length: rows }, (_, i) => i);
/** Waits until the import has come this far, as its state file tells. */
async function wait_until_stored(state, least) {
  for (let tries = 0; tries < 3000; tries += 1) {
    try {
      const [file] = Object.values(JSON.parse(readFileSync(state, 'utf8')).files);
      if (file.stored >= least) return;
    } catch {
      // not there yet, or half written
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the import did not get as far as ${least} rows`);
}

const kRows = 60000;

for (const signal of ['SIGINT', 'SIGKILL']) {
  test(`a database: after ${signal} a second run finishes the job, nothing doubled and nothing lost`, async () => {
    const within = new_folder();
    const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
    const bad = (i, line) => (i % 20000 === 7 ? '{"n":' : line);
    const file = write_rows(path.join(within, 'Game.ndjson'), kRows, bad);
    const { child, ended } = start_parsectl([...where, 'import', file]);
    await wait_until_stored(`${file}.import-state`, 5000);
    child.kill(signal);
    const first = await ended;
    if (signal === 'SIGINT') {
      assert.equal(first.code, 130, first.err);
      assert.match(first.err, /interrupted \([\d,]+ rows read, [\d,]+ stored, 1 rejected so far\)\n +run the same command again to go on/);
    }
    const second = await run_parsectl([...where, 'import', file, '--output', 'json']);
    assert.equal(second.code, 7, second.err);
    assert.match(second.err, /Going on where the import before was cut short/);
    const { read, stored, rejected } = JSON.parse(second.out);
    assert.deepEqual([read, stored, rejected], [kRows, kRows - 3, 3]);
    assert.deepEqual(await numbers(where, 'Game'), up_to(kRows).filter((n) => n % 20000 !== 7));
    const rejects = readFileSync(`${file}.rejects`, 'utf8').trim().split('\n').map((line) => JSON.parse(line).line);
    assert.deepEqual(rejects, [8, 20008, 40008]);
    assert.equal(existsSync(`${file}.import-state`), false);
  });
}

/** Runs `import` again and again and ends it each time later, by turns with Ctrl-C and SIGKILL, until it is through. */
async function import_with_interruptions(args) {
  const codes = [];
  for (let wait = 10; wait < 20000; wait *= 1.6) {
    const { child, ended } = start_parsectl(args);
    const timer = setTimeout(() => child.kill(codes.length % 2 ? 'SIGKILL' : 'SIGINT'), wait);
    const { code, err } = await ended;
    clearTimeout(timer);
    if (code === 0) return codes;
    // Before main has begun nobody hears Ctrl-C but the system.
    assert.ok([130, 'SIGINT', 'SIGKILL'].includes(code), `${code}: ${err}`);
    codes.push(code);
  }
  throw new Error('the import was never through');
}

test('a database: interrupted at any time, again and again, an import ends with each row once', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  const file = write_rows(path.join(within, 'Game.ndjson'), kRows);
  const codes = await import_with_interruptions([...where, 'import', file]);
  assert.ok(codes.length >= 3, codes.join());
  assert.deepEqual(await numbers(where, 'Game'), up_to(kRows));
});

test('a server: interrupted at any time, again and again, an import ends with each row once', async () => {
  const within = new_folder();
  const server = await start_server({ options: { allowCustomObjectId: true } });
  try {
    const file = write_rows(path.join(within, 'Game.ndjson'), 5000);
    const codes = await import_with_interruptions([...server_args(server), 'import', file]);
    assert.ok(codes.length >= 3, codes.join());
    assert.deepEqual(await numbers(server_args(server), 'Game'), up_to(5000));
  } finally {
    await server.stop();
  }
});

test('after SIGKILL a second run replaces what the first had not come to', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  const with_id = (i) => `{"objectId":"o${i}","n":`;
  const file = write_rows(path.join(within, 'Game.ndjson'), kRows, (i) => `${with_id(i)}-1}`);
  assert.equal((await run_parsectl([...where, 'import', file])).code, 0);
  write_rows(file, kRows, (i) => `${with_id(i)}${i}}`);
  const { child, ended } = start_parsectl([...where, 'import', file, '--on-conflict', 'replace']);
  await wait_until_stored(`${file}.import-state`, 0);
  child.kill('SIGKILL');
  await ended;
  const second = await run_parsectl([...where, 'import', file, '--on-conflict', 'replace']);
  assert.equal(second.code, 0, second.err);
  assert.deepEqual(await numbers(where, 'Game'), up_to(kRows));
});

for (const [format, write] of [['json', (text) => `{"results":[${text.trim().split('\n').join(',\n')}]}`],
  ['csv', (text) => 'n:Number,name\n' + text.trim().split('\n').map((line) => `${JSON.parse(line).n},"a\nb"\n`).join('')]]) {
  test(`${format}: an import that was killed goes on inside the file`, async () => {
    const within = new_folder();
    const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
    const file = path.join(within, `Game.${format}`);
    writeFileSync(file, write(readFileSync(write_rows(path.join(within, 'rows'), kRows), 'utf8')));
    const { child, ended } = start_parsectl([...where, 'import', file]);
    await wait_until_stored(`${file}.import-state`, 3000);
    child.kill('SIGKILL');
    await ended;
    const second = await run_parsectl([...where, 'import', file]);
    assert.equal(second.code, 0, second.err);
    assert.deepEqual(await numbers(where, 'Game'), up_to(kRows));
  });
}

test('a server that dies in mid-import is named, and a second run finishes the job', async () => {
  const within = new_folder();
  const options = { allowCustomObjectId: true, port: await free_port(), databaseURI: `sqlite:${path.join(within, 'parse.db')}` };
  const file = write_rows(path.join(within, 'Game.ndjson'), 20000);
  const server = await start_server({ options });
  const { ended } = start_parsectl([...server_args(server), 'import', file]);
  await wait_until_stored(`${file}.import-state`, 2000);
  process.kill(server.pid, 'SIGKILL');
  const first = await ended;
  assert.equal(first.code, 6, first.err);
  assert.match(first.err, /cannot reach .*\([\d,]+ rows read, [\d,]+ stored, 0 rejected so far\)\n +run the same command again/);
  await server.stop();
  const again = await start_server({ options });
  try {
    const second = await run_parsectl([...server_args(again), 'import', file, '--output', 'json']);
    assert.equal(second.code, 0, second.err);
    assert.equal(JSON.parse(second.out).stored, 20000);
    assert.deepEqual(await numbers(server_args(again), 'Game'), up_to(20000));
  } finally {
    await again.stop();
  }
});

test('two imports of one file at once: the second one is told, and the first one ends well', async () => {
  const within = new_folder();
  const server = await start_server({ options: { allowCustomObjectId: true } });
  try {
    const file = write_rows(path.join(within, 'Game.ndjson'), 20000);
    const first = start_parsectl([...server_args(server), 'import', file]);
    await wait_until_stored(`${file}.import-state`, 500);
    const second = await run_parsectl([...server_args(server), 'import', file]);
    assert.equal(second.code, 5, second.err);
    assert.match(second.err, /another import uses .*Game\.ndjson\.import-state/);
    assert.equal((await first.ended).code, 0);
    assert.deepEqual(await numbers(server_args(server), 'Game'), up_to(20000));
  } finally {
    await server.stop();
  }
});

test('two imports into one database at once: the second one is told that it is open', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  const first = start_parsectl([...where, 'import', write_rows(path.join(within, 'Game.ndjson'), kRows)]);
  await wait_until_stored(path.join(within, 'Game.ndjson.import-state'), 1000);
  const second = await run_parsectl([...where, 'import', write_rows(path.join(within, 'Other.ndjson'), 10)]);
  assert.equal(second.code, 6);
  assert.match(second.err, /already open/);
  assert.equal((await first.ended).code, 0);
});

test('a file that changed since its import was cut short is refused, until --restart', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  const file = write_rows(path.join(within, 'Game.ndjson'), kRows);
  const { child, ended } = start_parsectl([...where, 'import', file]);
  await wait_until_stored(`${file}.import-state`, 1000);
  child.kill('SIGINT');
  assert.equal((await ended).code, 130);
  write_rows(file, 10);
  const refused = await run_parsectl([...where, 'import', file]);
  assert.equal(refused.code, 5);
  assert.match(refused.err, /has changed since its import was cut short[^]*--restart/);
  const anew = await run_parsectl([...where, 'import', file, '--restart', '--on-conflict', 'skip', '--output', 'json']);
  assert.equal(anew.code, 0, anew.err);
  assert.deepEqual([JSON.parse(anew.out).read, JSON.parse(anew.out).skipped], [10, 10]);
});

test('a conflict in mid-file keeps what came before it, and --on-conflict skip goes on from there', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  const file = write_rows(path.join(within, 'Game.ndjson'), 5000, (i, line) => (i === 4321 ? '{"objectId":"o11","n":-1}' : line));
  const first = await run_parsectl([...where, 'import', file]);
  assert.equal(first.code, 5);
  assert.match(first.err, /Game\.ndjson, line 4322: Game 'o11' exists already/);
  const second = await run_parsectl([...where, 'import', file, '--on-conflict', 'skip', '--output', 'json']);
  assert.equal(second.code, 0, second.err);
  assert.deepEqual([JSON.parse(second.out).stored, JSON.parse(second.out).skipped], [4999, 1]);
  assert.deepEqual(await numbers(where, 'Game'), up_to(5000).filter((n) => n !== 4321));
});

test('malformed line 500,001 of a million is named with its line, and the others are stored', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  const file = write_rows(path.join(within, 'Game.ndjson'), 1e6, (i, line) => (i === 500000 ? line.slice(0, -3) : line));
  const { code, err } = await run_parsectl([...where, 'import', file]);
  assert.equal(code, 7);
  assert.match(err, /rejected .*Game\.ndjson, line 500001: /);
  assert.match(err, /1 of 1,000,000 rows were rejected/);
  const reject = JSON.parse(readFileSync(`${file}.rejects`, 'utf8'));
  assert.equal(reject.line, 500001);
  const stored = await numbers(where, 'Game');
  assert.equal(stored.length, 999999);
  assert.ok(!stored.includes(500000));
});

test('a JSON file that was cut off gives what it holds, and says so', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  for (const [text, reason] of [['{"results":[\n{"objectId":"a"},\n{"objectId":"b', /line 3: the file ends inside it/], ['[{"objectId":"c"}', /line 1: the file ends before its list/]]) {
    const file = path.join(within, 'Game.json');
    writeFileSync(file, text);
    const { code, err } = await run_parsectl([...where, 'import', file]);
    assert.equal(code, 7);
    assert.match(err, reason);
  }
  const { out } = await run_parsectl([...where, 'export', 'Game']);
  assert.equal(out.trim().split('\n').length, 2);
});

/** A small file system of its own; undefined where nobody may make one. */
function small_disk(within) {
  const mount = path.join(within, 'disk');
  mkdirSync(mount);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', mount], { stdio: 'ignore' });
    return { mount, free: () => execFileSync('umount', ['-l', mount]) };
  } catch {
    return undefined;
  }
}

test('a full disk is named, and once there is room a second run finishes the job', async (context) => {
  const within = new_folder();
  const disk = small_disk(within);
  if (!disk) return context.skip('no file system can be mounted here');
  try {
    const where = ['--database', `sqlite:${path.join(disk.mount, 'parse.db')}`];
    const file = write_rows(path.join(within, 'Game.ndjson'), kRows);
    const first = await run_parsectl([...where, 'import', file]);
    assert.equal(first.code, 1, first.err);
    assert.match(first.err, /cannot be written.*full.*so far/);
    execFileSync('mount', ['-o', 'remount,size=200m', disk.mount]);
    const second = await run_parsectl([...where, 'import', file]);
    assert.equal(second.code, 0, second.err);
    assert.deepEqual(await numbers(where, 'Game'), up_to(kRows));
    const out = await run_parsectl([...where, 'export', 'Game', '--to', '/dev/shm/nowhere/out.ndjson']);
    assert.equal(out.code, 1);
  } finally {
    disk.free();
  }
});

test('an export that is interrupted leaves no file that looks whole, and --resume finishes it', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  assert.equal((await run_parsectl([...where, 'import', write_rows(path.join(within, 'Game.ndjson'), kRows)])).code, 0);
  const to = path.join(within, 'out');
  const { child, ended } = start_parsectl([...where, 'export', 'Game', '--to', `${to}/`]);
  for (let tries = 0; tries < 3000 && !existsSync(path.join(to, 'Game.ndjson.part')); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  child.kill('SIGINT');
  const { code, err } = await ended;
  assert.equal(code, 130, err);
  assert.match(err, /interrupted; 0 of the files are whole, .*Game\.ndjson is not/);
  assert.equal(existsSync(path.join(to, 'Game.ndjson')), false);
  assert.equal((await run_parsectl([...where, 'export', 'Game', '--to', `${to}/`, '--resume'])).code, 0);
  assert.equal(readFileSync(path.join(to, 'Game.ndjson'), 'utf8').trim().split('\n').length, kRows);
});

test('memory stays bounded, however large the file is', async () => {
  const within = new_folder();
  const where = ['--database', `sqlite:${path.join(within, 'parse.db')}`];
  const rows = Array.from({ length: 300 }, (_, i) => JSON.stringify({ objectId: `o${i}`, text: 'x'.repeat(500000) }));
  const file = path.join(within, 'Big.json');
  writeFileSync(file, `{"results":[${rows.join(',')}]}`);
  assert.ok(statSync(file).size > 140e6);
  const { child, ended } = start_parsectl([...where, 'import', file]);
  let most = 0;
  const watch = setInterval(() => {
    try {
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch {
      // it has ended
    }
  }, 5);
  const { code, err } = await ended;
  clearInterval(watch);
  assert.equal(code, 0, err);
  assert.ok(most > 0 && most < 100 * 1024, `${most} KiB`);
});
