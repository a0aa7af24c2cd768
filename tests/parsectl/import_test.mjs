// Objects from files into a server and straight into a database.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { make_folders } from '../support/folders.mjs';
import { send } from '../support/http.mjs';
import { on_server, run_parsectl } from '../support/parsectl.mjs';
import { kKeys, start_server } from '../support/start_server.mjs';

const kMaintenance = ['--maintenanceKey', kKeys.maintenanceKey];
// Of "opensesame".
const kHash = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

let server;
const { folder, new_folder, remove: remove_folders } = make_folders('import');
let on_this;
before(async () => {
  server = await start_server({ options: { allowCustomObjectId: true } });
  on_this = on_server(server);
});
after(async () => {
  await server?.stop();
  remove_folders();
});

/** Writes a file and returns its path; objects become lines. */
function file_of(name, content, within = new_folder()) {
  const file = path.join(within, name);
  writeFileSync(file, Array.isArray(content) ? content.map((row) => JSON.stringify(row) + '\n').join('') : content);
  return file;
}
const headers = { 'X-Parse-Application-Id': kKeys.appId, 'X-Parse-Master-Key': kKeys.masterKey };
async function get(place) {
  const answer = await send({ url: `${server.url}${place}`, headers });
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text);
}
const on_database = (uri) => (args, options) => run_parsectl(['--database', uri, ...args], options);
const new_database = () => on_database(`sqlite:${path.join(new_folder(), 'parse.db')}`);
const lines_of = (text) => text.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
/** All objects of a class, in the order of their ids. */
async function exported(run, class_name) {
  const { code, out, err } = await run(['export', class_name]);
  assert.equal(code, 0, err);
  return lines_of(out);
}
async function imported(run, args) {
  const { code, out, err } = await run(['import', ...args, '--output', 'json']);
  return { code, err, ...(out === '' ? {} : JSON.parse(out)) };
}

const kTimes = { createdAt: '2020-01-01T00:00:00.000Z', updatedAt: '2021-02-03T04:05:06.789Z' };
const kFull = {
  objectId: 'full', ...kTimes, ACL: { '*': { read: true }, u1: { read: true, write: true } }, text: 'ä "b"\n,c', none: '', score: 1.5,
  big: 9007199254740993n.toString(), flag: false, when: { __type: 'Date', iso: '2022-01-01T00:00:00.000Z' },
  owner: { __type: 'Pointer', className: '_User', objectId: 'u1' }, place: { __type: 'GeoPoint', latitude: 60.1, longitude: -24.9 },
  data: { __type: 'Bytes', base64: 'aGVsbG8=' }, list: [1, 'a', { b: null }], map: { a: { b: 1 } },
  picture: { __type: 'File', name: 'a.png', url: 'http://files.example/a.png' },
  area: { __type: 'Polygon', coordinates: [[0, 0], [0, 1], [1, 1], [0, 0]] },
};

/** Where a file is, is what the server says that has it; its name stays. */
const without_urls = (rows) => rows.map(({ picture, ...row }) => ({ ...row, picture: picture?.name }));

for (const where of ['server', 'database']) {
  const make = () => (where === 'server' ? on_this : new_database());
  const more = where === 'server' ? kMaintenance : [];

  test(`${where}: ids, times, ACL and values of every type are kept`, async () => {
    const run = make();
    const result = await imported(run, [file_of('Every.ndjson', [kFull]), ...more]);
    assert.equal(result.code, 0, result.err);
    assert.equal(result.stored, 1);
    assert.deepEqual(without_urls(await exported(run, 'Every')), without_urls([kFull]));
  });

  test(`${where}: what a CSV file or a JSON list holds comes out of it again`, async () => {
    for (const format of ['csv', 'json']) {
      const run = make();
      const name = `Again${where}${format}`;
      const rows = [kFull, { ...kTimes, objectId: 'gone', none: 'x' }].sort((a, b) => (a.objectId < b.objectId ? -1 : 1));
      assert.equal((await imported(run, [file_of(`${name}.ndjson`, rows), ...more])).code, 0);
      const file = path.join(new_folder(), `${name}2.${format}`);
      assert.equal((await run(['export', name, '--to', file])).code, 0);
      const result = await imported(run, [file, ...more]);
      assert.equal(result.code, 0, result.err);
  assert.deepEqual(without_urls(await exported(run, `${name}2`)), without_urls(rows));
    }
  });

  test(`${where}: an id that exists stops the import, is skipped, or is replaced`, async () => {
    const run = make();
    const name = `Conflict${where}`;
    const first = file_of(`${name}.ndjson`, [{ objectId: 'a', ...kTimes, n: 1, old: true }]);
    assert.equal((await imported(run, [first, ...more])).stored, 1);
    const rows = [{ objectId: 'b', ...kTimes, n: 2 }, { objectId: 'a', ...kTimes, n: 3 }];
    const second = file_of(`${name}.ndjson`, rows);
    const failed = await imported(run, [second, ...more]);
    assert.equal(failed.code, 5);
    assert.match(failed.err, new RegExp(`line 2: ${name} 'a' exists already \\(0 rows read`));
    assert.deepEqual((await exported(run, name)).map(({ objectId }) => objectId), ['a']);
    const skipped = await imported(run, [second, '--on-conflict', 'skip', ...more]);
    assert.deepEqual([skipped.code, skipped.stored, skipped.skipped], [0, 1, 1]);
    assert.equal((await exported(run, name))[0].n, 1);
    const replaced = await imported(run, [second, '--on-conflict', 'replace', ...more]);
    assert.deepEqual([replaced.code, replaced.stored, replaced.replaced], [0, 0, 2]);
    const [changed] = await exported(run, name);
    assert.equal(changed.n, 3);
    assert.equal('old' in changed, false);
  });

  test(`${where}: rows that cannot be stored go to the rejects, with line and reason`, async () => {
    const run = make();
    const name = `Reject${where}`;
    const within = new_folder();
    const file = file_of(`${name}.ndjson`, '{"objectId":"a","n":1}\n\n{"objectId":"b","n":"two"}\n{"objectId":\n[1]\n{"objectId":"c","a.b":1}\n{"objectId":7}\n{"objectId":"d","n":4}\n', within);
    const rejects = path.join(within, 'bad.ndjson');
    const result = await imported(run, [file, '--rejects', rejects, ...more]);
    assert.equal(result.code, 7);
    assert.deepEqual([result.read, result.stored, result.rejected], [7, 2, 5]);
    assert.match(result.err, /5 of 7 rows were rejected\n.*bad\.ndjson has them/);
    const rows = lines_of(readFileSync(rejects, 'utf8'));
    assert.deepEqual(rows.map(({ line }) => line), [3, 4, 5, 6, 7]);
    assert.match(rows[0].reason, new RegExp(`schema mismatch for ${name}.n; expected Number but got String`));
    assert.equal(rows[0].row, '{"objectId":"b","n":"two"}');
    assert.equal(rows[2].reason, 'not a JSON object');
    assert.match(rows[4].reason, /objectId must be a text/);
    assert.deepEqual((await exported(run, name)).map(({ objectId }) => objectId), ['a', 'd']);
  });

  test(`${where}: an export of hosted Parse comes in whole, with passwords and relations`, async () => {
    const run = make();
    const within = new_folder();
    const user = { objectId: `u-${where}`, ...kTimes, username: `ann-${where}`, bcryptPassword: kHash, emailVerified: true };
    file_of('_User.json', `\ufeff{ "results": [\n${JSON.stringify(user)}\n] }`, within);
    file_of('_Role.json', JSON.stringify({ results: [{ objectId: `r-${where}`, ...kTimes, name: `crew-${where}`, ACL: {}, users: { __type: 'Relation', className: '_User' } }] }), within);
    file_of('Team.json', JSON.stringify({ results: [{ objectId: `t-${where}`, ...kTimes, fans: { __type: 'Relation', className: '_User' } }] }), within);
    file_of('_Session.json', JSON.stringify({ results: [{ objectId: `s-${where}`, ...kTimes, user: { __type: 'Pointer', className: '_User', objectId: user.objectId }, sessionToken: `r:${where}`, expiresAt: { __type: 'Date', iso: '2099-01-01T00:00:00.000Z' } }] }), within);
    file_of('_Join:users:_Role.json', JSON.stringify({ results: [{ owningId: `r-${where}`, relatedId: user.objectId }] }), within);
    file_of('_Join:fans:Team.json', JSON.stringify({ results: [{ owningId: `t-${where}`, relatedId: user.objectId }, { owningId: `t-${where}`, relatedId: user.objectId }] }), within);
    const result = await imported(run, [within, ...more]);
    assert.equal(result.code, 0, result.err);
    assert.equal(result.stored, 7);
    const out = new_folder();
    assert.equal((await run(['export', 'Team', '_Role', '_Session', '--to', out])).code, 0);
    assert.equal(readFileSync(path.join(out, '_Join:fans:Team.ndjson'), 'utf8'), `{"relatedId":"${user.objectId}","owningId":"t-${where}"}\n`);
    assert.equal(lines_of(readFileSync(path.join(out, '_Join:users:_Role.ndjson'), 'utf8')).length, 1);
    assert.equal(lines_of(readFileSync(path.join(out, '_Session.ndjson'), 'utf8'))[0].sessionToken, `r:${where}`);
    if (where === 'database') assert.equal((await exported(run, '_User'))[0]._hashed_password, kHash);
  });

  test(`${where}: rows without an id get one, and a second run finds them`, async () => {
    const run = make();
    const file = file_of(`NoId${where}.ndjson`, [{ n: 1 }, { n: 1 }, { n: 2 }]);
    assert.equal((await imported(run, [file, ...more])).stored, 3);
    const again = await imported(run, [file, '--on-conflict', 'skip', ...more]);
    assert.deepEqual([again.stored, again.skipped], [0, 3]);
  });

  test(`${where}: a dry run counts, names what is wrong, and changes nothing`, async () => {
    const run = make();
    const name = `Dry${where}`;
    assert.equal((await imported(run, [file_of(`${name}.ndjson`, [{ objectId: 'a', n: 1 }]), ...more])).stored, 1);
    const file = file_of(`${name}.ndjson`, [{ objectId: 'a', n: 2 }, { objectId: 'b', n: 'x' }, { objectId: 'c', other: 1 }]);
    const result = await imported(run, [file, '--dry-run', '--on-conflict', 'skip', ...more]);
    assert.deepEqual([result.code, result.stored, result.skipped, result.rejected], [7, 1, 1, 1]);
    assert.match(result.err, /line 2: schema mismatch/);
    assert.equal(existsSync(`${file}.rejects`), false);
    assert.deepEqual((await exported(run, name)).map(({ objectId }) => objectId), ['a']);
  });
}

test('a user who was imported logs in with the old password, and the session counts', async () => {
  const within = new_folder();
  const database = path.join(within, 'moved.db');
  const pointer = { __type: 'Pointer', className: '_User', objectId: 'ann' };
  file_of('_User.ndjson', [{ objectId: 'ann', username: 'ann', bcryptPassword: '$2a$04$3P7rWB4xVhM2DHZAtcSEReO0CDCkoaDvQTP.ODYqcN8TIJYdrMIxC' }, { objectId: 'bob', username: 'bob', password: 'plain' }], within);
  file_of('_Session.ndjson', [{ objectId: 's', user: pointer, sessionToken: 'r:old', expiresAt: { __type: 'Date', iso: '2099-01-01T00:00:00.000Z' } }], within);
  const result = await imported(on_database(`sqlite:${database}`), [within]);
  assert.equal(result.stored, 3, result.err);
  const moved = await start_server({ options: { databaseURI: `sqlite:${database}` } });
  try {
    const call = async (place, extra) => JSON.parse((await send({ url: `${moved.url}${place}`, headers: { 'X-Parse-Application-Id': kKeys.appId, ...extra } })).text);
    assert.equal((await call('/users/me', { 'X-Parse-Session-Token': 'r:old' })).objectId, 'ann');
    assert.equal((await call('/login?username=bob&password=plain')).objectId, 'bob');
  } finally {
    await moved.stop();
  }
});

test('the columns of CSV say their types, and cells that do not fit are rejected', async () => {
  const run = new_database();
  const text = 'objectId,score:Number,owner:Pointer<_User>,at:GeoPoint,name,on:Boolean\r\na,1,u1,"1.5,2","x ""y""\nz",true\r\nb,many,u1,,,\r\nc,1\r\nd,,,,"",false\r\n';
  const file = file_of('Cell.csv', text);
  const result = await imported(run, [file]);
  assert.deepEqual([result.code, result.stored, result.rejected], [7, 2, 2]);
  const [a, d] = await exported(run, 'Cell');
  assert.equal(a.name, 'x "y"\nz');
  assert.deepEqual(a.owner, { __type: 'Pointer', className: '_User', objectId: 'u1' });
  assert.deepEqual([a.at.latitude, a.at.longitude], [1.5, 2]);
  assert.deepEqual([d.name, d.on, 'score' in d], ['', false, false]);
  const rejects = lines_of(readFileSync(`${file}.rejects`, 'utf8'));
  assert.deepEqual(rejects.map(({ line, reason }) => [line, reason]), [[4, "score: 'many' is no Number"], [5, '2 cells, but the header has 6']]);
});

test('a column of an unknown type is a mistake that says how types are written', async () => {
  const { code, err } = await imported(new_database(), [file_of('Cell.csv', 'a:Numbr\n1\n')]);
  assert.equal(code, 2);
  assert.match(err, /'a:Numbr' has no type that is known; write field:String/);
});

test('standard input is read with --class', async () => {
  const run = new_database();
  assert.equal((await run(['import', '-'])).code, 2);
  const { code, err } = await run(['import', '-', '--class', 'Piped'], { input: '{"objectId":"a"}\n' });
  assert.equal(code, 0, err);
  assert.equal((await exported(run, 'Piped')).length, 1);
});

test('values that must be unique reject the rows that repeat them, and only those', async () => {
  const run = new_database();
  const users = Array.from({ length: 60 }, (_, i) => ({ objectId: `u${i}`, username: `name${i % 50}` }));
  const result = await imported(run, [file_of('_User.ndjson', users)]);
  assert.deepEqual([result.code, result.stored, result.rejected], [7, 50, 10]);
});

test('a server that lets nobody choose ids refuses, and the message says what to do', async () => {
  const plain = await start_server();
  try {
    const { code, err } = await on_server(plain)(['import', file_of('Game.ndjson', [{ objectId: 'a' }])]);
    assert.equal(code, 4);
    assert.match(err, /allowCustomObjectId/);
  } finally {
    await plain.stop();
  }
});

test('without the maintenance key a hash is rejected, and no user is left without it', async () => {
  const result = await imported(on_this, [file_of('_User.ndjson', [{ objectId: 'h1', username: 'hash', bcryptPassword: kHash }])]);
  assert.equal(result.code, 7);
  assert.match(result.err, /--maintenanceKey/);
  assert.equal((await get('/classes/_User?where={"objectId":"h1"}')).results.length, 0);
});

test('members of a relation that nobody knows are refused before anything is stored', async () => {
  const { code, err } = await imported(new_database(), [file_of('_Join:fans:Team.ndjson', [{ owningId: 'a', relatedId: 'b' }])]);
  assert.equal(code, 3);
  assert.match(err, /there is no relation fans in the class Team/);
});

test('missing files, empty folders and unknown formats are named', async () => {
  const run = new_database();
  assert.equal((await run(['import', path.join(folder, 'nothing.ndjson')])).code, 3);
  assert.equal((await run(['import', new_folder()])).code, 3);
  assert.equal((await run(['import', file_of('Game.xml', '<a/>')])).code, 2);
  const wrong = await run(['import', file_of('Game.json', 'hello')]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /a list of objects, or \{"results":\[\.\.\.\]\}, is expected/);
});

test('rejects are of one import only, and never overwrite what is imported', async () => {
  const run = new_database();
  const file = file_of('Game.ndjson', 'oops\n');
  assert.equal((await run(['import', file, '--rejects', file])).code, 2);
  assert.equal(readFileSync(file, 'utf8'), 'oops\n');
  assert.equal((await run(['import', file])).code, 7);
  assert.equal(existsSync(`${file}.rejects`), true);
  writeFileSync(file, '{"objectId":"a"}\n');
  assert.equal((await run(['import', file])).code, 0);
  assert.equal(existsSync(`${file}.rejects`), false);
  writeFileSync(file, 'oops\n');
  assert.equal((await run(['import', file, '--rejects', '/dev/null'])).code, 7);
  assert.equal(existsSync('/dev/null'), true);
});

test('a maintenance key that the server does not know is refused before anything is stored', async () => {
  const file = file_of('WrongKey.ndjson', [{ objectId: 'a', ...kTimes }]);
  const { code, err } = await imported(on_this, [file, '--maintenanceKey', 'wrong']);
  assert.equal(code, 4);
  assert.match(err, /does not know this maintenance key/);
  assert.equal((await imported(on_this, [file, ...kMaintenance])).stored, 1);
});
