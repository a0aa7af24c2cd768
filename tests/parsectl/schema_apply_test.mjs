// Schemas as files: export, diff and apply.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { master } from '../support/rest.mjs';
import { json_on_server, on_server, run_parsectl } from '../support/parsectl.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let ctl;
let json;
let call;
let folder;
before(async () => {
  server = await start_server();
  ctl = on_server(server);
  json = json_on_server(server);
  call = master(server);
  folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-schema-'));
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function file(name, text) {
  const place = path.join(folder, name);
  if (text !== undefined) writeFileSync(place, text);
  return place;
}

const kRich = {
  className: 'Rich',
  fields: {
    title: { type: 'String', required: true, defaultValue: 'a "quoted"\nline' },
    score: { type: 'Number', defaultValue: 1.5 },
    place: { type: 'GeoPoint', defaultValue: { __type: 'GeoPoint', latitude: 40, longitude: -30.5 } },
    since: { type: 'Date', defaultValue: { __type: 'Date', iso: '2020-01-02T03:04:05.678Z' } },
    more: { type: 'Object', defaultValue: { a: null, b: [1, { c: 'd' }] } },
    list: { type: 'Array', defaultValue: [] },
    owner: { type: 'Pointer', targetClass: '_User' },
    fans: { type: 'Relation', targetClass: '_User' },
  },
  indexes: { best: { score: -1, title: 1 }, near: { place: '2dsphere' }, one: { title: 1, _options: { unique: true, where: { score: { $gt: 3 } } } } },
  classLevelPermissions: {
    find: { '*': true }, get: { requiresAuthentication: true }, count: {}, create: { 'role:admin': true }, update: { pointerFields: ['owner'], 'role:admin': true }, delete: {}, addField: {},
    readUserFields: ['owner'], protectedFields: { '*': ['score'], 'role:admin': [] }, ACL: { '*': { read: true } },
  },
};

test('an export says everything, and is the same each time; the server does not differ from it', async () => {
  await call('POST', '/schemas/Rich', kRich);
  for (const name of ['rich.toml', 'rich.json']) {
    const place = file(name);
    const { code, err } = await ctl(['schema', 'export', place]);
    assert.equal(code, 0, err);
    const first = readFileSync(place, 'utf8');
    await ctl(['schema', 'export', place]);
    assert.equal(readFileSync(place, 'utf8'), first);
    const diff = await ctl(['schema', 'diff', place]);
    assert.equal(diff.code, 0, diff.out + diff.err);
    const apply = await ctl(['schema', 'apply', place]);
    assert.equal(apply.code, 0);
    assert.equal(apply.out, 'nothing to do\n');
    assert.ok(!existsSync(`${place}.new`));
  }
});

test('an exported class comes back as it was on another server', async () => {
  const place = file('moved.toml');
  await ctl(['schema', 'export', place, '--class', 'Rich']);
  const other = await start_server();
  try {
    const { code, err } = await on_server(other)(['schema', 'apply', place]);
    assert.equal(code, 0, err);
    const made = await master(other)('GET', '/schemas/Rich');
    assert.deepEqual(made, { ...(await call('GET', '/schemas/Rich')), fields: made.fields });
    for (const [name, field] of Object.entries(kRich.fields)) assert.deepEqual(made.fields[name], field);
    assert.equal((await on_server(other)(['schema', 'diff', place])).code, 0);
  } finally {
    await other.stop();
  }
});

test('a file is readable TOML on the standard output, or JSON when asked', async () => {
  const toml = await ctl(['schema', 'export', '--class', 'Rich']);
  assert.match(toml.out, /^partial = true$/m);
  assert.match(toml.out, /^\[classes\.Rich\.fields\]$/m);
  assert.match(toml.out, /^owner = "Pointer<_User>"$/m);
  assert.match(toml.out, /^best = \["-score", "title"\]$/m);
  assert.match(toml.out, /^create = \["role:admin"\]$/m);
  const { out } = await ctl(['schema', 'export', '--class', 'Rich', '--format', 'json']);
  assert.equal(JSON.parse(out).classes.Rich.fields.owner, 'Pointer<_User>');
  assert.equal((await ctl(['schema', 'export', '--class', 'Nowhere'])).code, 3);
  assert.equal((await ctl(['schema', 'export', '--format', 'yaml'])).code, 2);
});

test('apply makes what is missing, in an order that works, and then has nothing to do', async () => {
  const place = file('cycle.toml', `
partial = true
[classes.Player.fields]
team = "Pointer<Team>"
name = { type = "String", required = true, default = "nobody" }
[classes.Player.indexes]
by_team = ["team", "-name"]
[classes.Player.permissions]
find = ["authenticated"]
update = ["pointer:user"]
protectedFields = { "*" = ["name"] }
[classes.Team.fields]
captain = "Pointer<Player>"
players = "Relation<Player>"
`);
  const wrong = await ctl(['schema', 'apply', place]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /permissions of Player.*'user' is not a valid column.*nothing was done/);
  assert.equal((await ctl(['schema', 'get', 'Team'])).code, 3);
  writeFileSync(place, readFileSync(place, 'utf8').replace('team =', 'user = "Pointer<_User>"\nteam ='));
  const dry = await ctl(['schema', 'apply', place, '--dry-run']);
  assert.equal(dry.code, 0);
  assert.match(dry.out, /\+ field Player.team Pointer<Team>/);
  assert.equal((await ctl(['schema', 'get', 'Team'])).code, 3);
  const { code, out, err } = await ctl(['schema', 'apply', place]);
  assert.equal(code, 0, err);
  assert.match(out, /made \d+ changes/);
  const player = await call('GET', '/schemas/Player');
  assert.deepEqual(player.fields.team, { type: 'Pointer', targetClass: 'Team' });
  assert.deepEqual(player.indexes.by_team, { team: 1, name: -1 });
  assert.deepEqual(player.classLevelPermissions.find, { requiresAuthentication: true });
  assert.deepEqual(player.classLevelPermissions.create, {});
  assert.deepEqual(await json(['schema', 'apply', place]), { changes: [], applied: false });
});

test('differences are shown line by line, with exit code 5', async () => {
  await call('POST', '/schemas/Drift', { className: 'Drift', fields: { gone: { type: 'String' }, kind: { type: 'String' }, open: { type: 'Number' } }, indexes: { by_gone: { gone: 1 }, by_kind: { kind: 1 } } });
  const place = file('drift.toml', `
partial = true
[classes.Drift.fields]
kind = "Number"
open = { type = "Number", default = 3 }
made = "Date"
[classes.Drift.indexes]
by_kind = ["kind"]
[classes.Drift.permissions]
find = ["*"]
`);
  const { code, out, err } = await ctl(['schema', 'diff', place]);
  assert.equal(code, 5);
  assert.match(err, /the server differs from .*drift\.toml in 7 places/);
  assert.deepEqual(out.split('\n').slice(0, 6), [
    '- field Drift.gone String  (destructive)',
    '~ field Drift.kind String -> Number  (destructive)',
    '+ field Drift.made Date',
    '~ field Drift.open Number -> Number, default 3',
    '- index Drift.by_gone (gone)  (destructive)',
    '~ index Drift.by_kind (kind) -> (kind)  (destructive)',
  ]);
  assert.match(out, /~ permissions of Drift: get \* -> nobody;/);
  const machine = await ctl(['schema', 'diff', place, '--output', 'json']);
  assert.equal(machine.code, 5);
  const changes = JSON.parse(machine.out);
  assert.deepEqual(changes[0], { change: 'deleteField', class: 'Drift', name: 'gone', before: { type: 'String' }, destructive: true });
});

test('destructive changes are refused before anything is done, and made when allowed', async () => {
  const place = file('drift.toml');
  for (const more of [[], ['--dry-run']]) {
    const { code, out, err } = await ctl(['schema', 'apply', place, ...more]);
    assert.equal(code, 4);
    assert.match(out, /- field Drift.gone String {2}\(destructive\)/);
    assert.match(err, /4 changes are destructive, so nothing was done\n.*--allow-destructive/);
  }
  assert.equal((await call('GET', '/schemas/Drift')).fields.made, undefined);
  const allowed = await ctl(['schema', 'apply', place, '--allow-destructive']);
  assert.equal(allowed.code, 0, allowed.err);
  const drift = await call('GET', '/schemas/Drift');
  assert.equal(drift.fields.kind.type, 'Number');
  assert.equal(drift.fields.gone, undefined);
  assert.deepEqual(drift.indexes.by_kind, { kind: 1 });
  assert.equal((await ctl(['schema', 'diff', place])).code, 0);
});

test('a class that the file leaves out goes when it is empty and this is allowed', async () => {
  const place = file('all.toml');
  await ctl(['schema', 'export', place]);
  await call('POST', '/classes/Extra', { a: 1 });
  const full = await ctl(['schema', 'apply', place, '--allow-destructive']);
  assert.equal(full.code, 4);
  assert.match(full.err, /Extra is to be deleted but has 1 objects, so nothing was done\n.*schema delete Extra --purge/);
  await call('DELETE', '/purge/Extra');
  assert.equal((await ctl(['schema', 'apply', place])).code, 4);
  assert.equal((await ctl(['schema', 'apply', place, '--allow-destructive'])).code, 0);
  assert.equal((await ctl(['schema', 'get', 'Extra'])).code, 3);
});

test('a plan that stops half-way says what was done and what not, and goes on when run again', async () => {
  for (const slug of ['x', 'x']) await call('POST', '/classes/Half', { slug });
  const place = file('half.toml', 'partial = true\n[classes.Half.fields]\nslug = "String"\nfirst = "String"\n[classes.Half.indexes]\nslug = { keys = ["slug"], unique = true }\nwhen = ["createdAt"]\n');
  const { code, err } = await ctl(['schema', 'apply', place]);
  assert.equal(code, 7, err);
  assert.match(err, /code 137/);
  assert.match(err, /done:\n {2}\+ field Half.first String\nfailed:\n {2}\+ index Half.slug \(slug\) unique\nnot done:\n {2}\+ index Half.when \(createdAt\)\n/);
  const { results } = await call('GET', '/classes/Half');
  await call('DELETE', `/classes/Half/${results[0].objectId}`);
  const again = await ctl(['schema', 'apply', place]);
  assert.equal(again.code, 0, again.err);
  assert.match(again.out, /made 2 changes/);
});

test('a file that cannot be understood is a usage mistake with its place', async () => {
  const cases = [
    ['broken.toml', 'classes = {', /broken\.toml, line 1: /],
    ['type.toml', '[classes.A.fields]\na = "Strin"\n', /type\.toml: classes\.A\.fields\.a: 'Strin' is no field type; there are String/],
    ['key.toml', '[classes.A.field]\na = "String"\n', /classes\.A: 'field' is no part of a class/],
    ['who.toml', '[classes.A.permissions]\nfnd = ["*"]\n', /classes\.A\.permissions: 'fnd' is no permission/],
    ['default.toml', '[classes.A.fields]\na = { type = "Number", default = "x" }\n', /classes\.A\.fields\.a: .*expected Number but got String/],
    ['index.toml', '[classes.A.indexes]\na = ["b:3d"]\n', /classes\.A\.indexes\.a: .*2dsphere/],
    ['empty.toml', '', /classes: is missing/],
    ['broken.json', '{"classes":', /broken\.json: /],
  ];
  for (const [name, text, message] of cases) {
    const { code, err } = await ctl(['schema', 'apply', file(name, text)]);
    assert.equal(code, 2, name);
    assert.match(err, message);
  }
  assert.equal((await ctl(['schema', 'diff', file('nowhere.toml')])).code, 2);
});

test('what GET /schemas answers is a schema file too, and the standard input a file', async () => {
  const answer = await call('GET', '/schemas');
  const { code, err } = await ctl(['schema', 'diff', '-'], { input: JSON.stringify(answer) });
  assert.equal(code, 0, err);
});

test('apply works straight on a database', async () => {
  const database = ['--database', `sqlite:${file('own.db')}`];
  const place = file('own.toml', '[classes.Game.fields]\nscore = "Number"\n[classes.Game.indexes]\nbest = ["-score"]\n');
  const made = await run_parsectl([...database, 'schema', 'apply', place]);
  assert.equal(made.code, 0, made.err);
  assert.equal((await run_parsectl([...database, 'schema', 'diff', place])).code, 0);
  const exported = await run_parsectl([...database, 'schema', 'export']);
  assert.match(exported.out, /^best = \["-score"\]$/m);
});
