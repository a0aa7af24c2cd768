import { finds, get, master, pointer, scenario, seed } from '../lib/scenario.mjs';

const team = (name) => pointer('SubTeam', `{{${name}}}`);
const kShort = { order: 'key', keys: 'key' };
const kHoles = { unstable: 'rows without the selected value shift the answer on PostgreSQL' };
const in_query = (where, rest = {}) => ({ team: { $inQuery: { where, className: 'SubTeam', ...rest } } });
const not_in_query = (where, rest = {}) => ({ team: { $notInQuery: { where, className: 'SubTeam', ...rest } } });
const select = (where, key = 'city', rest = {}) => ({ home: { $select: { query: { className: 'SubTeam', where, ...rest }, key } } });
const dont_select = (where, key = 'city') => ({ home: { $dontSelect: { query: { className: 'SubTeam', where }, key } } });

const queries = scenario('subqueries', { classes: ['SubTeam', 'SubPlayer'] }, [
  seed('SubTeam', { t1: { city: 'Bath', wins: 5, info: { code: 'X' } }, t2: { city: 'Cork', wins: 1, info: { code: 'Y' } }, t3: { wins: 9 } }),
  seed('SubPlayer', {
    p1: { key: 1, team: team('t1'), home: 'Bath', code: 'X', teams: [team('t1'), team('t2')] },
    p2: { key: 2, team: team('t2'), home: 'Cork', code: 'Q', teams: [team('t3')] },
    p3: { key: 3, team: team('t3'), home: 'Rome', teams: [] },
    p4: { key: 4 },
  }),
  finds('SubPlayer', {
    '$inQuery': in_query({ wins: { $gt: 3 } }),
    '$inQuery that finds nothing': in_query({ wins: 100 }),
    '$inQuery of everything': in_query({}),
    '$inQuery without a where': { team: { $inQuery: { className: 'SubTeam' } } },
    '$inQuery without a class': { team: { $inQuery: { where: {} } } },
    '$inQuery of a class that does not exist': { team: { $inQuery: { where: {}, className: 'SubNowhere' } } },
    '$inQuery of a bad class name': { team: { $inQuery: { where: {}, className: 'no good' } } },
    '$inQuery with limit and order': in_query({}, { limit: 1, order: '-wins' }),
    '$inQuery with skip': in_query({}, { order: 'wins', skip: 2, limit: 1 }),
    '$inQuery on a list of pointers': { teams: { $inQuery: { where: { wins: 9 }, className: 'SubTeam' } } },
    '$inQuery with another condition': { ...in_query({ wins: { $gt: 3 } }), key: { $gt: 1 } },
    '$inQuery with a bad constraint inside': in_query({ wins: { $in: 5 } }),
    '$inQuery with a bad key inside': in_query({ 'a b': 1 }),
    '$inQuery with $or inside': in_query({ $or: [{ wins: 5 }, { wins: 1 }] }),
    '$inQuery nested': { team: { $inQuery: { className: 'SubTeam', where: { objectId: { $inQuery: { className: 'SubTeam', where: {} } } } } } },
    '$inQuery in $or': { $or: [in_query({ wins: 5 }), { key: 4 }] },
    '$inQuery of a text column': { home: { $inQuery: { where: {}, className: 'SubTeam' } } },
    '$notInQuery': not_in_query({ wins: { $gt: 3 } }),
    '$notInQuery that finds nothing': not_in_query({ wins: 100 }),
    '$notInQuery of everything': not_in_query({}),
    '$notInQuery on a list of pointers': { teams: { $notInQuery: { where: { wins: 9 }, className: 'SubTeam' } } },
    '$notInQuery without a class': { team: { $notInQuery: { where: {} } } },
    'a dotted pointer path': { 'team.wins': 5 },
    'a dotted objectId': { 'team.objectId': '{{t1}}' },
  }, kShort),
  finds('SubPlayer', {
    '$select': select({ wins: { $gt: 0 } }),
    '$select that finds nothing': select({ wins: 100 }),
    '$select with a dotted key': { code: { $select: { query: { className: 'SubTeam', where: {} }, key: 'info.code' } } },
    '$select without a where': { home: { $select: { query: { className: 'SubTeam' }, key: 'city' } } },
    '$select without a key': { home: { $select: { query: { className: 'SubTeam', where: {} } } } },
    '$select without a query': { home: { $select: { key: 'city' } } },
    '$select with a third member': { home: { $select: { query: { className: 'SubTeam', where: {} }, key: 'city', x: 1 } } },
    '$select with a query that is a text': { home: { $select: { query: 'x', key: 'city' } } },
    '$select with limit': select({}, 'city', { limit: 1, order: '-city' }),
    '$select a key that is not there': select({}, 'nowhere'),
    '$select of a class that does not exist': { home: { $select: { query: { className: 'SubNowhere', where: {} }, key: 'city' } } },
    '$dontSelect': dont_select({ wins: 5 }),
    '$dontSelect that finds nothing': dont_select({ wins: 100 }),
    '$dontSelect of all': dont_select({}),
    '$dontSelect without a key': { home: { $dontSelect: { query: { className: 'SubTeam', where: {} } } } },
    '$select in $or': { $or: [select({ wins: 5 }), { key: 4 }] },
    '$inQuery and $select together': { ...in_query({ wins: 5 }), ...select({}) },
  }, kShort, kHoles),
  get('counts with $inQuery', '/classes/SubPlayer', { where: in_query({ wins: { $gt: 3 } }), count: 1, limit: 0 }),
  get('$inQuery on internal class without the master key', '/classes/SubPlayer',
    { where: { team: { $inQuery: { where: {}, className: '_Hooks' } } }, ...kShort }),
  master.get('$inQuery with the master key', '/classes/SubPlayer', { where: in_query({ wins: 5 }), ...kShort }),
]);

export default [queries];
