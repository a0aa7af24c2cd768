import { call, del, get, master, op, post, put, scenario } from '../lib/scenario.mjs';

const kPath = '/installations';
const kClasses = ['_Installation'];
const from = (id, options = {}) => ({ ...options, headers: { 'X-Parse-Installation-Id': id, ...options.headers } });
// The rows as they are, oldest first.
const rows = (title, keys = 'installationId,deviceToken,deviceType,channels,badge,appIdentifier,state') =>
  master.get(title, kPath, { order: 'state,installationId,deviceToken', keys });

const creation = scenario('devices_create', { classes: kClasses, profile: 'devices' }, [
  post('nothing at all', kPath, {}),
  post('no id', kPath, { deviceType: 'ios' }),
  post('an empty id', kPath, { deviceType: 'ios', installationId: '' }),
  post('no device type', kPath, { installationId: 'one' }),
  post('a token without a device type', kPath, { deviceToken: 'tok' }),
  post('an empty device type', kPath, { installationId: 'one', deviceType: '' }),
  post('an id in upper case', kPath, { installationId: 'ABC-DEF', deviceType: 'ios' }, { save: 'upper' }),
  get('the id is kept in lower case', `${kPath}/{{upper}}`),
  post('a token of 64 characters', kPath, { deviceToken: 'AB'.repeat(32), deviceType: 'ios' }, { save: 'long' }),
  get('the long token is kept in lower case', `${kPath}/{{long}}`),
  post('a token of 63 characters', kPath, { deviceToken: 'A'.repeat(63), deviceType: 'android' }, { save: 'short' }),
  get('the shorter token is kept as it is', `${kPath}/{{short}}`),
  post('the id of the header', kPath, { deviceType: 'js' }, from('HEADER-ID', { save: 'header' })),
  get('what the header leaves', `${kPath}/{{header}}`),
  post('every field', kPath, { installationId: 'full', deviceType: 'ios', channels: ['a', 'b'], badge: 3, timeZone: 'Europe/Berlin', localeIdentifier: 'de-DE',
    appName: 'Chess', appVersion: '1', appIdentifier: 'org.example.chess', parseVersion: '5', pushType: 'gcm', GCMSenderId: '1', own: { a: 1 } }, { save: 'full' }),
  get('every field is there', `${kPath}/{{full}}`),
  post('an objectId', kPath, { objectId: 'mine', installationId: 'x1', deviceType: 'ios' }),
  post('a number as device type', kPath, { installationId: 'x2', deviceType: 1 }),
  post('a text as badge', kPath, { installationId: 'x3', deviceType: 'ios', badge: 'many' }),
  post('a text as channels', kPath, { installationId: 'x4', deviceType: 'ios', channels: 'all' }),
  post('by the class route', '/classes/_Installation', { installationId: 'by-class', deviceType: 'ios' }),
  post('with the master key', kPath, { installationId: 'by-master', deviceType: 'ios' }, { as: 'master' }),
  post('the master key does not look at the header', kPath, { deviceType: 'ios' }, from('some', { as: 'master' })),
  post('with the read-only master key', kPath, { installationId: 'ro', deviceType: 'ios' }, { as: 'readOnly' }),
  post('with the maintenance key', kPath, { installationId: 'mnt', deviceType: 'ios' }, { as: 'maintenance' }),
  get('clients may not list', kPath, {}),
  get('clients may not list by the class route', '/classes/_Installation', {}),
  get('clients may not count', kPath, { count: 1, limit: 0 }),
  master.get('the master lists', kPath, { where: { installationId: { $exists: true } }, order: 'installationId', keys: 'installationId' }),
  get('the read-only master lists', kPath, { where: { installationId: { $exists: true } }, order: '-installationId', keys: 'installationId' }, { as: 'readOnly' }),
  del('clients may not delete', `${kPath}/{{full}}`),
  del('the read-only master may not delete', `${kPath}/{{full}}`, { as: 'readOnly' }),
  master.del('the master deletes', `${kPath}/{{full}}`),
  master.del('the master deletes again', `${kPath}/{{full}}`),
  get('an unknown installation', `${kPath}/nowhere`),
  call('PATCH', 'a wrong verb', `${kPath}/nowhere`, { body: {} }, { status_only: true }),
]);

const repeated = scenario('devices_repeated', { classes: kClasses, profile: 'devices' }, [
  post('the first', kPath, { installationId: 'same', deviceType: 'ios', badge: 1, state: 'a' }, { save: 'same' }),
  post('the same id again', kPath, { installationId: 'SAME', deviceType: 'ios', badge: 2 }),
  post('the same id without a device type', kPath, { installationId: 'same', badge: 3 }),
  post('the same id with operators', kPath, { installationId: 'same', badge: op('Increment', { amount: 1 }), channels: op('AddUnique', { objects: ['x'] }) }),
  post('the same id with another device type', kPath, { installationId: 'same', deviceType: 'android' }),
  get('one row', `${kPath}/{{same}}`),
  post('the same id by the header', kPath, { badge: 9 }, from('Same')),
  get('changed by the header', `${kPath}/{{same}}`),
  post('a token for the id', kPath, { installationId: 'same', deviceToken: 'tok-1' }),
  post('another token for the id', kPath, { installationId: 'same', deviceToken: 'tok-2' }),
  rows('one row after all this'),
  post('a token alone', kPath, { deviceToken: 'alone', deviceType: 'ios', state: 'b' }, { save: 'alone' }),
  post('the token alone again', kPath, { deviceToken: 'alone', deviceType: 'ios', badge: 4 }),
  post('the token alone gets an id', kPath, { deviceToken: 'alone', installationId: 'named', deviceType: 'ios' }),
  rows('two rows'),
  post('the token with another id', kPath, { deviceToken: 'alone', installationId: 'other', deviceType: 'ios', state: 'c' }),
  rows('the row with the older id is gone'),
  post('the token without an id when its row has one', kPath, { deviceToken: 'alone', deviceType: 'ios', badge: 7 }),
  rows('the row of the token changed'),
]);

const tokens = scenario('devices_tokens', { classes: kClasses, profile: 'devices' }, [
  // An id of one row, a token of another: both are the same device.
  post('a row with an id', kPath, { installationId: 'merge', deviceType: 'ios', state: 'id', channels: ['from-id'] }, { save: 'by_id' }),
  post('a row with a token', kPath, { deviceToken: 'merge-tok', deviceType: 'ios', state: 'tok', channels: ['from-token'] }, { save: 'by_token' }),
  post('both together', kPath, { installationId: 'merge', deviceToken: 'merge-tok', deviceType: 'ios' }),
  rows('the row of the token survives'),
  get('the row of the id is gone', `${kPath}/{{by_id}}`),
  // A token that moves to a row with another id.
  post('a third', kPath, { installationId: 'third', deviceType: 'ios', state: 'x' }, { save: 'third' }),
  put('it takes the token', `${kPath}/{{third}}`, { deviceToken: 'merge-tok', installationId: 'third' }),
  rows('only the third is left'),
  // Without an installationId nothing is cleaned up.
  post('a fourth', kPath, { installationId: 'fourth', deviceType: 'ios', state: 'y' }, { save: 'fourth' }),
  put('it takes the token without saying who it is', `${kPath}/{{fourth}}`, { deviceToken: 'merge-tok' }),
  rows('both hold the token'),
  post('the token alone is ambiguous', kPath, { deviceToken: 'merge-tok', deviceType: 'ios' }),
  post('the token with the id of one of them', kPath, { deviceToken: 'merge-tok', installationId: 'third' }),
  rows('what that leaves'),
  post('the token with a new id', kPath, { deviceToken: 'merge-tok', installationId: 'fifth', deviceType: 'ios', state: 'z' }),
  rows('only the new one holds it'),
]);

const apps = scenario('devices_app_identifiers', { classes: kClasses, profile: 'devices' }, [
  post('one app', kPath, { installationId: 'app-1', deviceToken: 'shared', deviceType: 'ios', appIdentifier: 'one', state: 'a' }),
  post('another app with the same token', kPath, { installationId: 'app-2', deviceToken: 'shared', deviceType: 'ios', appIdentifier: 'two', state: 'b' }),
  rows('both stay'),
  post('the first app again under another id', kPath, { installationId: 'app-3', deviceToken: 'shared', deviceType: 'ios', appIdentifier: 'one', state: 'c' }),
  rows('its older row is gone'),
  post('no app', kPath, { installationId: 'app-4', deviceToken: 'shared', deviceType: 'ios', state: 'd' }),
  rows('everything else is gone'),
]);

const updates = scenario('devices_update', { classes: kClasses, profile: 'devices' }, [
  post('one', kPath, { installationId: 'upd', deviceType: 'ios', deviceToken: 'upd-tok', state: 'a' }, { save: 'one' }),
  post('with a token only', kPath, { deviceType: 'ios', deviceToken: 'only', state: 'b' }, { save: 'only' }),
  post('with an id only', kPath, { deviceType: 'ios', installationId: 'id-only', state: 'c' }, { save: 'id_only' }),
  put('channels', `${kPath}/{{one}}`, { channels: ['a'] }),
  put('the same id', `${kPath}/{{one}}`, { installationId: 'UPD' }),
  put('another id', `${kPath}/{{one}}`, { installationId: 'changed' }),
  put('another id with the master key', `${kPath}/{{one}}`, { installationId: 'changed' }, { as: 'master' }),
  put('another token', `${kPath}/{{one}}`, { deviceToken: 'upd-tok-2' }),
  put('another token where there is no id', `${kPath}/{{only}}`, { deviceToken: 'only-2' }),
  put('an id where there is none', `${kPath}/{{only}}`, { installationId: 'named' }),
  put('another device type', `${kPath}/{{one}}`, { deviceType: 'android' }),
  put('the same device type', `${kPath}/{{one}}`, { deviceType: 'ios' }),
  put('a token for the row that has none', `${kPath}/{{id_only}}`, { deviceToken: 'id-tok' }),
  put('an empty id', `${kPath}/{{one}}`, { installationId: '' }),
  put('an empty token', `${kPath}/{{one}}`, { deviceToken: '' }),
  put('an unknown row', `${kPath}/nowhere`, { badge: 1 }),
  put('an unknown row with an id', `${kPath}/nowhere`, { installationId: 'nobody' }),
  put('an unknown row with the id of another', `${kPath}/nowhere`, { installationId: 'upd' }),
  put('the header names another row', `${kPath}/{{one}}`, { badge: 5 }, from('id-only')),
  put('the header names no row', `${kPath}/{{one}}`, { badge: 6 }, from('unknown-header')),
  put('by the class route', '/classes/_Installation/{{one}}', { badge: 7 }),
  put('with the read-only master key', `${kPath}/{{one}}`, { badge: 8 }, { as: 'readOnly' }),
  put('with the maintenance key', `${kPath}/{{one}}`, { badge: 9 }, { as: 'maintenance' }),
  put('operators', `${kPath}/{{one}}`, { badge: op('Increment', { amount: 2 }), channels: op('Add', { objects: ['z'] }) }),
  put('a channel is removed', `${kPath}/{{one}}`, { channels: op('Remove', { objects: ['a'] }) }),
  rows('what the updates left'),
  master.put('the id of another row', `${kPath}/{{only}}`, { installationId: 'upd' }),
  rows('what that left'),
]);

const closed = scenario('devices_acl', { classes: kClasses, profile: 'devices' }, [
  post('a row nobody may write', kPath, { installationId: 'locked', deviceType: 'ios', deviceToken: 'lock-tok', ACL: { '*': { read: true } }, state: 'a' }, { save: 'locked' }),
  put('an update is refused', `${kPath}/{{locked}}`, { badge: 1 }),
  post('a create with its id is refused too', kPath, { installationId: 'locked', badge: 1 }),
  post('its token can be taken over', kPath, { installationId: 'thief', deviceToken: 'lock-tok', deviceType: 'ios', state: 'b' }),
  rows('the locked row is gone'),
  post('a row nobody may read', kPath, { installationId: 'hidden', deviceType: 'ios', ACL: {}, state: 'c' }, { save: 'hidden' }),
  get('it is not found', `${kPath}/{{hidden}}`),
]);

const merge_rows = [
  post('a row with an id', kPath, { installationId: 'merge', deviceType: 'ios', state: 'id' }, { save: 'by_id' }),
  post('a row with a token', kPath, { deviceToken: 'merge-tok', deviceType: 'ios', state: 'tok' }, { save: 'by_token' }),
  post('both together', kPath, { installationId: 'merge', deviceToken: 'merge-tok', deviceType: 'ios' }),
  rows('after the merge'),
  post('another id takes the token', kPath, { installationId: 'next', deviceToken: 'merge-tok', deviceType: 'ios', state: 'x' }),
  rows('after the token has moved'),
];
const kept = scenario('devices_kept', { classes: kClasses, profile: 'devices_kept' }, merge_rows);
const by_id = scenario('devices_by_id', { classes: kClasses, profile: 'devices_by_id' }, merge_rows);

const guarded = scenario('devices_guarded', { classes: kClasses, profile: 'devices_guarded' }, [
  post('a row nobody may write', kPath, { installationId: 'locked', deviceType: 'ios', deviceToken: 'lock-tok', ACL: { '*': { read: true } }, state: 'a' }),
  post('its token is asked for', kPath, { installationId: 'thief', deviceToken: 'lock-tok', deviceType: 'ios', state: 'b' }),
  rows('both hold the token'),
  master.post('the master asks for it', kPath, { installationId: 'thief', deviceToken: 'lock-tok' }),
  rows('the master changes the other row'),
  post('an open row', kPath, { installationId: 'open', deviceType: 'ios', deviceToken: 'open-tok', state: 'c' }),
  post('its token is taken', kPath, { installationId: 'taker', deviceToken: 'open-tok', deviceType: 'ios', state: 'd' }),
  rows('the open row is gone'),
]);

export default [creation, repeated, tokens, apps, updates, closed, kept, by_id, guarded];
