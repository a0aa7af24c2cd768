// Validators of functions and triggers.
import { by, del, get, master, op, pointer, post, put, scenario, sign_up } from '../lib/scenario.mjs';

const run = (title, name, params = {}, options = {}) => post(title, `/functions/${name}`, params, options);
const role = (name, ...members) => master.post(`makes the role ${name}`, '/roles', { name, ACL: { '*': { read: true } },
  users: op('AddRelation', { objects: members.map((member) => pointer('_User', `{{${member}}}`)) }) });
const kCallers = [['nobody', () => ({})], ['ann', (options) => by('ann', options)], ['bea', (options) => by('bea', options)], ['the master', () => ({ as: 'master' })]];
const kByCaller = ['v_user', 'v_master', 'v_both', 'v_skip', 'v_roles_any', 'v_roles_all', 'v_roles_function', 'v_keys', 'v_key_rules'];
const kRules = { none: {}, good: { n: 1, color: 'red', even: 2, odd: 1, list: [] }, 'a text for a number': { n: '1' }, 'another colour': { n: 1, color: 'blue' },
  'an odd number': { n: 1, even: 3 }, 'an even number': { n: 1, odd: 2 }, 'a map for a list': { n: 1, list: {} }, 'a given default': { n: 1, s: 'x' }, 'a null': { n: null } };

export default [scenario('cloud_validators', { profile: 'cloud',
  classes: ['CloudValid', 'CloudForUsers', 'CloudFindForMaster', 'CloudKept', 'CloudSkip', '_User', '_Session', '_Role'] }, [
  sign_up('ann', 'bea'),
  put('gives ann a phone', '/users/{{ann}}', { phone: '1' }, by('ann')),
  put('gives bea a phone', '/users/{{bea}}', { phone: '9' }, by('bea')),
  role('CloudA', 'ann', 'bea'),
  role('CloudB', 'ann'),
  kByCaller.map((name) => kCallers.map(([caller, options]) => run(`${name} by ${caller}`, name, {}, options()))),
  run('a validator that agrees', 'v_function', { n: 1 }),
  run('a validator that refuses', 'v_function', { n: 2 }),
  run('a validator that refuses the master', 'v_function', { n: 2 }, { as: 'master' }),
  run('a validator that returns false', 'v_falsy'),
  run('a validator that throws nothing', 'v_throws_nothing'),
  run('a validator with a code', 'v_code'),
  run('no fields', 'v_fields'),
  run('one field', 'v_fields', { a: 1 }),
  run('all fields', 'v_fields', { a: 1, b: 2 }),
  run('an empty field', 'v_fields', { a: 1, b: null }),
  Object.entries(kRules).map(([title, params]) => run(`rules: ${title}`, 'v_rules', params)),
  post('a save without its title', '/classes/CloudValid', { other: 1 }),
  post('a save with a title of another type', '/classes/CloudValid', { title: 1 }),
  post('a save with defaults', '/classes/CloudValid', { title: 'a' }, { save: 'valid' }),
  post('a save that sets the constant', '/classes/CloudValid', { title: 'b', fixed: 'mine' }),
  put('an update of the constant', '/classes/CloudValid/{{valid}}', { title: 'c', fixed: 'mine' }),
  master.get('what is stored', '/classes/CloudValid', { order: 'title' }),
  post('a class for users, by nobody', '/classes/CloudForUsers', { a: 1 }),
  post('a class for users, by ann', '/classes/CloudForUsers', { a: 1 }, by('ann')),
  get('a find for the master, by nobody', '/classes/CloudFindForMaster'),
  master.get('a find for the master', '/classes/CloudFindForMaster'),
  post('an object that is kept', '/classes/CloudKept', { a: 1 }, { save: 'kept' }),
  del('deletes it', '/classes/CloudKept/{{kept}}'),
  post('a hook that the master skips, by nobody', '/classes/CloudSkip', { a: 1 }),
  master.post('a hook that the master skips', '/classes/CloudSkip', { a: 1 }),
])];
