// Sessions: reading, changing and deleting them, and what the options about them change.
import { by, date, del, get, master, op, pointer, post, put, scenario, session_of, sign_up } from '../lib/scenario.mjs';

const kPath = '/sessions';
const kAccounts = ['_User', '_Session', '_Installation'];
const from = (installation) => ({ 'X-Parse-Installation-Id': installation });
const token = (text, options = {}) => ({ ...options, headers: { 'X-Parse-Session-Token': text } });
const login = (title, name, options) => post(title, '/login', { username: name, password: `secret of ${name}` }, options);
const kOld = 'r:0123456789abcdef0123456789abcdef';
const kEndless = 'r:fedcba9876543210fedcba9876543210';

const life = scenario('sessions', { profile: 'accounts', classes: kAccounts }, [
  sign_up('ann', 'bea'),
  get('me', `${kPath}/me`, {}, by('ann', { save: { ann_session: 'objectId' } })),
  get('me of the other', `${kPath}/me`, {}, by('bea', { save: { bea_session: 'objectId' } })),
  get('me without a session', `${kPath}/me`),
  get('me with an unknown session', `${kPath}/me`, {}, token(kOld)),
  get('me with a token of another form', `${kPath}/me`, {}, token('nonsense')),
  master.get('me by the master', `${kPath}/me`, {}),
  get('me with the master key and a session', `${kPath}/me`, {}, by('ann', { as: 'master' })),
  get('the list without a session', kPath),
  get('the list of ann', kPath, {}, by('ann')),
  get('the list through the class', '/classes/_Session', {}, by('ann')),
  get('the list through the class without a session', '/classes/_Session'),
  master.get('the list of the master', kPath, {}),
  get('the list of the read-only master', kPath, {}, { as: 'readOnly' }),
  get('the list of maintenance', kPath, {}, { as: 'maintenance' }),
  get('the list with the user included', kPath, { include: 'user' }, by('ann')),
  get('a where for another user', kPath, { where: { user: pointer('_User', '{{bea}}') } }, by('ann')),
  get('a where for another token', kPath, { where: { sessionToken: '{{bea_token}}' } }, by('ann')),
  get('a count', kPath, { count: 1, limit: 0 }, by('ann')),
  get('an $or over all', kPath, { where: { $or: [{ user: pointer('_User', '{{bea}}') }, { sessionToken: { $exists: true } }] } }, by('ann')),
  get('one', `${kPath}/{{ann_session}}`, {}, by('ann')),
  get('one of another', `${kPath}/{{bea_session}}`, {}, by('ann')),
  get('one without a session', `${kPath}/{{ann_session}}`),
  master.get('one by the master', `${kPath}/{{bea_session}}`, {}),
  get('one that is not there', `${kPath}/abcdefghij`, {}, by('ann')),
  post('creates without a session', kPath, {}),
  post('creates', kPath, { note: 'mine' }, by('ann', { save: { made_session: 'objectId', made_token: 'sessionToken' } })),
  get('what was created', `${kPath}/me`, {}, by('made')),
  post('creates with fields of the server', kPath, { user: pointer('_User', '{{bea}}'), sessionToken: kOld, expiresAt: date('2015-01-01T00:00:00.000Z'),
    createdWith: { action: 'x' }, installationId: 'phone-9' }, by('ann', { save: { forged_token: 'sessionToken' } })),
  get('what those fields became', `${kPath}/me`, {}, by('forged')),
  post('creates for another', kPath, { user: pointer('_User', '{{bea}}') }, by('ann')),
  post('creates with an ACL', kPath, { ACL: {} }, by('ann')),
  post('creates with an ACL null', kPath, { ACL: null }, by('ann')),
  post('creates with an id', kPath, { objectId: 'abcdefghij' }, by('ann')),
  post('creates through the class', '/classes/_Session', {}, by('ann')),
  post('creates by the read-only master', kPath, {}, { as: 'readOnly' }),
  put('updates', `${kPath}/{{ann_session}}`, { note: 'changed' }, by('ann')),
  get('the update', `${kPath}/me`, {}, by('ann')),
  put('updates one of another', `${kPath}/{{bea_session}}`, { note: 'x' }, by('ann')),
  put('updates without a session', `${kPath}/{{ann_session}}`, { note: 'x' }),
  ['user', 'installationId', 'sessionToken', 'expiresAt', 'createdWith', 'ACL'].flatMap((field) => [
    put(`sets ${field} to null`, `${kPath}/{{ann_session}}`, { [field]: null }, by('ann')),
    put(`deletes ${field}`, `${kPath}/{{ann_session}}`, { [field]: op('Delete') }, by('ann')),
    put(`sets ${field}`, `${kPath}/{{ann_session}}`, { [field]: { user: pointer('_User', '{{bea}}'), expiresAt: date('2015-01-01T00:00:00.000Z'), ACL: {}, createdWith: {} }[field] ?? 'x' }, by('ann'))]),
  put('sets the user to itself', `${kPath}/{{ann_session}}`, { user: pointer('_User', '{{ann}}') }, by('ann')),
  get('nothing of that came through', `${kPath}/me`, {}, by('ann')),
  put('the read-only master updates', `${kPath}/{{ann_session}}`, { note: 'x' }, { as: 'readOnly' }),
  master.put('the master updates', `${kPath}/{{bea_session}}`, { note: 'of the master' }),
  ['installationId', 'sessionToken', 'ACL'].map((field) =>
    master.put(`the master sets ${field}`, `${kPath}/{{bea_session}}`, { [field]: field === 'ACL' ? {} : 'x' })),
  post('a batch', '/batch', { requests: [
    { method: 'PUT', path: '/parse/sessions/{{ann_session}}', body: { expiresAt: null } },
    { method: 'DELETE', path: '/parse/sessions/{{bea_session}}' },
    { method: 'GET', path: '/parse/sessions/me' }] }, by('ann')),
  del('deletes one of another', `${kPath}/{{bea_session}}`, by('ann')),
  del('deletes without a session', `${kPath}/{{ann_session}}`),
  del('the read-only master deletes', `${kPath}/{{ann_session}}`, { as: 'readOnly' }),
  del('deletes another of its own', `${kPath}/{{made_session}}`, by('ann')),
  get('the deleted one fails', '/users/me', {}, by('made')),
  del('deletes its own', `${kPath}/{{ann_session}}`, by('ann')),
  get('its own is gone', '/users/me', {}, by('ann')),
  master.del('the master deletes', `${kPath}/{{bea_session}}`),
  get('the other is gone', '/users/me', {}, by('bea')),
  put('PUT me', `${kPath}/me`, {}, by('forged')),
  del('DELETE me', `${kPath}/me`, by('forged')),
]);

const made = scenario('sessions_made', { profile: 'accounts', classes: kAccounts }, [
  sign_up('ann'),
  master.post('the master makes an old one', kPath, { user: pointer('_User', '{{ann}}'), sessionToken: kOld, expiresAt: date('2015-01-01T00:00:00.000Z'), createdWith: { action: 'login' } }),
  get('an expired session', '/users/me', {}, token(kOld)),
  get('an expired session finds', '/classes/Nothing', {}, token(kOld)),
  get('me of an expired session', `${kPath}/me`, {}, token(kOld)),
  post('an expired session logs in', '/login', { username: 'ann', password: 'secret of ann' }, token(kOld)),
  post('an expired session logs out', '/logout', {}, token(kOld)),
  master.post('the master makes one without an end', kPath, { user: pointer('_User', '{{ann}}'), sessionToken: kEndless }),
  get('a session without an end', `${kPath}/me`, {}, token(kEndless)),
  get('it works', '/users/me', {}, token(kEndless)),
  master.post('the master makes one without a user', kPath, { sessionToken: 'r:00000000000000000000000000000001' }),
  get('a session without a user', '/users/me', {}, token('r:00000000000000000000000000000001')),
  master.post('the master makes one with an ACL', kPath, { user: pointer('_User', '{{ann}}'), ACL: {} }),
  master.post('the master makes an empty one', kPath, {}),
  master.post('the master makes one for nobody', kPath, { user: pointer('_User', 'abcdefghij'), sessionToken: 'r:00000000000000000000000000000002' }),
  get('a session of nobody', '/users/me', {}, token('r:00000000000000000000000000000002')),
]);

const installations = scenario('sessions_installations', { profile: 'accounts', classes: kAccounts }, [
  sign_up('ann'),
  login('logs in from one phone', 'ann', { headers: from('phone-1'), save: { one_token: 'sessionToken' } }),
  login('logs in from another', 'ann', { headers: from('phone-2'), save: { two_token: 'sessionToken' } }),
  login('logs in from the first again', 'ann', { headers: from('phone-1'), save: { three_token: 'sessionToken' } }),
  get('the first session of the first phone is gone', '/users/me', {}, by('one', { mask: ['error'] })),
  get('that of the other phone is there', `${kPath}/me`, {}, by('two')),
  get('the second of the first phone', `${kPath}/me`, {}, by('three')),
  get('those without an installation stay', `${kPath}/me`, {}, by('ann')),
  get('all of them', kPath, { order: 'createdAt' }, by('ann')),
  login('from cloud code', 'ann', { headers: from('cloud'), save: { cloud_token: 'sessionToken' } }),
  get('the session from cloud code', `${kPath}/me`, {}, by('cloud')),
  post('creates with an installation in the header', kPath, {}, by('ann', { headers: { 'X-Parse-Session-Token': '{{ann_token}}', ...from('phone-3') }, save: { four_token: 'sessionToken' } })),
  get('whether it has the installation', `${kPath}/me`, {}, by('four')),
  put('changes the password from a phone', '/users/{{ann}}', { password: 'new' }, { headers: { 'X-Parse-Session-Token': '{{two_token}}', ...from('phone-2') }, save: { five_token: 'sessionToken' } }),
  get('the session after that', `${kPath}/me`, {}, by('five')),
  put('changes the password from cloud code', '/users/{{ann}}', { password: 'newer' }, { headers: { 'X-Parse-Session-Token': '{{five_token}}', ...from('cloud') } }),
  master.get('the sessions after that', kPath, {}),
]);

const endless = scenario('sessions_options', { profile: 'sessions', classes: kAccounts }, [
  sign_up('ann'),
  get('a session that does not expire', `${kPath}/me`, {}, by('ann')),
  put('changes the password', '/users/{{ann}}', { password: 'second' }, by('ann', { save: { new_token: 'sessionToken' } })),
  get('the old session is still there', '/users/me', {}, by('ann')),
  get('and the new one', '/users/me', {}, by('new')),
  master.put('the master changes the password', '/users/{{ann}}', { password: 'third' }),
  get('the old session stays', '/users/me', {}, by('ann')),
]);

const short = scenario('sessions_short', { profile: 'open_users', classes: kAccounts }, [
  sign_up('ann'),
  get('a session of a day', `${kPath}/me`, {}, by('ann')),
  get('a user that all may read', '/users/{{ann}}'),
  get('the ACL of the user', '/users/me', {}, by('ann')),
  get('all may list', '/users', { order: 'username' }),
  post('signs up with an ACL', '/users', { username: 'bea', password: 'secret', ACL: {} }, { save: session_of('bea') }),
  get('the ACL given', '/users/me', {}, by('bea')),
  put('sets an ACL', '/users/{{ann}}', { ACL: {} }, by('ann')),
  get('the ACL after that', '/users/me', {}, by('ann')),
  post('signs up in mixed case', '/users', { username: 'CidName', password: 'secret', email: 'Cid@Example.COM' }, { save: session_of('cid') }),
  get('is stored in lower case', '/users/me', {}, by('cid')),
  post('logs in as given', '/login', { username: 'CidName', password: 'secret' }),
  post('logs in in lower case', '/login', { username: 'cidname', password: 'secret' }),
  post('logs in by the address as given', '/login', { email: 'Cid@Example.COM', password: 'secret' }),
  post('logs in by the address in lower case', '/login', { email: 'cid@example.com', password: 'secret' }),
  put('updates name and address', '/users/{{cid}}', { username: 'CID2', email: 'CID2@Example.com' }, by('cid')),
  get('updated in lower case', '/users/me', {}, by('cid')),
]);

export default [life, made, installations, endless, short];
