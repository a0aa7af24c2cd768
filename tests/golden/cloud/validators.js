// For scenarios/cloud_validators.mjs.
const { define } = Parse.Cloud;
const done = request => ({ done: true, params: request.params });

define('v_user', done, { requireUser: true });
define('v_master', done, { requireMaster: true });
define('v_both', done, { requireMaster: true, validateMasterKey: true });
define('v_skip', done, { requireUser: true, skipWithMasterKey: true });
define('v_function', done, request => { if (request.params.n !== 1) throw 'n must be 1'; });
define('v_falsy', done, () => false);
define('v_throws_nothing', done, () => { throw undefined; });
define('v_code', done, () => { throw new Parse.Error(4712, 'a code of its own'); });
define('v_fields', done, { fields: ['a', 'b'] });
define('v_rules', done, { fields: {
  n: { type: Number, required: true },
  s: { type: String, default: 'none' },
  color: { options: ['red', 'green'] },
  even: { options: value => value % 2 === 0, error: 'not even' },
  odd: { options: value => { if (value % 2 === 0) throw 'thrown in options'; } },
  list: { type: Array },
} });
define('v_roles_any', done, { requireAnyUserRoles: ['CloudA', 'CloudB'] });
define('v_roles_all', done, { requireAllUserRoles: ['CloudA', 'CloudB'] });
define('v_roles_function', done, { requireAnyUserRoles: () => ['CloudB'] });
define('v_keys', done, { requireUserKeys: ['phone'] });
define('v_key_rules', done, { requireUserKeys: { phone: { options: ['1', '2'], error: 'a wrong phone' } } });

Parse.Cloud.beforeSave('CloudValid', () => {}, { fields: {
  title: { required: true, type: String },
  level: { default: 7 },
  fixed: { constant: true, default: 'constant' },
} });
Parse.Cloud.beforeSave('CloudForUsers', () => {}, { requireUser: true });
Parse.Cloud.beforeFind('CloudFindForMaster', () => {}, { requireMaster: true });
Parse.Cloud.beforeDelete('CloudKept', () => {}, () => { throw 'kept'; });
Parse.Cloud.beforeSave('CloudSkip', ({ object }) => object.set('touched', true), { skipWithMasterKey: true });
