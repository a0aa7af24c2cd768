// beforePasswordResetRequest: called for users who exist, before a mail goes out.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_cloud, until } from '../support/cloud_app.mjs';
import { start_loopback } from '../support/loopback.mjs';

const kCode = `
Parse.Cloud.beforePasswordResetRequest(({ triggerName, object, master, user }) => {
  if (object.get('banned')) throw new Parse.Error(4717, 'banned users get no mail');
  return new Parse.Object('Seen').save({ triggerName, username: object.get('username'), master, user: user ?? null }, { useMasterKey: true });
});
`;

describe('a request to reset a password', () => {
  let server;
  let mails;
  const reset = (email) => server.call('POST', '/requestPasswordReset', { email });
  const seen = async () => (await server.call('GET', '/classes/Seen?order=createdAt')).json.results;
  before(async () => {
    mails = await start_loopback(() => ({ body: { result: null } }));
    const adapter = { http: { url: `${mails.url}/mail`, methods: ['sendMail'], secret: 'a secret that only the tests share' } };
    server = await start_cloud(kCode, {
      flags: ['--emailAdapter', JSON.stringify(adapter), '--appName', 'Tested', '--publicServerURL', 'http://mail.example.com/parse'],
    });
    await server.call('POST', '/users', { username: 'ann', password: 'secret', email: 'ann@example.com' });
    await server.call('POST', '/users', { username: 'bea', password: 'secret', email: 'bea@example.com', banned: true });
    // Who has no address may have one as his name.
    await server.call('POST', '/users', { username: 'cora@example.com', password: 'secret' });
  });
  after(async () => {
    await server?.stop();
    await mails?.stop();
  });

  test('is told to the trigger with the user, and the mail goes out', async () => {
    assert.equal((await reset('ann@example.com')).status, 200);
    await until(() => mails.calls.length === 1);
    const [row] = await seen();
    assert.equal(row.triggerName, 'beforePasswordResetRequest');
    assert.equal(row.username, 'ann');
  });

  test('finds a user by a name that is an address', async () => {
    assert.equal((await reset('cora@example.com')).status, 200);
    await until(() => mails.calls.length === 2);
    assert.equal((await seen()).at(-1).username, 'cora@example.com');
  });

  test('is refused when the trigger throws, and no mail goes out', async () => {
    const { status, json } = await reset('bea@example.com');
    assert.deepEqual({ status, json }, { status: 400, json: { code: 4717, error: 'banned users get no mail' } });
    assert.equal(mails.calls.length, 2);
  });

  test('for an address that nobody has calls no trigger', async () => {
    const before_it = (await seen()).length;
    assert.equal((await reset('nobody@example.com')).status, 200);
    assert.equal((await seen()).length, before_it);
  });
});
