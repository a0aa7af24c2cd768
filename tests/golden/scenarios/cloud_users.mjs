// Triggers of users: signing up, logging in and out; and of roles and installations.
import { by, del, get, master, post, put, scenario, session_of } from '../lib/scenario.mjs';

const sign_up = (name, rest = {}, options = {}) => post(`signs ${name} up`, '/users', { username: name, password: `secret of ${name}`, ...rest }, { save: session_of(name), ...options });
const log_in = (title, name, password = `secret of ${name}`) => get(title, '/login', { username: name, password }, { save: { [`${name}_token`]: 'sessionToken' } });
const log = (title) => master.get(title, '/classes/CloudSeen', { order: 'createdAt', keys: 'what' });

export default [scenario('cloud_users', { profile: 'cloud', classes: ['CloudSeen', '_User', '_Session', '_Role', '_Installation'] }, [
  sign_up('ann'),
  sign_up('nina', { mood: 'no signup' }, { save: undefined }),
  sign_up('pam', { mood: 'password' }),
  log('what was seen of signups'),
  log_in('ann logs in', 'ann'),
  get('pam logs in with what she chose', '/login', { username: 'pam', password: 'secret of pam' }),
  get('pam logs in with what the trigger chose', '/login', { username: 'pam', password: 'set by the trigger' }),
  get('a wrong password', '/login', { username: 'ann', password: 'wrong' }),
  log('what was seen of logins'),
  put('ann refuses to log in', '/users/{{ann}}', { mood: 'refuse' }, by('ann')),
  get('a refused login', '/login', { username: 'ann', password: 'secret of ann' }),
  put('ann refuses with a code', '/users/{{ann}}', { mood: 'code' }, by('ann')),
  get('a login refused with a code', '/login', { username: 'ann', password: 'secret of ann' }),
  put('ann fails after the login', '/users/{{ann}}', { mood: 'after' }, by('ann')),
  get('a login that fails after', '/login', { username: 'ann', password: 'secret of ann' }),
  put('ann is well again', '/users/{{ann}}', { mood: 'well' }, by('ann')),
  get('verifies the password', '/verifyPassword', { username: 'ann', password: 'secret of ann' }),
  master.post('logs in as ann', '/loginAs', { userId: '{{ann}}' }),
  post('ann logs out', '/logout', {}, by('ann')),
  post('logs out again', '/logout', {}, by('ann')),
  log('what was seen of the rest'),
  post('an anonymous user', '/users', { authData: { anonymous: { id: 'cloud-anonymous-1' } } }),
  post('the anonymous user again', '/users', { authData: { anonymous: { id: 'cloud-anonymous-1' } } }, { status_only: true }),
  log_in('ann logs in again', 'ann'),
  put('ann stays', '/users/{{ann}}', { mood: 'stay' }, by('ann')),
  del('deletes ann', '/users/{{ann}}', by('ann')),
  put('ann goes', '/users/{{ann}}', { mood: 'go' }, by('ann')),
  del('deletes ann for good', '/users/{{ann}}', by('ann')),
  post('a role', '/roles', { name: 'CloudRole', ACL: { '*': { read: true } } }),
  post('an installation', '/installations', { deviceType: 'ios', installationId: 'cloud-installation' }),
  post('the same installation', '/installations', { deviceType: 'ios', installationId: 'cloud-installation', badge: 1 }),
])];
