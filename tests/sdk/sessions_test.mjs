import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, query, server, with_master } from './client.mjs';
import { as, kPassword, new_user, rest } from './accounts.mjs';

const { Error: Code } = Parse;
const sessions = (user, options = as(user)) => query('_Session').find(options);
const kDayMs = 24 * 3600 * 1000;

describe('sessions', () => {
  let user;
  let other;
  before(async () => { [user, other] = [await new_user(), await new_user()]; });

  it('say how they were made and when they end', async () => {
    const [session] = await sessions(user);
    assert.deepEqual(session.get('createdWith'), { action: 'signup', authProvider: 'password' });
    assert.equal(session.get('user').id, user.id);
    assert.equal(session.get('sessionToken'), user.getSessionToken());
    const days = (session.get('expiresAt') - Date.now()) / kDayMs;
    assert.ok(days > 364 && days <= 365, `${days} days`);
  });

  it('are seen by their user only', async () => {
    assert.equal((await sessions(user)).length, 1);
    assert.ok((await sessions(user)).every((session) => session.get('user').id === user.id));
    await fails_with(Code.INVALID_SESSION_TOKEN, () => query('_Session').find());
    const [foreign] = await sessions(other);
    await fails_with(Code.OBJECT_NOT_FOUND, () => query('_Session').get(foreign.id, as(user)));
    assert.equal(await query('_Session').equalTo('user', other).count(as(user)), 0);
  });

  it('are counted and read by the master key', async () => {
    assert.equal(await query('_Session').equalTo('user', user).count(with_master), 1);
  });

  it('take a note but none of the fields the server keeps', async () => {
    const [session] = await sessions(user);
    session.set('note', 'kitchen');
    await session.save(null, as(user));
    assert.equal((await sessions(user))[0].get('note'), 'kitchen');
    const path = `/sessions/${session.id}`;
    const token = { 'X-Parse-Session-Token': user.getSessionToken() };
    for (const field of ['sessionToken', 'user', 'expiresAt', 'createdWith', 'installationId', 'ACL']) {
      const { status, body } = await rest('PUT', path, { [field]: null }, token);
      assert.deepEqual([status, body.code], [400, Code.INVALID_KEY_NAME], field);
    }
  });

  it('are not changed or deleted by another user', async () => {
    const [session] = await sessions(user);
    const seen = Parse.Object.createWithoutData.call(Parse.Session, session.id);
    seen.set('note', 'stolen');
    await fails_with(Code.OBJECT_NOT_FOUND, () => seen.save(null, as(other)));
    await fails_with(Code.OBJECT_NOT_FOUND, () => seen.destroy(as(other)));
    assert.equal((await Parse.User.me(user.getSessionToken())).id, user.id);
  });

  it('end when they are deleted', async () => {
    const second = await Parse.User.loginAs(user.id);
    const session = await query('_Session').equalTo('sessionToken', second.getSessionToken()).first(as(second));
    await session.destroy(as(second));
    await fails_with(Code.INVALID_SESSION_TOKEN, () => Parse.User.me(second.getSessionToken()));
    await fails_with(Code.INVALID_SESSION_TOKEN, () => query('Anything').find(as(second)));
  });

  it('are made by a session for the same user', async () => {
    const { status, body } = await rest('POST', '/sessions', {}, { 'X-Parse-Session-Token': other.getSessionToken() });
    assert.equal(status, 201);
    assert.equal((await Parse.User.me(body.sessionToken)).id, other.id);
  });

  it('of one installation replace each other', async () => {
    const phone = { 'X-Parse-Installation-Id': '00000000-1111-2222-3333-444444444444' };
    const login = async () => (await rest('POST', '/login', { username: other.getUsername(), password: kPassword }, phone)).body.sessionToken;
    const first = await login();
    const second = await login();
    await fails_with(Code.INVALID_SESSION_TOKEN, () => Parse.User.me(first));
    assert.equal((await Parse.User.me(second)).id, other.id);
  });

  it('that have expired are refused', async () => {
    const token = 'r:0123456789abcdef0123456789abcdef';
    await rest('POST', '/sessions', { sessionToken: token, user: other.toPointer(), expiresAt: { __type: 'Date', iso: '2015-01-01T00:00:00.000Z' } },
      { 'X-Parse-Master-Key': server.keys.masterKey });
    await fails_with(Code.INVALID_SESSION_TOKEN, () => query('Anything').find({ sessionToken: token }));
  });
});
