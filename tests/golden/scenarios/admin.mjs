import { call, date, del, get, master, op, pointer, post, put, scenario, seed } from '../lib/scenario.mjs';

const purge = scenario('purge', { classes: ['PurgeGame', 'PurgeOther'] }, [
  seed('PurgeGame', { a: { n: 1 }, b: { n: 2 } }),
  post('a relation', '/classes/PurgeOther', { games: op('AddRelation', { objects: [pointer('PurgeGame', '{{a}}')] }) }, { save: 'other' }),
  del('without the master key', '/purge/PurgeGame'),
  del('with the read-only master key', '/purge/PurgeGame', { as: 'readOnly' }),
  get('nothing was lost', '/classes/PurgeGame', { order: 'n', keys: 'n' }),
  master.del('with the master key', '/purge/PurgeGame'),
  get('all are gone', '/classes/PurgeGame'),
  master.get('the class is still there', '/schemas/PurgeGame'),
  master.del('an empty class', '/purge/PurgeGame'),
  master.del('a class that is not there', '/purge/PurgeNowhere'),
  master.del('a bad name', '/purge/no%20good'),
  master.get('another verb', '/purge/PurgeGame', {}, { status_only: true }),
]);

const config = scenario('config', { classes: [] }, [
  master.put('clears what was there', '/config', { params: { a: op('Delete'), b: op('Delete'), secret: op('Delete'), list: op('Delete'), when: op('Delete') },
    masterKeyOnly: { a: false, b: false, secret: false } }, { unstable: 'depends on what ran before' }),
  get('an empty config', '/config'),
  master.put('sets parameters', '/config', { params: { a: 1, b: 'text', list: [1, { k: 2 }], when: date('2015-01-01T00:00:00.000Z') } }),
  get('gets them', '/config'),
  master.put('changes one, keeps the others', '/config', { params: { a: 2 } }),
  get('gets the change', '/config'),
  master.put('deletes one', '/config', { params: { b: op('Delete') } }),
  get('gets the rest', '/config'),
  master.put('hides one', '/config', { params: { secret: 'x' }, masterKeyOnly: { secret: true } }),
  get('the hidden one is hidden', '/config'),
  master.get('the master sees it', '/config', {}, { mask: ['masterKeyOnly'] }),
  master.put('shows it again', '/config', { masterKeyOnly: { secret: false }, params: { secret: 'y' } }),
  get('it is shown', '/config'),
  put('without the master key', '/config', { params: { a: 3 } }),
  put('with the read-only master key', '/config', { params: { a: 3 } }, { as: 'readOnly' }),
  get('with the read-only master key, read', '/config', {}, { as: 'readOnly', mask: ['masterKeyOnly'] }),
  post('a post', '/config', { params: { a: 3 } }, { as: 'master', status_only: true }),
  master.put('no params', '/config', {}),
  master.put('an increment', '/config', { params: { a: op('Increment', { amount: 1 }) } }),
  get('what is left', '/config'),
]);

const status = scenario('status', { classes: [] }, [
  get('health', '/health'),
  get('health without an application', '/health', undefined, { as: 'nobody' }),
  call('HEAD', 'head of health', '/health', {}, { as: 'nobody' }),
  master.get('serverInfo', '/serverInfo', undefined, { mask: ['features.hooks', 'features.cloudCode', 'features.push', 'features.logs', 'features.settings'] }),
  get('serverInfo without the master key', '/serverInfo'),
  get('serverInfo with the read-only master key', '/serverInfo', undefined, { as: 'readOnly', mask: ['features'] }),
  post('an opening', '/events/AppOpened', { at: date('2015-01-01T00:00:00.000Z') }),
  post('an event', '/events/search', { dimensions: { source: 'craigslist' } }),
  post('an event without a body', '/events/search', undefined),
  post('an event with a bad body', '/events/search', { dimensions: 5 }),
  get('reading events', '/events/search', {}, { status_only: true }),
  get('scriptlog without the master key', '/scriptlog'),
  master.get('scriptlog', '/scriptlog', { size: 1 }, { mask_body: true }),
  master.get('scriptlog of a bad level', '/scriptlog', { level: 'verbose', n: 1 }, { mask_body: true }),
  get('security without the master key', '/security'),
]);

const kInternal = ['_JobStatus', '_PushStatus', '_Hooks', '_GlobalConfig', '_GraphQLConfig', '_JobSchedule', '_Audience', '_Idempotency'];

const internal = scenario('internal_classes', { classes: [] }, [
  kInternal.flatMap((name) => [
    get(`finds in ${name}`, `/classes/${name}`),
    get(`gets from ${name}`, `/classes/${name}/abcdefghij`),
    post(`creates in ${name}`, `/classes/${name}`, { status: 'x' }),
    put(`updates in ${name}`, `/classes/${name}/abcdefghij`, { status: 'x' }),
    del(`deletes from ${name}`, `/classes/${name}/abcdefghij`),
  ]),
  get('finds installations', '/classes/_Installation'),
  get('finds installations by their own route', '/installations'),
  del('deletes an installation', '/classes/_Installation/abcdefghij'),
  get('finds sessions without one', '/classes/_Session'),
  get('gets a session without one', '/classes/_Session/abcdefghij'),
  post('makes a session without one', '/classes/_Session', {}),
  post('a role without a name', '/classes/_Role', {}),
  put('a user without a session', '/classes/_User/abcdefghij', { username: 'x' }),
  get('a system class that does not exist', '/classes/_Nothing'),
  post('creates in a system class that does not exist', '/classes/_Nothing', {}),
  master.get('finds in _Hooks with the master key', '/classes/_Hooks'),
  master.get('finds in _Audience with the master key', '/classes/_Audience'),
]);

export default [purge, config, status, internal];
