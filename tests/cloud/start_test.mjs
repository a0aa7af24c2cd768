// Code that cannot be loaded: the server refuses to start and says what is wrong, and where.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { fail_to_start, node_pids, start_cloud } from '../support/cloud_app.mjs';
import { call, end_all, make_folder, start_process, stop_process } from '../support/server_process.mjs';

afterEach(end_all);

/** The exit code of every start that fails. */
const kStartFailed = 2;

async function refuses(files, expected, more) {
  const { code, output } = await fail_to_start(files, more);
  assert.equal(code, kStartFailed, output);
  for (const text of [expected].flat()) assert.match(output, text);
  return output;
}

test('a syntax error names file and line', async () => {
  await refuses({ 'main.js': 'Parse.Cloud.define("a", () => 1);\n\nfunction {\n' }, /cloud\/main\.js:3/);
});

test('a syntax error in an ES module names file and line', async () => {
  await refuses({ 'main.mjs': 'Parse.Cloud.define("a", () => 1);\n\nfunction {\n' }, /cloud\/main\.mjs:3/);
});

test('a syntax error in a file that is required names that file', async () => {
  await refuses({ 'main.js': 'require("./other.js");\n', 'other.js': '\nlet let;\n' }, /cloud\/other\.js:2/);
});

test('an exception at load names file and line', async () => {
  await refuses({ 'main.js': '\nnothing.is.here();\n' }, [/nothing is not defined/, /cloud\/main\.js:2/]);
});

test('a rejected promise at the top of an ES module stops the start', async () => {
  await refuses({ 'main.mjs': 'await Promise.reject(new Error("no database of prices"));\n' }, /no database of prices/);
});

test('a module that is missing is named', async () => {
  await refuses({ 'main.js': 'require("left-pad-of-nobody");\n' }, /left-pad-of-nobody/);
});

test('a main module that is missing is named', async () => {
  const { code, output } = await fail_to_start({ 'main.js': '' }, { flags: ['--cloud', './nowhere.js'] });
  assert.equal(code, kStartFailed, output);
  assert.match(output, /nowhere\.js/);
});

test('without the npm package parse the message says what to run', async () => {
  await refuses({ 'main.js': '' }, /npm install parse/, { parse: false });
});

test('without Node the message names the program', async () => {
  await refuses({ 'main.js': '' }, /cannot run nonexistent-node: No such file or directory/, { flags: ['--cloudNode', 'nonexistent-node'] });
});

test('a program that is not Node is told', async () => {
  await refuses({ 'main.js': '' }, /exit code 1/, { flags: ['--cloudNode', 'false'] });
});

test('a process that ends while it loads is told', async () => {
  await refuses({ 'main.js': 'process.exit(7);' }, /exit code 7/);
});

test('a trigger that its class cannot have stops the start', async () => {
  await refuses({ 'main.js': 'Parse.Cloud.beforeSave("_Session", () => {});' }, /Only the afterLogout trigger is allowed for the _Session class/);
});

test('a validator with an unknown key stops the start', async () => {
  await refuses({ 'main.js': 'Parse.Cloud.define("a", () => 1, { requireUsr: true });' }, /requireUsr is not a supported parameter/);
});

for (const [what, files] of Object.entries({
  'a CommonJS module': { 'main.js': 'Parse.Cloud.define("a", () => require("./b.js"));', 'b.js': 'module.exports = 7;' },
  'an ES module by its name': { 'main.mjs': 'import b from "./b.mjs"; Parse.Cloud.define("a", () => b);', 'b.mjs': 'export default 7;' },
  'an ES module by its package.json': {
    'main.js': 'import b from "./b.js"; Parse.Cloud.define("a", () => b);', 'b.js': 'export default 7;', 'package.json': '{"type":"module"}',
  },
  'an ES module that waits at its top': { 'main.mjs': 'const b = await Promise.resolve(7); Parse.Cloud.define("a", () => b);' },
  'a function that is given Parse': { 'main.js': 'module.exports = (P) => { P.Cloud.define("a", () => 7); };' },
  'an async function that is given Parse': {
    'main.mjs': 'export default async (P) => { await null; P.Cloud.define("a", () => 7); };',
  },
  'a module that requires parse/node itself': {
    'main.js': 'const P = require("parse/node"); P.Cloud.define("a", () => (P === Parse ? 7 : 0));',
  },
  'an ES module that imports parse/node itself': {
    'main.mjs': 'import P from "parse/node"; P.Cloud.define("a", () => (P === Parse ? 7 : 0));',
  },
})) {
  test(`${what} is loaded`, async () => {
    const server = await start_cloud(files);
    assert.deepEqual(await server.run('a'), { result: 7 });
    await server.stop();
  });
}

test('the server has no Node process without Cloud Code', async () => {
  const { folder, remove } = make_folder();
  const server = await start_process({ folder });
  assert.deepEqual(node_pids(server), []);
  assert.deepEqual((await call(server, 'GET', '/health')).json, { status: 'ok' });
  await stop_process(server);
  remove();
});

test('no key is on the command line of Node', async () => {
  const server = await start_cloud({ 'main.js': 'Parse.Cloud.define("a", () => Parse.masterKey);' });
  const [pid] = node_pids(server);
  assert.deepEqual(await server.run('a'), { result: 'MASTER_KEY' });
  assert.doesNotMatch(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), /MASTER_KEY/);
  await server.stop();
});
