// For scenarios/cloud_users.mjs.
// The username of an anonymous user is not the same twice.
const see = (request, extra = {}) => ({ trigger: request.triggerName, username: request.object.get('authData') ? 'anonymous' : (request.object.get('username') ?? null), master: request.master,
  user: request.user?.get('username') ?? null, token: !!request.object.getSessionToken?.(), keys: Object.keys(request.object.toJSON()).sort(), ...extra });
const log = what => new Parse.Object('CloudSeen').save({ what: JSON.stringify(what) }, { useMasterKey: true });

Parse.Cloud.beforeLogin(async request => {
  if (request.object.get('mood') === 'refuse') throw 'no login today';
  if (request.object.get('mood') === 'code') throw new Parse.Error(4716, 'no login with a code');
  await log(see(request));
});
Parse.Cloud.afterLogin(async request => {
  if (request.object.get('mood') === 'after') throw 'after the login';
  await log(see(request));
});
Parse.Cloud.afterLogout(async request => log({ trigger: request.triggerName, keys: Object.keys(request.object.toJSON()).sort(), user: request.user?.get('username') ?? null }));
Parse.Cloud.beforeSave(Parse.User, async request => {
  if (request.object.get('mood') === 'no signup') throw 'no signup';
  if (!request.original) request.object.set('greeting', `hello ${request.object.get('username')}`);
  if (request.object.get('mood') === 'password') request.object.set('password', 'set by the trigger');
});
Parse.Cloud.afterSave(Parse.User, async request => {
  await log(see(request, { created: !request.original }));
});
Parse.Cloud.beforeDelete(Parse.User, ({ object }) => { if (object.get('mood') === 'stay') throw 'stays'; });
Parse.Cloud.beforeSave('_Role', ({ object }) => { object.set('label', `role ${object.get('name')}`); });
Parse.Cloud.beforeSave('_Installation', ({ object }) => { object.set('seen', true); });
