// Logging in by a third party: anonymous users, linking and unlinking, and what is refused.
import { by, get, master, op, post, put, scenario, session_of } from '../lib/scenario.mjs';

const kUsers = '/users';
const kAccounts = ['_User', '_Session'];
const kFirst = '11111111-2222-3333-4444-555555555555';
const kSecond = '66666666-7777-8888-9999-000000000000';
const anonymous = (id) => ({ authData: { anonymous: { id } } });
const signup = (title, body, options) => post(title, kUsers, body, options);

const anonymous_users = scenario('anonymous_users', { profile: 'accounts', classes: kAccounts }, [
  signup('an anonymous user', anonymous(kFirst), { save: session_of('ann') }),
  get('what it is', `${kUsers}/me`, {}, by('ann')),
  get('its session', '/sessions/me', {}, by('ann')),
  master.get('what the master sees', `${kUsers}/{{ann}}`, {}),
  signup('the same again logs in', anonymous(kFirst), { save: { again_token: 'sessionToken' } }),
  get('the session of a second login', '/sessions/me', {}, by('again')),
  signup('the same with other fields', { ...anonymous(kFirst), level: 3 }),
  get('the other fields were not saved', `${kUsers}/me`, {}, by('ann')),
  signup('another', anonymous(kSecond), { save: session_of('bea') }),
  signup('with a session of another user', anonymous(kSecond), by('ann')),
  signup('with its own session', anonymous(kFirst), by('ann')),
  post('by the login route', '/login', anonymous(kFirst)),
  put('links what another has', `${kUsers}/{{ann}}`, anonymous(kSecond), by('ann')),
  put('links the same', `${kUsers}/{{ann}}`, anonymous(kFirst), by('ann')),
  put('becomes a user with a name', `${kUsers}/{{ann}}`, { username: 'ann', password: 'secret' }, by('ann', { save: { named_token: 'sessionToken' } })),
  get('it is still anonymous', `${kUsers}/me`, {}, by('named')),
  put('unlinks', `${kUsers}/{{ann}}`, { authData: { anonymous: null } }, by('named')),
  get('without authData', `${kUsers}/me`, {}, by('named')),
  put('unlinks again', `${kUsers}/{{ann}}`, { authData: { anonymous: null } }, by('named')),
  post('logs in with the name', '/login', { username: 'ann', password: 'secret' }),
  put('links again', `${kUsers}/{{ann}}`, anonymous(kFirst), by('named')),
  get('with authData again', `${kUsers}/me`, {}, by('named')),
  put('unlinks and names itself at once', `${kUsers}/{{bea}}`, { authData: { anonymous: null }, username: 'bea', password: 'secret' }, by('bea', { save: { bea_new_token: 'sessionToken' } })),
  get('what came of it', `${kUsers}/me`, {}, by('bea_new')),
  signup('name, password and authData', { username: 'cid', password: 'secret', ...anonymous('33333333-3333-3333-3333-333333333333') }, { save: session_of('cid') }),
  get('the session of all three', '/sessions/me', {}, by('cid')),
  signup('a name with authData and no password', { username: 'dan', ...anonymous('44444444-4444-4444-4444-444444444444') }, { save: session_of('dan') }),
  get('the user without a password', `${kUsers}/me`, {}, by('dan')),
  post('it cannot log in', '/login', { username: 'dan', password: 'x' }),
  signup('a name that is taken with authData', { username: 'ANN', ...anonymous('55555555-5555-5555-5555-555555555555') }),
  master.put('the master locks it out', `${kUsers}/{{dan}}`, { ACL: {} }),
  signup('a locked user by authData', anonymous('44444444-4444-4444-4444-444444444444')),
  put('authData of another by its owner alone', `${kUsers}/{{cid}}`, { authData: { anonymous: null } }, by('ann')),
  put('a dotted authData', `${kUsers}/{{cid}}`, { 'authData.anonymous.id': 'x' }, by('cid')),
  put('authData deleted', `${kUsers}/{{cid}}`, { authData: op('Delete') }, by('cid')),
  put('authData null', `${kUsers}/{{cid}}`, { authData: null }, by('cid')),
  put('authData empty', `${kUsers}/{{cid}}`, { authData: {} }, by('cid')),
  master.put('the master unlinks', `${kUsers}/{{cid}}`, { authData: { anonymous: null } }),
  master.get('what the master left', `${kUsers}/{{cid}}`, {}),
]);

const kRefused = {
  'authData null': { authData: null },
  'authData empty': { authData: {} },
  'authData a text': { authData: 'x' },
  'authData a number': { authData: 5 },
  'authData a list': { authData: [] },
  'a provider that is null': { authData: { anonymous: null } },
  'a provider that is empty': { authData: { anonymous: {} } },
  'a provider that is a text': { authData: { anonymous: 'x' } },
  'a provider that is a number': { authData: { anonymous: 5 } },
  'an empty id': { authData: { anonymous: { id: '' } } },
  'an id that is null': { authData: { anonymous: { id: null } } },
  'an id that is a number': { authData: { anonymous: { id: 5 } } },
  'an id that is an object': { authData: { anonymous: { id: { $gt: '' } } } },
  'no id': { authData: { anonymous: { other: 'x' } } },
  'an unknown provider': { authData: { nonsense: { id: 'x' } } },
  'an unknown provider with a bad id': { authData: { nonsense: { id: { $gt: '' } } } },
  'a provider called __proto__': JSON.parse('{"authData":{"__proto__":{"id":"x"}}}'),
  'a provider called constructor': { authData: { constructor: { id: 'x' } } },
  'a provider with a dot': { authData: { 'a.b': { id: 'x' } } },
  'an unknown provider beside a known one': { authData: { anonymous: { id: 'aaaaaaaa-0000-0000-0000-000000000000' }, nonsense: { id: 'x' } } },
  'an unknown provider that is null': { authData: { nonsense: null } },
};

const refused = scenario('auth_data_refused', { profile: 'accounts', classes: kAccounts }, [
  signup('signs up', { username: 'ann', password: 'secret' }, { save: session_of('ann') }),
  Object.entries(kRefused).map(([title, body]) => signup(`${title} alone`, body)),
  Object.entries(kRefused).map(([title, body], index) => signup(`${title} with a password`, { username: `user${index}`, password: 'x', ...body })),
  Object.entries(kRefused).map(([title, body]) => put(`${title} in an update`, `${kUsers}/{{ann}}`, body, by('ann'))),
  get('what the user has', `${kUsers}/me`, {}, by('ann')),
]);

const off = scenario('anonymous_off', { profile: 'sessions', classes: kAccounts }, [
  signup('an anonymous user', anonymous(kFirst)),
  signup('an anonymous user with a name', { username: 'ann', password: 'secret', ...anonymous(kFirst) }),
  signup('a user', { username: 'ann', password: 'secret' }, { save: session_of('ann') }),
  put('links', `${kUsers}/{{ann}}`, anonymous(kFirst), by('ann')),
]);

export default [anonymous_users, refused, off];
