// Many clients at once, and what the time of an answer gives away.
import { describe, it } from 'node:test';
import { Parse, assert, query, with_master } from './client.mjs';
import { as, fresh_name, kPassword, new_user, rest } from './accounts.mjs';
import { new_secret, totp } from './totp.mjs';

const kParallel = 50;
const kUses = 20;
const kTimings = 110;

const at_once = (count, action) => Promise.all(Array.from({ length: count }, (_, index) => action(index)));
const count_of = (answers, code) => answers.filter(({ body }) => body.code === code).length;

describe('many at once', () => {
  it('one name makes one user', async () => {
    const username = fresh_name('race');
    const answers = await at_once(kParallel, (index) =>
      rest('POST', '/users', { username: index % 2 ? username : username.toUpperCase(), password: kPassword }));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(count_of(answers, Parse.Error.USERNAME_TAKEN), kParallel - 1);
    assert.equal(await query('_User').matches('username', username, 'i').count(with_master), 1);
  });

  it('one address makes one user', async () => {
    const email = `${fresh_name('race')}@example.com`;
    const answers = await at_once(kParallel, () => rest('POST', '/users', { username: fresh_name(), password: kPassword, email }));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(count_of(answers, Parse.Error.EMAIL_TAKEN), kParallel - 1);
  });

  it('one id of a provider makes one user', async () => {
    const id = fresh_name('race');
    const answers = await at_once(kParallel, () => rest('POST', '/users', { authData: { anonymous: { id } } }));
    const users = new Set(answers.map(({ body }) => body.objectId).filter(Boolean));
    assert.equal(users.size, 1);
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.ok(answers.every(({ status, body }) => status < 300 || body.code === Parse.Error.ACCOUNT_ALREADY_LINKED),
      JSON.stringify(answers.map(({ body }) => body.error)));
  });

  it('one recovery code logs in once', async () => {
    const user = await new_user('race');
    const secret = new_secret();
    await user.save({ authData: { mfa: { secret, token: totp(secret) } } }, as(user));
    const [token] = user.get('authDataResponse').mfa.recovery.split(', ');
    const answers = await at_once(kUses, () =>
      rest('POST', '/login', { username: user.getUsername(), password: kPassword, authData: { mfa: { token } } }));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, JSON.stringify(answers.map(({ body }) => body.error)));
    assert.equal(count_of(answers, Parse.Error.SCRIPT_FAILED), kUses - 1);
  });

  it('one name of a role makes one role', async () => {
    const name = fresh_name('Race');
    const answers = await at_once(kParallel, () => rest('POST', '/roles', { name, ACL: {} }));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(count_of(answers, Parse.Error.DUPLICATE_VALUE), kParallel - 1);
  });
});

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];

async function time_of(body) {
  const start = performance.now();
  const answer = await rest('POST', '/login', body);
  assert.deepEqual(answer, { status: 404, body: { code: Parse.Error.OBJECT_NOT_FOUND, error: 'Invalid username/password.' } });
  return performance.now() - start;
}

describe('the time of a failed login', () => {
  it('does not tell unknown users, users without a password and known ones apart', async () => {
    const user = await new_user('timing');
    const bare = await rest('POST', '/users', { username: fresh_name('bare'), authData: { anonymous: { id: fresh_name() } } });
    const { username } = (await rest('GET', '/users/me', undefined, { 'X-Parse-Session-Token': bare.body.sessionToken })).body;
    const times = { known: [], unknown: [], bare: [] };
    for (let turn = 0; turn < kTimings; ++turn) {
      times.known.push(await time_of({ username: user.getUsername(), password: 'wrong' }));
      times.unknown.push(await time_of({ username: fresh_name('nobody'), password: 'wrong' }));
      times.bare.push(await time_of({ username, password: 'wrong' }));
    }
    const known = median(times.known);
    for (const kind of ['unknown', 'bare']) {
      const ratio = median(times[kind]) / known;
      assert.ok(ratio > 0.9 && ratio < 1.1, `${kind}: ${median(times[kind]).toFixed(2)} ms, known: ${known.toFixed(2)} ms`);
    }
  });
});
