// New code while the server runs: by SIGHUP, and by --cloudWatch.
import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { node_pids, start_cloud, until } from '../support/cloud_app.mjs';
import { end_all, sleep } from '../support/server_process.mjs';

after(end_all);

/** Code whose functions tell which version they are. */
const version = (number, more = '') => `
Parse.Cloud.define('version', () => ${number});
Parse.Cloud.define('slow', async ({ params }) => { await new Promise(done => setTimeout(done, params.ms)); return ${number}; });
Parse.Cloud.define('only${number}', () => true);
${more}`;
const answers = (server, number) => until(async () => (await server.run('version')).result === number);

describe('SIGHUP', () => {
  let server;
  before(async () => {
    server = await start_cloud({ 'main.js': version(1) }, { flags: ['--cloudWorkers', '2', '--cloudCallTimeout', '20'] });
  });
  after(() => server?.stop());

  test('loads the code anew: functions come, change and go', async () => {
    server.app.write('main.js', version(2));
    assert.deepEqual(await server.run('version'), { result: 1 });
    server.signal('SIGHUP');
    await answers(server, 2);
    assert.deepEqual(await server.run('only2'), { result: true });
    assert.equal((await server.run('only1')).error, 'Invalid function: "only1"');
  });

  test('loses no call: those under way are answered by the old code, and all between by one of them', async () => {
    const slow = Array.from({ length: 20 }, () => server.run('slow', { ms: 2000 }));
    let is_over = false;
    const seen = [];
    const callers = Array.from({ length: 8 }, async () => {
      while (!is_over) seen.push(await server.run('version'));
    });
    await sleep(200);
    for (const number of [3, 4, 5]) {
      server.app.write('main.js', version(number));
      server.signal('SIGHUP');
      await answers(server, number);
    }
    is_over = true;
    await Promise.all(callers);
    for (const { result } of seen) assert.ok([2, 3, 4, 5].includes(result), String(result));
    assert.ok(seen.length > 100);
    for (const answer of await Promise.all(slow)) assert.deepEqual(answer, { result: 2 });
    await until(() => node_pids(server).length === 2);
  });

  test('leaves the old code running when the new one is broken, and says why', async () => {
    const pids = node_pids(server);
    server.app.write('main.js', '\nfunction {');
    server.signal('SIGHUP');
    await until(() => /cloud\/main\.js:2[^]*the old code stays/.test(server.output()));
    assert.deepEqual(await server.run('version'), { result: 5 });
    assert.deepEqual(node_pids(server).sort(), pids.sort());
    server.app.write('main.js', version(6));
    server.signal('SIGHUP');
    await answers(server, 6);
  });

  test('many at once end with the newest code', async () => {
    for (let number = 7; number < 27; number += 1) {
      server.app.write('main.js', version(number));
      server.signal('SIGHUP');
    }
    await answers(server, 26);
    await until(() => node_pids(server).length === 2);
    assert.equal((await server.health()).cloud.restarts, 0);
  });
});

describe('--cloudWatch', () => {
  let server;
  before(async () => {
    const files = { 'main.js': `${version(1)} Parse.Cloud.define('part', () => require('./parts/part.js'));`, 'parts/part.js': 'module.exports = 1;' };
    server = await start_cloud(files, { flags: ['--cloudWatch', 'true'] });
  });
  after(() => server?.stop());
  const part = (value) => until(async () => (await server.run('part')).result === value);

  test('sees a change of the main module', async () => {
    server.app.write('main.js', `${version(2)} Parse.Cloud.define('part', () => require('./parts/part.js'));`);
    await answers(server, 2);
  });

  test('sees a change in a folder below', async () => {
    await part(1);
    server.app.write('parts/part.js', 'module.exports = 2;');
    await part(2);
  });

  test('sees a file that takes the place of another', async () => {
    const folder = path.join(server.app.folder, 'cloud/parts');
    server.app.write('parts/part.new', 'module.exports = 3;');
    renameSync(path.join(folder, 'part.new'), path.join(folder, 'part.js'));
    await part(3);
  });

  test('sees a change in a folder made meanwhile', async () => {
    server.app.write('parts/part.js', 'module.exports = require("../more/other.js");');
    server.app.write('more/other.js', 'module.exports = 4;');
    await part(4);
    server.app.write('more/other.js', 'module.exports = 5;');
    await part(5);
  });

  test('keeps the old code while a file is missing', async () => {
    rmSync(path.join(server.app.folder, 'cloud/main.js'));
    await until(() => /the old code stays/.test(server.output()));
    assert.deepEqual(await server.run('version'), { result: 2 });
    server.app.write('main.js', version(3));
    await answers(server, 3);
  });

  test('does not mind other files, node_modules and hidden ones', async () => {
    await sleep(500);
    const pids = node_pids(server);
    for (const name of ['notes.txt', '.main.js.swp', 'node_modules/a/index.js', '.cache/b.js', 'log.log']) server.app.write(name, '0');
    await sleep(1000);
    assert.deepEqual(node_pids(server), pids);
  });
});

describe('without --cloudWatch', () => {
  let server;
  afterEach(() => server?.stop());

  test('a change of the file changes nothing', async () => {
    server = await start_cloud({ 'main.js': version(1) });
    server.app.write('main.js', version(2));
    await sleep(700);
    assert.deepEqual(await server.run('version'), { result: 1 });
  });
});
