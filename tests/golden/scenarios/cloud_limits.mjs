// Rate limits that validators of Cloud Code set up.
import { by, del, get, post, put, scenario, sign_up } from '../lib/scenario.mjs';

const run = (title, name, options = {}) => post(title, `/functions/${name}`, {}, options);
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index + 1)).flat();

export default [scenario('cloud_limits', { profile: 'cloud', classes: ['LimitedSave', 'LimitedDelete', 'LimitedFind', '_User', '_Session'] }, [
  sign_up('lim', 'mia'),
  ...times(3, (n) => run(`a function, call ${n}`, 'limited')),
  ...times(2, (n) => run(`a function without a message, call ${n}`, 'limited_plainly')),
  ...times(2, (n) => run(`a function limited elsewhere, call ${n}`, 'limited_from_elsewhere')),
  run('the master is not counted', 'limited', { as: 'master' }),
  ...times(2, (n) => run(`a function that counts the master, call ${n}`, 'limited_master', { as: 'master' })),
  ...times(2, (n) => run(`the session of lim, call ${n}`, 'limited_session', by('lim'))),
  run('the session of mia', 'limited_session', by('mia')),
  ...times(2, (n) => run(`lim himself, call ${n}`, 'limited_user', by('lim'))),
  run('mia herself', 'limited_user', by('mia')),
  run('everybody, lim', 'limited_global', by('lim')),
  run('everybody, mia', 'limited_global', by('mia')),
  post('a save', '/classes/LimitedSave', { n: 1 }, { save: 'saved' }),
  get('a find is no save', '/classes/LimitedSave', {}),
  put('a change', '/classes/LimitedSave/{{saved}}', { n: 2 }),
  put('a change too many', '/classes/LimitedSave/{{saved}}', { n: 3 }),
  post('a save too many', '/classes/LimitedSave', { n: 1 }),
  ...times(2, (n) => post(`an object, ${n}`, '/classes/LimitedDelete', { n }, { save: `row${n}` })),
  ...times(2, (n) => del(`a deletion, ${n}`, `/classes/LimitedDelete/{{row${n}}}`)),
  ...times(3, (n) => get(`a find, ${n}`, '/classes/LimitedFind', {})),
  post('a save where finds are limited', '/classes/LimitedFind', { n: 1 }),
])];
