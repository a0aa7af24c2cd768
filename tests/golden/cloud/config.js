// Around PUT /config.
/* global Parse */
let seen = [];

function shown(config) {
  return config && { is_config: config instanceof Parse.Config, attributes: Object.fromEntries(Object.entries(config.attributes).map(
    ([key, value]) => [key, value instanceof Date ? 'a Date' : value instanceof Parse.Object ? 'an object' : value])) };
}

function remember(request) {
  const { object, original, triggerName, master, installationId, context, ip } = request;
  seen.push({ triggerName, master, installationId, ip, context: { ...context }, object: shown(object), original: shown(original), user: !!request.user,
    members: Object.keys(request).sort().join(' ') });
}

Parse.Cloud.beforeSave(Parse.Config, request => {
  remember(request);
  const { attributes } = request.object;
  request.context.before = true;
  if (attributes.refuse === 'text') throw 'not so';
  if (attributes.refuse === 'error') throw new Parse.Error(1404, 'none');
  if (attributes.refuse === 'nothing') throw undefined;
  if (attributes.change) attributes.change = 'changed';
  if (attributes.add) attributes.added = 1;
  return attributes.returns ? { attributes: { returns: 'other' } } : undefined;
});
Parse.Cloud.afterSave(Parse.Config, request => {
  remember(request);
  if (request.object.attributes.fail_after) throw 'too late';
});
Parse.Cloud.define('config_seen', () => {
  const all = seen;
  seen = [];
  return all;
});
