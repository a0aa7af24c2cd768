import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, query, with_master } from './client.mjs';
import { as, fresh_name, kPassword, new_user } from './accounts.mjs';

const { Error: Code } = Parse;
const kInvalidLogin = Code.OBJECT_NOT_FOUND;

describe('signing up', () => {
  it('gives an id, a session and the fields', async () => {
    const name = fresh_name();
    const user = await Parse.User.signUp(name, kPassword, { level: 3, email: `${name}@example.com` });
    assert.match(user.id, /^[A-Za-z0-9]{10}$/);
    assert.match(user.getSessionToken(), /^r:[0-9a-f]{32}$/);
    const stored = await query('_User').get(user.id, as(user));
    assert.equal(stored.get('level'), 3);
    assert.equal(stored.getUsername(), name);
    assert.equal(stored.get('password'), undefined);
  });

  it('makes the user readable for nobody else', async () => {
    const user = await new_user();
    const other = await new_user();
    await fails_with(Code.OBJECT_NOT_FOUND, () => query('_User').get(user.id, as(other)));
    await fails_with(Code.OBJECT_NOT_FOUND, () => query('_User').get(user.id));
    assert.equal((await query('_User').get(user.id, with_master)).id, user.id);
  });

  it('refuses a name that is taken, in any case', async () => {
    const name = fresh_name('Mixed');
    await Parse.User.signUp(name, kPassword);
    await fails_with(Code.USERNAME_TAKEN, () => Parse.User.signUp(name, kPassword));
    await fails_with(Code.USERNAME_TAKEN, () => Parse.User.signUp(name.toUpperCase(), kPassword));
  });

  it('refuses an address that is taken or is none', async () => {
    const email = `${fresh_name()}@example.com`;
    await new_user('first', { email });
    await fails_with(Code.EMAIL_TAKEN, () => new_user('second', { email: email.toUpperCase() }));
    await fails_with(Code.INVALID_EMAIL_ADDRESS, () => new_user('third', { email: 'nowhere' }));
  });

  it('takes an ACL of its own', async () => {
    const acl = new Parse.ACL();
    acl.setPublicReadAccess(true);
    const user = await new_user('open', { ACL: acl });
    assert.equal((await query('_User').get(user.id)).id, user.id);
  });

  it('upgrades an object that was made with set', async () => {
    const user = new Parse.User();
    user.set('username', fresh_name());
    user.set('password', kPassword);
    user.set('level', 7);
    await user.signUp();
    assert.equal((await query('_User').get(user.id, as(user))).get('level'), 7);
  });
});

describe('logging in', () => {
  let user;
  before(async () => { user = await new_user('login', { email: `${fresh_name()}@example.com` }); });

  it('by name, and by address', async () => {
    const again = await Parse.User.logIn(user.getUsername(), kPassword);
    assert.equal(again.id, user.id);
    assert.notEqual(again.getSessionToken(), user.getSessionToken());
    assert.equal((await Parse.User.logIn(user.getEmail(), kPassword)).id, user.id);
  });

  it('fails alike for a wrong password and an unknown name', async () => {
    const messages = [];
    for (const [name, password] of [[user.getUsername(), 'wrong'], [fresh_name(), kPassword]]) {
      await assert.rejects(() => Parse.User.logIn(name, password), (error) => {
        messages.push(error.message);
        return error.code === kInvalidLogin;
      });
    }
    assert.equal(messages[0], messages[1]);
  });

  it('as another user, for the master key', async () => {
    const again = await Parse.User.loginAs(user.id);
    assert.equal(again.id, user.id);
    assert.equal((await Parse.User.me(again.getSessionToken())).id, user.id);
  });

  it('verifies a password without making a session', async () => {
    const sessions = () => query('_Session').equalTo('user', user).count(with_master);
    const count = await sessions();
    assert.equal((await Parse.User.verifyPassword(user.getUsername(), kPassword)).objectId, user.id);
    await fails_with(kInvalidLogin, () => Parse.User.verifyPassword(user.getUsername(), 'wrong'));
    assert.equal(await sessions(), count);
  });
});

describe('the current user', () => {
  before(() => Parse.User.enableUnsafeCurrentUser());

  it('is who signed up, and nobody after logging out', async () => {
    const user = await new_user();
    assert.equal(Parse.User.current().id, user.id);
    const token = user.getSessionToken();
    await Parse.User.logOut();
    assert.equal(Parse.User.current(), null);
    await fails_with(Code.INVALID_SESSION_TOKEN, () => Parse.User.me(token));
  });

  it('is whoever a session token belongs to', async () => {
    const user = await new_user('becoming');
    const token = user.getSessionToken();
    const other = await new_user('other');
    const became = await Parse.User.become(token);
    assert.equal(became.id, user.id);
    assert.equal(Parse.User.current().id, user.id);
    assert.notEqual(became.id, other.id);
    await Parse.User.logOut();
  });

  it('cannot become by a token nobody has', async () => {
    await fails_with(Code.INVALID_SESSION_TOKEN, () => Parse.User.become('r:00000000000000000000000000000000'));
    Parse.User.disableUnsafeCurrentUser();
  });
});

describe('changing a user', () => {
  it('is for oneself and the master key', async () => {
    const user = await new_user();
    const other = await new_user();
    user.set('level', 1);
    await user.save(null, as(user));
    const seen = Parse.User.createWithoutData(user.id);
    seen.set('level', 2);
    await fails_with(Code.SESSION_MISSING, () => seen.save(null, as(other)));
    await fails_with(Code.SESSION_MISSING, () => seen.save(null, { sessionToken: undefined }));
    await seen.save(null, with_master);
    assert.equal((await query('_User').get(user.id, as(user))).get('level'), 2);
  });

  it('never lets a client verify its own address', async () => {
    const user = await new_user();
    user.set('emailVerified', true);
    await fails_with(Code.OPERATION_FORBIDDEN, () => user.save(null, as(user)));
  });

  it('of the password ends the old sessions and gives a new one', async () => {
    const user = await new_user();
    const old = user.getSessionToken();
    user.set('password', 'another one');
    await user.save(null, as(user));
    assert.notEqual(user.getSessionToken(), old);
    await fails_with(Code.INVALID_SESSION_TOKEN, () => Parse.User.me(old));
    assert.equal((await Parse.User.me(user.getSessionToken())).id, user.id);
    await fails_with(kInvalidLogin, () => Parse.User.logIn(user.getUsername(), kPassword));
    assert.equal((await Parse.User.logIn(user.getUsername(), 'another one')).id, user.id);
  });

  it('deletes oneself, and the session fails after that', async () => {
    const user = await new_user();
    const token = user.getSessionToken();
    await user.destroy(as(user));
    await fails_with(Code.INVALID_SESSION_TOKEN, () => Parse.User.me(token));
  });
});

describe('anonymous users', () => {
  it('log in, and again by the same id', async () => {
    const authData = { id: fresh_name() };
    const user = await Parse.User.logInWith('anonymous', { authData });
    assert.equal(Parse.AnonymousUtils.isLinked(user), true);
    assert.equal((await Parse.User.logInWith('anonymous', { authData })).id, user.id);
  });

  it('become users with a name and keep their data', async () => {
    const user = await Parse.AnonymousUtils.logIn();
    const name = fresh_name();
    user.setUsername(name);
    user.setPassword(kPassword);
    await user.save(null, as(user));
    assert.equal((await Parse.User.logIn(name, kPassword)).id, user.id);
  });

  it('link to a user with a name, and are unlinked', async () => {
    const user = await new_user();
    const authData = { id: fresh_name() };
    await user.linkWith('anonymous', { authData }, as(user));
    const linked = await Parse.User.logInWith('anonymous', { authData });
    assert.equal(linked.id, user.id);
    await linked._unlinkFrom('anonymous', as(linked));
    assert.notEqual((await Parse.User.logInWith('anonymous', { authData })).id, user.id);
  });

  it('are not linked to a second user', async () => {
    const authData = { id: fresh_name() };
    await Parse.User.logInWith('anonymous', { authData });
    const user = await new_user();
    await fails_with(Code.ACCOUNT_ALREADY_LINKED, () => user.linkWith('anonymous', { authData }, as(user)));
  });

  it('are no way in by an unknown provider', async () => {
    await fails_with(Code.UNSUPPORTED_SERVICE, () => Parse.User.logInWith('nonsense', { authData: { id: 'x' } }));
  });
});
