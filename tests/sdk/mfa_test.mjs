import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, query, with_master } from './client.mjs';
import { as, kPassword, new_user } from './accounts.mjs';
import { new_secret, totp } from './totp.mjs';

const { Error: Code } = Parse;

/** Turns MFA on for `user`; gives its recovery codes. */
async function set_up(user, secret) {
  await user.save({ authData: { mfa: { secret, token: totp(secret) } } }, as(user));
  return user.get('authDataResponse').mfa.recovery.split(', ');
}

// A login from the same installation ends the session before it; so requests go on with the user of the last login.
const login = (user, token) => Parse.User.logInWithAdditionalAuth(user.getUsername(), kPassword, { mfa: { token } });

describe('a second factor', () => {
  let user, secret, codes;
  before(async () => {
    user = await new_user();
    secret = new_secret();
    codes = await set_up(user, secret);
  });

  it('gives two recovery codes when it is set up', () => {
    assert.equal(codes.length, 2);
    assert.notEqual(codes[0], codes[1]);
  });

  it('is asked for at login', async () => {
    await fails_with(Code.OTHER_CAUSE, () => Parse.User.logIn(user.getUsername(), kPassword));
    assert.equal((await login(user, totp(secret))).id, user.id);
  });

  it('does not replace the password', async () => {
    await fails_with(Code.OBJECT_NOT_FOUND, () =>
      Parse.User.logInWithAdditionalAuth(user.getUsername(), 'wrong', { mfa: { token: totp(secret) } }));
  });

  it('refuses a wrong token', async () => {
    const wrong = String((Number(totp(secret)) + 1) % 1000000).padStart(6, '0');
    await fails_with(Code.SCRIPT_FAILED, () => login(user, wrong));
  });

  it('never shows its secret to the user', async () => {
    const seen = await query('_User').get(user.id, as(await login(user, totp(secret))));
    assert.deepEqual(seen.get('authData'), { mfa: { status: 'enabled' } });
  });

  it('is not taken away without a token', async () => {
    const session = as(await login(user, totp(secret)));
    await assert.rejects(() => user.save({ authData: { mfa: null } }, session), Parse.Error);
    await fails_with(Code.OTHER_CAUSE, () => Parse.User.logIn(user.getUsername(), kPassword));
  });

  it('takes each recovery code once', async () => {
    assert.equal((await login(user, codes[0])).id, user.id);
    await fails_with(Code.SCRIPT_FAILED, () => login(user, codes[0]));
    assert.equal((await login(user, codes[1])).id, user.id);
    await fails_with(Code.SCRIPT_FAILED, () => login(user, codes[1]));
  });

  it('is changed with the old token', async () => {
    const fresh = new_secret();
    const session = as(await login(user, totp(secret)));
    await fails_with(Code.SCRIPT_FAILED, () => user.save({ authData: { mfa: { secret: fresh, token: totp(fresh) } } }, session));
    await user.save({ authData: { mfa: { secret: fresh, token: totp(fresh), old: totp(secret) } } }, session);
    assert.equal((await login(user, totp(fresh))).id, user.id);
  });

  it('is taken away by the master key', async () => {
    await Parse.User.createWithoutData(user.id).save({ authData: { mfa: null } }, with_master);
    assert.equal((await Parse.User.logIn(user.getUsername(), kPassword)).id, user.id);
  });
});
