// Options that are functions of the app: the module of --cloudOptions.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fail_to_start, make_app, start_cloud, until } from '../support/cloud_app.mjs';
import { start_loopback } from '../support/loopback.mjs';
import { call, end_all, start_process, stop_process } from '../support/server_process.mjs';

after(end_all);

/** What the functions are asked is kept in class Asked; what they answer is in the username. */
const kOptions = `
const seen = async (option, request) => {
  const user = request.object || request.user;
  await new Parse.Object('Asked').save({
    option, of: user.get('username'), email: user.get('email'), is_user: user instanceof Parse.User, keys: Object.keys(request).sort(),
    master: request.master, ip: request.ip, installation: request.installationId, createdWith: request.createdWith,
    original: request.original && request.original.id, resend: request.resendRequest, fields: Object.keys(user.attributes),
  }, { useMasterKey: true });
};
const option = (name, yes = true) => async request => {
  await seen(name, request);
  const username = (request.object || request.user).get('username') || '';
  if (username.startsWith('throws-' + name)) throw new Error('thrown by ' + name);
  if (username.startsWith('coded-' + name)) throw new Parse.Error(4711, 'mine');
  if (username.startsWith('truthy-' + name)) return 'yes';
  if (username.startsWith('hangs-' + name)) return new Promise(() => {});
  return username.startsWith('no-' + name) ? false : yes;
};
module.exports = {
  verifyUserEmails: option('verifyUserEmails'),
  preventLoginWithUnverifiedEmail: option('preventLoginWithUnverifiedEmail'),
  sendUserEmailVerification: option('sendUserEmailVerification'),
};`;
const kMain = "Parse.Cloud.define('a', () => 1);";

/** A server with these options, and a sink of its mails. */
async function start(options, { flags = [], name = 'options.js' } = {}) {
  const mails = await start_loopback(() => ({ body: { result: null } }));
  const adapter = { http: { url: `${mails.url}/mail`, methods: ['sendMail'], secret: 'a secret that only the tests share' } };
  const app = make_app({ 'main.js': kMain, [name]: options });
  const server = await start_process({
    folder: app.folder,
    flags: ['--cloud', app.main, '--cloudOptions', path.join(app.folder, 'cloud', name), '--emailAdapter', JSON.stringify(adapter), '--appName', 'Tested',
      '--publicServerURL', 'http://public.example/parse', '--emailVerifySuccessOnInvalidEmail', 'false', ...flags],
  });
  const send = async (method, target, body, how) => (await call(server, method, target, body, { master: false, ...how })).json;
  const mails_to = (address) => mails.calls.filter(({ body }) => JSON.stringify(body).includes(address));
  return {
    ...server,
    send,
    mails_to,
    mail_to: (address) => until(() => mails_to(address)[0]),
    sign_up: (username, more = {}) => send('POST', '/users', { username, password: 'secret', email: `${username}@example.org`, ...more }, { headers: { 'X-Parse-Installation-Id': 'here' } }),
    log_in: (username) => send('POST', '/login', { username, password: 'secret' }),
    asked: async (username, option) =>
      (await send('GET', `/classes/Asked?order=createdAt&where=${encodeURIComponent(JSON.stringify({ of: username, option }))}`, undefined, { master: true })).results,
    stop: async () => {
      await stop_process(server);
      await mails.stop();
      app.remove();
    },
  };
}

describe('the options about e-mail addresses', () => {
  let server;
  before(async () => {
    server = await start(kOptions, { flags: ['--cloudCallTimeout', '2'] });
  });
  after(() => server?.stop());

  test('that say yes have an address verified before its user can log in', async () => {
    const user = await server.sign_up('ann');
    assert.equal(user.sessionToken, undefined);
    assert.equal((await server.log_in('ann')).code, 205);
    await server.mail_to('ann@example.org');
    await until(() => JSON.stringify(server.mails_to('ann@example.org')).includes('http://public.example/parse/apps/'));
  });

  test('are told of the user, and of who asks', async () => {
    await server.sign_up('bob');
    const [asked] = await server.asked('bob', 'verifyUserEmails');
    assert.deepEqual(
      [asked.email, asked.is_user, asked.master, asked.ip, asked.installation, asked.createdWith, asked.original, asked.resend],
      ['bob@example.org', true, false, '127.0.0.1', 'here', { action: 'signup', authProvider: 'password' }, undefined, undefined]);
    const [sent] = await server.asked('bob', 'sendUserEmailVerification');
    assert.deepEqual([sent.of, sent.master], ['bob', false]);
    await server.log_in('bob');
    const logins = await server.asked('bob', 'preventLoginWithUnverifiedEmail');
    assert.deepEqual(logins.at(-1).createdWith, { action: 'login', authProvider: 'password' });
    const fields = [...logins, asked, sent].flatMap((row) => row.fields);
    assert.deepEqual(fields.filter((field) => field.startsWith('_') || field === 'password'), []);
  });

  test('are told of a change of an address with the original', async () => {
    const { objectId } = await server.send('POST', '/users', { username: 'cleo', password: 'secret' });
    await server.send('PUT', `/users/${objectId}`, { username: 'cleo', email: 'cleo@example.org' }, { master: true });
    const asked = (await server.asked('cleo', 'verifyUserEmails')).at(-1);
    assert.deepEqual([asked.original, asked.email, asked.master, asked.createdWith], [objectId, 'cleo@example.org', true, undefined]);
    await server.mail_to('cleo@example.org');
  });

  test('may decide for one user that his address need not be verified', async () => {
    const user = await server.sign_up('no-verifyUserEmails');
    assert.match(user.sessionToken, /^r:/);
    assert.match((await server.log_in('no-verifyUserEmails')).sessionToken, /^r:/);
    assert.deepEqual(await server.send('POST', '/verificationEmailRequest', { email: 'no-verifyUserEmails@example.org' }), {});
    assert.equal((await server.asked('no-verifyUserEmails', 'verifyUserEmails')).at(-1).resend, true);
    assert.deepEqual(server.mails_to('no-verifyUserEmails@'), []);
  });

  test('may let a user log in before', async () => {
    assert.match((await server.sign_up('no-preventLoginWithUnverifiedEmail')).sessionToken, /^r:/);
    assert.match((await server.log_in('no-preventLoginWithUnverifiedEmail')).sessionToken, /^r:/);
    await server.mail_to('no-preventLoginWithUnverifiedEmail@');
  });

  test('may keep the mail back', async () => {
    assert.equal((await server.sign_up('no-sendUserEmailVerification')).sessionToken, undefined);
    await server.sign_up('later');
    await server.mail_to('later@');
    assert.deepEqual(server.mails_to('no-sendUserEmailVerification@'), []);
  });

  test('say yes to a verification only by true, to a mail by anything truthy', async () => {
    assert.match((await server.sign_up('truthy-verifyUserEmails')).sessionToken, /^r:/);
    assert.match((await server.sign_up('truthy-preventLoginWithUnverifiedEmail')).sessionToken, /^r:/);
    await server.sign_up('truthy-sendUserEmailVerification');
    await server.mail_to('truthy-sendUserEmailVerification@');
  });

  for (const option of ['verifyUserEmails', 'preventLoginWithUnverifiedEmail', 'sendUserEmailVerification']) {
    test(`${option} that fails fails the request`, async () => {
      assert.deepEqual(await server.sign_up(`throws-${option}`), { code: 141, error: `thrown by ${option}` });
      assert.deepEqual(await server.sign_up(`coded-${option}`), { code: 4711, error: 'mine' });
    });
  }

  test('that never answer fail the request in time', async () => {
    const started = Date.now();
    assert.equal((await server.sign_up('hangs-verifyUserEmails')).code, 141);
    assert.ok(Date.now() - started < 8000);
  });

  test('are no hooks that a webhook could replace', async () => {
    const hook = { className: 'verifyUserEmails', triggerName: 'option', url: 'http://127.0.0.1:9/' };
    assert.equal((await server.send('POST', '/hooks/triggers', hook, { master: true })).code, 143);
  });
});

describe('a password', () => {
  let server;
  const flags = ['--passwordPolicy.validatorPattern', '^.{3,}$', '--passwordPolicy.validationError', 'the policy says no', '--cloudMaxDepth', '4'];
  before(async () => {
    server = await start(`
      const validate = async password => {
        if (password === 'throws') throw new Error('thrown by the validator');
        if (password === 'nested') await new Parse.User({ username: 'n' + Math.random(), password }).signUp();
        return password.includes('bad') ? 0 : password;
      };
      export default { passwordPolicy: { validatorCallback: validate } };`, { name: 'options.mjs', flags });
  });
  after(() => server?.stop());
  const sign_up = (password) => server.sign_up(`u${Math.random()}`, { password });
  const kRefused = { code: 142, error: 'the policy says no' };

  test('must please both the pattern and the function', async () => {
    assert.match((await sign_up('good')).sessionToken, /^r:/);
    assert.deepEqual(await sign_up('bad!'), kRefused);
    assert.deepEqual(await sign_up('xx'), kRefused);
  });

  test('is also judged when it is changed', async () => {
    const { objectId } = await sign_up('good');
    assert.deepEqual(await server.send('PUT', `/users/${objectId}`, { password: 'bad!' }, { master: true }), kRefused);
    assert.ok((await server.send('PUT', `/users/${objectId}`, { password: 'better' }, { master: true })).updatedAt);
  });

  test('is also judged when it comes by way of a link', async () => {
    await server.sign_up('rita');
    await server.send('POST', '/requestPasswordReset', { email: 'rita@example.org' });
    const token = JSON.stringify((await server.mail_to('rita@example.org')).body).match(/token=([A-Za-z0-9]+)/)[1];
    const set = async (new_password) => {
      const body = new URLSearchParams({ token, new_password, username: 'rita' });
      const headers = { 'X-Requested-With': 'XMLHttpRequest' };
      return (await fetch(`${server.url}/apps/APPLICATION_ID/request_password_reset`, { method: 'POST', body, headers, redirect: 'manual' })).text();
    };
    assert.match(await set('bad!'), /the policy says no/);
    await set('better');
    assert.match((await server.send('POST', '/login', { username: 'rita', password: 'better' })).sessionToken, /^r:/);
  });

  test('whose function fails is not taken', async () => {
    assert.deepEqual(await sign_up('throws'), { code: 141, error: 'thrown by the validator' });
  });

  test('whose function calls itself ends at the depth that is allowed', async () => {
    const answer = await sign_up('nested');
    assert.equal(answer.code, 141);
    assert.match((await sign_up('good')).sessionToken, /^r:/);
  });
});

describe('the start is refused', () => {
  const refused = async (options, expected) => {
    const app = make_app({ 'options.js': options });
    const { code, output } = await fail_to_start({ 'main.js': kMain }, { flags: ['--cloudOptions', path.join(app.folder, 'cloud/options.js')] });
    app.remove();
    assert.equal(code, 2, output);
    assert.match(output, expected);
  };

  test('for a member that is no option', () => refused('module.exports = { nothing() {} };', /cloudOptions: nothing is no option that may be a function/));
  test('for a member that is no function', () => refused('module.exports = { sendUserEmailVerification: true };', /sendUserEmailVerification must be a function/));
  test('for an unknown member of a group', () => refused('module.exports = { passwordPolicy: { other() {} } };', /passwordPolicy\.other is no option/));
  for (const option of ['publicServerURL', 'masterKey'])
    test(`for ${option}`, () => refused(`module.exports = { ${option}() {} };`, new RegExp(`${option} is no option that may be a function; those are verifyUserEmails, `)));
  test('for a module that exports no object', () => refused('module.exports = 5;', /must export an object/));
  test('for a module with a syntax error', () => refused('module.exports = {', /Unexpected end of input|Unexpected token/));
  test('when addresses are to be verified without mails', () => refused('module.exports = { verifyUserEmails() {} };', /verifyUserEmails needs the option appName, .*emailAdapter/));

  test('without the option cloud', async () => {
    const app = make_app({ 'options.js': 'module.exports = {};' });
    await assert.rejects(start_process({ folder: app.folder, flags: ['--cloudOptions', path.join(app.folder, 'cloud/options.js')] }), /'cloud' is required when 'cloudOptions' is set/);
    app.remove();
  });
});

test('Without the module no option is a function', async () => {
  const server = await start_cloud(kMain);
  assert.match((await server.call('POST', '/users', { username: 'a', password: 'b' }, { master: false })).json.sessionToken, /^r:/);
  await server.stop();
});
