// Login providers that are JavaScript modules of the app.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fail_to_start, make_app, start_cloud } from '../support/cloud_app.mjs';
import { call, end_all, start_process, stop_process } from '../support/server_process.mjs';

after(end_all);

const kSimple = `
module.exports = {
  validateAppId(appIds, authData) { if (!appIds.includes(authData.app)) throw new Error('wrong app'); },
  validateAuthData(authData, options, request) {
    if (authData.token === 'crash') throw undefined;
    if (authData.token === 'coded') throw new Parse.Error(Parse.Error.OBJECT_NOT_FOUND, 'nobody has this token');
    if (authData.token === 'false') return false;
    if (authData.token !== options.secret) throw 'bad token';
    return { save: { id: authData.id, kept: request.ip }, response: { hello: authData.id, master: request.master } };
  },
  beforeFind(authData) { if (authData.code) { authData.id = 'of-' + authData.code; authData.token = 'good'; delete authData.code; } },
  afterFind(authData) { return { ...authData, shown: true }; },
};`;
const kPhases = `
export default class Phases {
  constructor() { this.seen = []; }
  validateSetUp(authData, options, request) { return { save: { id: authData.id, phase: 'setup', user: !!request.user } }; }
  validateLogin(authData, options, request) { return { save: { id: authData.id, phase: 'login', user: request.user.get('username') } }; }
  validateUpdate(authData) { return { save: { id: authData.id, phase: 'update' } }; }
  challenge(challengeData, authData, options, request) { return { asked: challengeData, is: request.isChallenge, of: options.module.length > 0 }; }
}`;

/** Starts a server whose code folder has `files`, with option auth made of \`auth(folder)\`. */
async function start(files, auth) {
  const app = make_app({ 'main.js': 'Parse.Cloud.define("a", () => 1);', ...files });
  const option = JSON.stringify(auth(path.join(app.folder, 'cloud')));
  const server = await start_process({ folder: app.folder, flags: ['--cloud', app.main, '--auth', option] });
  const stop = async () => {
    await stop_process(server);
    app.remove();
  };
  return { ...server, stop, send: async (method, target, body, how) => (await call(server, method, target, body, { master: false, ...how })).json };
}

describe('a module', () => {
  let server;
  before(async () => {
    server = await start({ 'simple.js': kSimple, 'phases.mjs': kPhases }, (folder) => ({
      simple: { module: path.join(folder, 'simple.js'), appIds: ['mine'], secret: 'good' },
      phases: { module: path.join(folder, 'phases.mjs') },
    }));
  });
  after(() => server?.stop());
  const login = (authData) => server.send('POST', '/users', { authData });
  const as = (user) => ({ headers: { 'X-Parse-Session-Token': user.sessionToken } });
  const stored = async (user) => (await server.send('GET', `/users/${user.objectId}`, undefined, { master: true })).authData;

  test('with validateAuthData logs in, decides what is stored, and answers once', async () => {
    const user = await login({ simple: { id: 'u1', app: 'mine', token: 'good' } });
    assert.deepEqual(user.authDataResponse, { simple: { hello: 'u1', master: false } });
    assert.deepEqual((await stored(user)).simple, { id: 'u1', kept: '127.0.0.1', shown: true });
    assert.equal((await login({ simple: { id: 'u1', app: 'mine', token: 'good' } })).objectId, user.objectId);
  });

  for (const [token, app, expected] of [
    ['bad', 'mine', { code: 141, error: 'bad token' }], ['good', 'other', { code: 141, error: 'wrong app' }],
    ['coded', 'mine', { code: 101, error: 'nobody has this token' }], ['crash', 'mine', { code: 141, error: 'Script failed.' }],
    ['false', 'mine', { code: 141, error: 'An adapter gave no proper answer.' }],
  ]) {
    test(`that refuses (${token}, ${app}) logs nobody in`, async () => {
      const answer = await login({ simple: { id: 'u2', app, token } });
      assert.deepEqual({ code: answer.code, error: answer.error }, expected);
    });
  }

  test('with beforeFind exchanges a code before the user is looked for', async () => {
    const user = await login({ simple: { code: '7', app: 'mine' } });
    assert.equal((await stored(user)).simple.id, 'of-7');
    assert.equal((await login({ simple: { code: '7', app: 'mine' } })).objectId, user.objectId);
  });

  test('of three phases is told which it is', async () => {
    const user = await login({ phases: { id: 'p1' } });
    assert.deepEqual((await stored(user)).phases, { id: 'p1', phase: 'setup', user: false });
    await login({ phases: { id: 'p1', again: 1 } });
    assert.equal((await stored(user)).phases.phase, 'login');
    await server.send('PUT', `/users/${user.objectId}`, { authData: { phases: { id: 'p1', new: 1 } } }, as(user));
    assert.equal((await stored(user)).phases.phase, 'update');
  });

  test('answers challenges', async () => {
    const answer = await server.send('POST', '/challenge', { challengeData: { phases: { a: 1 } } });
    assert.deepEqual(answer.challengeData.phases, { asked: { a: 1 }, is: true, of: true });
  });

  test('that has no challenge gives none', async () => {
    assert.equal((await server.send('POST', '/challenge', { challengeData: { simple: { a: 1 } } })).challengeData?.simple, undefined);
  });
});

describe('the start is refused', () => {
  const refused = async (text, setting, expected) => {
    const app = make_app({ 'auth.js': text });
    const auth = JSON.stringify({ mine: { module: path.join(app.folder, 'cloud/auth.js'), ...setting } });
    const { code, output } = await fail_to_start({ 'main.js': '' }, { flags: ['--auth', auth] });
    app.remove();
    assert.equal(code, 2, output);
    assert.match(output, expected);
  };

  test('for a module without the functions', () => refused('module.exports = { validateSetUp() {} };', {}, /auth\.mine: the module needs validateAuthData/));
  test('for a module that is missing', () => refused('', { module: './nowhere.js' }, /auth\.mine: Cannot find module '.\/nowhere.js'/));
  test('for a module with a syntax error', () => refused('function {', {}, /auth\.mine: .*Unexpected token/));
  test('when the module refuses its options', () =>
    refused('module.exports = { validateAuthData() {}, validateOptions() { throw new Error("no secret"); } };', {}, /no secret/));
  test('when its policy is not what the option says', () =>
    refused('module.exports = { validateAuthData() {}, policy: "additional" };', {}, /the module's policy is "additional", the option says "default"/));
});
