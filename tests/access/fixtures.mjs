// What the matrix asks: each fixture makes what one request needs and gives `{path, params, sessions}`: values for the
// parameters of the route, the body or query, and session tokens that replace those of the callers.
import { randomBytes } from 'node:crypto';
import { send } from '../support/http.mjs';

const kPassword = 'secret';
const fresh = (start) => `${start}_${randomBytes(6).toString('hex')}`;

/** Requests with the master key that must succeed. */
function admin({ url, keys }) {
  return async (method, path, body) => {
    const headers = { 'X-Parse-Application-Id': keys.appId, 'X-Parse-Master-Key': keys.masterKey, 'Content-Type': 'application/json' };
    const answer = await send({ url: url + path, method, headers, body: body && JSON.stringify(body) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  };
}

/** A session that costs no password hash. */
const session_of = async (ask, id) => (await ask('POST', '/loginAs', { userId: id })).sessionToken;

async function make_user(ask, start) {
  const username = fresh(start);
  const { objectId } = await ask('POST', '/users', { username, password: kPassword });
  return { id: objectId, username, token: await session_of(ask, objectId) };
}

const right = (...letters) => Object.fromEntries(letters.map((letter) => [letter, true]));

/** Makes the callers and what all cells share. */
export async function open_world(server) {
  const ask = admin(server);
  const [user, other, member] = [await make_user(ask, 'user'), await make_user(ask, 'other'), await make_user(ask, 'member')];
  const role = fresh('Team');
  await ask('POST', '/roles', { name: role, ACL: { '*': right('read') },
    users: { __op: 'AddRelation', objects: [{ __type: 'Pointer', className: '_User', objectId: member.id }] } });
  const all = { '*': true };
  await ask('POST', '/schemas/Guarded', { classLevelPermissions: { find: all, get: all, count: all, update: all, delete: all,
    addField: all, create: { requiresAuthentication: true } } });
  return { ask, role, users: { user, other, member } };
}

const guarded_acl = ({ users, role }) => ({ [users.user.id]: right('read', 'write'), [`role:${role}`]: right('read') });

async function guarded_object(world) {
  const { objectId } = await world.ask('POST', '/classes/Guarded', { n: 1, ACL: guarded_acl(world) });
  return objectId;
}

/** A user of this cell alone, who takes the place of the caller "user". */
async function lone_user({ ask }) {
  const { objectId } = await ask('POST', '/users', { authData: { anonymous: { id: fresh('lone') } } });
  return { path: { id: objectId }, params: {}, sessions: { user: await session_of(ask, objectId) } };
}

async function new_sessions({ ask, users }) {
  const sessions = {};
  for (const [name, { id }] of Object.entries(users)) sessions[name] = await session_of(ask, id);
  return sessions;
}

/** A webhook that nobody calls here. */
const kHook = 'http://127.0.0.1:9/hook';

export const kFixtures = {
  empty: async () => ({ params: {} }),
  guarded_list: async (world) => ({ path: { class: 'Guarded' }, params: { where: { objectId: await guarded_object(world) } } }),
  guarded: async (world) => ({ path: { class: 'Guarded', id: await guarded_object(world) }, params: {}, change: { n: 2 } }),
  guarded_new: async () => ({ path: { class: 'Guarded' }, params: { n: 1 } }),
  user_list: async ({ users }) => ({ params: { where: { objectId: users.user.id } } }),
  own_user: async ({ users }) => ({ path: { id: users.user.id }, params: {}, change: { nickname: 'x' } }),
  lone_user,
  new_user: async () => ({ params: { username: fresh('new'), password: kPassword } }),
  password: async ({ users }) => ({ params: { username: users.user.username, password: kPassword } }),
  login_as: async ({ users }) => ({ params: { userId: users.other.id } }),
  address: async () => ({ params: { email: 'somebody@example.com' } }),
  fresh_sessions: async (world) => ({ params: {}, sessions: await new_sessions(world) }),
  own_session: async ({ ask, users }) => {
    const token = await session_of(ask, users.user.id);
    const where = encodeURIComponent(JSON.stringify({ sessionToken: token }));
    const { results } = await ask('GET', `/sessions?where=${where}`);
    return { path: { id: results[0].objectId }, params: {}, change: { note: 'x' }, sessions: { user: token } };
  },
  role_list: async ({ role }) => ({ params: { where: { name: role } } }),
  role: async ({ ask, users }) => {
    const acl = { '*': right('read'), [users.user.id]: right('read', 'write') };
    return { path: { id: (await ask('POST', '/roles', { name: fresh('R'), ACL: acl })).objectId }, params: {}, change: { note: 'x' } };
  },
  new_role: async () => ({ params: { name: fresh('R'), ACL: { '*': right('read') } } }),
  installation: async ({ ask }) => {
    const made = await ask('POST', '/installations', { installationId: fresh('i'), deviceType: 'ios' });
    return { path: { id: made.objectId }, params: {}, change: { badge: 1 } };
  },
  new_installation: async () => ({ params: { installationId: fresh('i'), deviceType: 'ios' } }),
  pipeline: async () => ({ path: { class: 'Guarded' }, params: { pipeline: [{ $count: 'n' }] } }),
  params: async () => ({ params: { params: { a: 1 } } }),
  new_schema: async () => ({ params: { className: fresh('Made') } }),
  new_named_schema: async () => ({ path: { class: fresh('Made') }, params: {} }),
  schema: async ({ ask }) => {
    const name = fresh('Made');
    await ask('POST', `/schemas/${name}`, {});
    return { path: { class: name }, params: {} };
  },
  named: async () => ({ path: { name: 'missing' }, params: {} }),
  job_in_body: async () => ({ params: { jobName: 'missing' } }),
  new_schedule: async () => ({ params: { job_schedule: { description: 'x' } } }),
  schedule: async ({ ask }) => {
    const { objectId } = await ask('POST', '/cloud_code/jobs', { job_schedule: { description: 'x' } });
    return { path: { id: objectId }, params: {}, change: { job_schedule: { description: 'y' } } };
  },
  new_function_hook: async () => ({ params: { functionName: fresh('hook'), url: kHook } }),
  new_trigger_hook: async () => ({ params: { className: fresh('Hooked'), triggerName: 'afterSave', url: kHook } }),
  function_hook: async ({ ask }) => {
    const functionName = fresh('hook');
    await ask('POST', '/hooks/functions', { functionName, url: kHook });
    return { path: { functionName }, params: {}, change: { url: kHook } };
  },
  trigger_hook: async ({ ask }) => {
    const declared = { className: fresh('Hooked'), triggerName: 'afterSave' };
    await ask('POST', '/hooks/triggers', { ...declared, url: kHook });
    return { path: declared, params: {}, change: { url: kHook } };
  },
  event: async () => ({ path: { name: 'Opened' }, params: {} }),
  batch: async ({ mount }) => ({ params: { requests: [{ method: 'GET', path: `${mount}/config` }] } }),
};
