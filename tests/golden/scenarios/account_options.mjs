// What the account options change: password policy, lockout, and verified addresses. No mail is read here.
import { by, get, master, op, post, put, scenario, session_of } from '../lib/scenario.mjs';

const kUsers = '/users';
const kAccounts = ['_User', '_Session'];
const signup = (title, body, options) => post(title, kUsers, body, options);
const login = (title, body, options) => post(title, '/login', body, options);
const kInternal = ['_hashed_password', 'password', '_email_verify_token', '_perishable_token', '_password_history.*'];

const policy = scenario('password_policy', { profile: 'password_policy', classes: kAccounts }, [
  signup('too short', { username: 'ann', password: 'Ab1' }),
  signup('no capital', { username: 'ann', password: 'abcdefg1' }),
  signup('holds the name', { username: 'ann', password: 'Xannx123' }),
  signup('holds the name in another case', { username: 'ann', password: 'XANNx123' }, { save: session_of('ann') }),
  signup('an empty one', { username: 'bea', password: '' }),
  signup('a bad password and a taken name', { username: 'ann', password: 'x' }),
  signup('a bad password and a bad address', { username: 'bea', password: 'x', email: 'nowhere' }),
  master.post('a bad one by the master', kUsers, { username: 'bea', password: 'x' }),
  login('logs in', { username: 'ann', password: 'XANNx123' }),
  put('a bad one', `${kUsers}/{{ann}}`, { password: 'x' }, by('ann')),
  put('one that holds the name', `${kUsers}/{{ann}}`, { password: 'Xannx123' }, by('ann')),
  put('an empty one in an update', `${kUsers}/{{ann}}`, { password: '' }, by('ann')),
  put('the same', `${kUsers}/{{ann}}`, { password: 'XANNx123' }, by('ann')),
  get('the session is still there', `${kUsers}/me`, {}, by('ann')),
  put('the second', `${kUsers}/{{ann}}`, { password: 'Second11' }, by('ann', { save: { two_token: 'sessionToken' } })),
  put('the first again', `${kUsers}/{{ann}}`, { password: 'XANNx123' }, by('two')),
  put('the third', `${kUsers}/{{ann}}`, { password: 'Third111' }, by('two', { save: { three_token: 'sessionToken' } })),
  put('the first again, after two', `${kUsers}/{{ann}}`, { password: 'XANNx123' }, by('three')),
  put('the fourth', `${kUsers}/{{ann}}`, { password: 'Fourth11' }, by('three', { save: { four_token: 'sessionToken' } })),
  put('the first again, after three', `${kUsers}/{{ann}}`, { password: 'XANNx123' }, by('four', { save: { five_token: 'sessionToken' } })),
  master.put('the master sets one of the last', `${kUsers}/{{ann}}`, { password: 'Fourth11' }),
  put('another field needs no password', `${kUsers}/{{ann}}`, { level: 1 }, by('five')),
  signup('anonymous users need none', { authData: { anonymous: { id: '11111111-2222-3333-4444-555555555555' } } }),
]);

const aged = scenario('password_age', { profile: 'password_age', classes: kAccounts }, [
  signup('signs up', { username: 'ann', password: 'secret' }, { save: session_of('ann') }),
  login('logs in', { username: 'ann', password: 'secret' }),
  put('maintenance sets the time back', `${kUsers}/{{ann}}`, { _password_changed_at: { __type: 'Date', iso: '2015-01-01T00:00:00.000Z' } }, { as: 'maintenance' }),
  login('an old password', { username: 'ann', password: 'secret' }),
  login('an old password that is wrong', { username: 'ann', password: 'wrong' }),
  login('an old password, by the master', { username: 'ann', password: 'secret' }, { as: 'master' }),
  post('verifies an old password', '/verifyPassword', { username: 'ann', password: 'secret' }),
  get('a session goes on', `${kUsers}/me`, {}, by('ann')),
  master.put('the master sets a new one', `${kUsers}/{{ann}}`, { password: 'fresh' }),
  login('the new one', { username: 'ann', password: 'fresh' }),
]);

const kLogins = (name, password, count) => Array.from({ length: count }, (_, index) =>
  login(`${name} with ${password}, ${index + 1}`, { username: name, password }));

const lockout = scenario('account_lockout', { profile: 'lockout', classes: kAccounts }, [
  signup('signs ann up', { username: 'ann', password: 'secret', email: 'ann@example.com' }, { save: session_of('ann') }),
  signup('signs bea up', { username: 'bea', password: 'secret' }, { save: session_of('bea') }),
  kLogins('ann', 'wrong', 2),
  login('the right one resets the count', { username: 'ann', password: 'secret' }),
  kLogins('ann', 'bad', 5),
  login('the right one is refused', { username: 'ann', password: 'secret' }),
  login('by address too', { email: 'ann@example.com', password: 'secret' }),
  post('verifyPassword too', '/verifyPassword', { username: 'ann', password: 'secret' }),
  login('the master too', { username: 'ann', password: 'secret' }, { as: 'master' }),
  get('a session goes on', `${kUsers}/me`, {}, by('ann')),
  login('another user is not locked', { username: 'bea', password: 'secret' }),
  kLogins('nobody', 'wrong', 4),
  post('verifyPassword counts', '/verifyPassword', { username: 'bea', password: 'wrong' }),
  post('verifyPassword counts twice', '/verifyPassword', { username: 'bea', password: 'wrong' }),
  post('verifyPassword counts three times', '/verifyPassword', { username: 'bea', password: 'wrong' }),
  login('bea is locked', { username: 'bea', password: 'secret' }),
  put('maintenance unlocks bea', `${kUsers}/{{bea}}`, { _failed_login_count: 0, _account_lockout_expires_at: op('Delete') }, { as: 'maintenance' }),
  login('bea logs in', { username: 'bea', password: 'secret' }),
  put('maintenance sets the end of the lock back', `${kUsers}/{{ann}}`, { _account_lockout_expires_at: { __type: 'Date', iso: '2015-01-01T00:00:00.000Z' } }, { as: 'maintenance' }),
  login('ann logs in', { username: 'ann', password: 'secret' }),
]);

const verified = scenario('verified_addresses', { profile: 'verify', classes: kAccounts }, [
  signup('signs up with an address', { username: 'ann', password: 'secret', email: 'ann@example.com' }, { save: session_of('ann') }),
  master.get('what was stored', `${kUsers}/{{ann}}`, {}),
  login('logs in before', { username: 'ann', password: 'secret' }),
  login('a wrong password before', { username: 'ann', password: 'wrong' }),
  login('by address before', { email: 'ann@example.com', password: 'secret' }),
  post('verifyPassword before', '/verifyPassword', { username: 'ann', password: 'secret' }),
  post('verifyPassword, asked not to look', '/verifyPassword', { username: 'ann', password: 'secret', ignoreEmailVerification: true }),
  post('verifyPassword by the master, asked not to look', '/verifyPassword', { username: 'ann', password: 'secret', ignoreEmailVerification: true }, { as: 'master' }),
  login('by the master before', { username: 'ann', password: 'secret' }, { as: 'master' }),
  login('by the master, asked not to look', { username: 'ann', password: 'secret', ignoreEmailVerification: true }, { as: 'master' }),
  login('asked not to look', { username: 'ann', password: 'secret', ignoreEmailVerification: true }),
  signup('signs up without an address', { username: 'bea', password: 'secret' }, { save: session_of('bea') }),
  login('logs in without an address', { username: 'bea', password: 'secret' }),
  signup('an anonymous user', { authData: { anonymous: { id: '11111111-2222-3333-4444-555555555555' } } }, { save: session_of('cid') }),
  signup('an anonymous user again', { authData: { anonymous: { id: '11111111-2222-3333-4444-555555555555' } } }, { save: { cid_token: 'sessionToken' } }),
  put('the anonymous user gets an address', `${kUsers}/{{cid}}`, { email: 'cid@example.com' }, by('cid')),
  master.get('what that did', `${kUsers}/{{cid}}`, {}),
  post('loginAs', '/loginAs', { userId: '{{ann}}' }, { as: 'master', save: { as_token: 'sessionToken' } }),
  get('a session before', `${kUsers}/me`, {}, by('as')),
  put('emailVerified by ann', `${kUsers}/{{ann}}`, { emailVerified: true }, by('as')),
  post('asks for another mail', '/verificationEmailRequest', { email: 'ann@example.com' }),
  post('asks for a mail to an unknown address', '/verificationEmailRequest', { email: 'nobody@example.com' }),
  post('asks without an address', '/verificationEmailRequest', {}),
  post('asks with a number', '/verificationEmailRequest', { email: 5 }),
  post('asks with an object', '/verificationEmailRequest', { email: { $ne: '' } }),
  post('asks for a reset', '/requestPasswordReset', { email: 'ann@example.com' }),
  post('asks for a reset of an unknown address', '/requestPasswordReset', { email: 'nobody@example.com' }),
  post('asks for a reset without an address', '/requestPasswordReset', {}),
  post('asks for a reset with a number', '/requestPasswordReset', { email: 5 }),
  post('asks for a reset with an object', '/requestPasswordReset', { email: { $ne: '' } }),
  post('asks for a reset with an unknown token', '/requestPasswordReset', { token: 'nonsense' }),
  post('asks for a reset with a token that is an object', '/requestPasswordReset', { token: { $ne: '' } }),
  master.put('the master verifies', `${kUsers}/{{ann}}`, { emailVerified: true }),
  login('logs in after', { username: 'ann', password: 'secret' }, { save: { after_token: 'sessionToken' } }),
  post('asks for a mail when verified', '/verificationEmailRequest', { email: 'ann@example.com' }),
  put('changes the address', `${kUsers}/{{ann}}`, { email: 'new@example.com' }, by('after')),
  get('it is not verified any more', `${kUsers}/me`, {}, by('after')),
  login('logs in with the new one', { username: 'ann', password: 'secret' }),
  put('sets the same address', `${kUsers}/{{ann}}`, { email: 'new@example.com' }, by('after')),
  get('maintenance sees what is stored', `${kUsers}/{{ann}}`, {}, { as: 'maintenance', mask: kInternal }),
  put('the address deleted', `${kUsers}/{{ann}}`, { email: op('Delete') }, by('after')),
  get('without an address', `${kUsers}/me`, {}, by('after')),
]);

const strict = scenario('verified_signup', { profile: 'verify_signup', classes: kAccounts }, [
  signup('signs up', { username: 'ann', password: 'secret', email: 'ann@example.com' }),
  master.get('the user is there', kUsers, {}, { save: { ann: 'results.0.objectId' } }),
  signup('signs up without an address', { username: 'bea', password: 'secret' }),
  signup('an anonymous user', { authData: { anonymous: { id: '11111111-2222-3333-4444-555555555555' } } }),
  master.post('the master makes a user', kUsers, { username: 'cid', password: 'secret', email: 'cid@example.com' }),
  master.post('the master makes a verified user', kUsers, { username: 'dan', password: 'secret', email: 'dan@example.com', emailVerified: true }),
  login('a verified user', { username: 'dan', password: 'secret' }),
  post('asks for a mail to an unknown address', '/verificationEmailRequest', { email: 'nobody@example.com' }),
  post('asks for a mail', '/verificationEmailRequest', { email: 'ann@example.com' }),
  post('asks for a mail when verified', '/verificationEmailRequest', { email: 'dan@example.com' }),
  post('asks for a reset of an unknown address', '/requestPasswordReset', { email: 'nobody@example.com' }),
]);

const unmailed = scenario('mail_missing', { profile: 'accounts', classes: kAccounts }, [
  post('asks for a reset', '/requestPasswordReset', { email: 'ann@example.com' }),
  post('asks for a reset without an address', '/requestPasswordReset', {}),
  post('asks for a mail', '/verificationEmailRequest', { email: 'ann@example.com' }),
]);

const kMfa = {
  'no secret': { token: '123456' },
  'no token': { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
  'a short secret': { secret: 'JBSWY3DP', token: '123456' },
  'a wrong token': { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', token: '000000' },
  'a secret that is a number': { secret: 5, token: '123456' },
  'a token that is a number': { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', token: 5 },
  'a mobile': { mobile: '+15555555555' },
  'an old token': { old: '123456', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', token: '123456' },
  'nothing': {},
  'null': null,
};
const mfa = scenario('mfa_refused', { profile: 'mfa', classes: kAccounts }, [
  signup('signs up', { username: 'ann', password: 'secret' }, { save: session_of('ann') }),
  Object.entries(kMfa).map(([title, data]) => put(`sets up with ${title}`, `${kUsers}/{{ann}}`, { authData: { mfa: data } }, by('ann'))),
  signup('signs up by it alone', { authData: { mfa: { id: 'x', token: '123456' } } }),
  login('logs in with a token nobody asked for', { username: 'ann', password: 'secret', authData: { mfa: { token: '123456' } } }),
  get('what the user has', `${kUsers}/me`, {}, by('ann')),
]);

export default [policy, aged, lockout, verified, strict, unmailed, mfa];
