import { del, finds, get, master, op, pointer, post, put, scenario, schema, seed } from '../lib/scenario.mjs';

const player = (name) => pointer('RelPlayer', `{{${name}}}`);
const related = (key = 'players', object = pointer('RelTeam', '{{team}}')) => ({ $relatedTo: { object, key } });
const kTeam = '/classes/RelTeam/{{team}}';
const kShort = { order: 'n', keys: 'key' };

const basic = scenario('relations', { classes: ['RelTeam', 'RelPlayer'] }, [
  seed('RelPlayer', { p1: { n: 1, key: 1 }, p2: { n: 2, key: 2 }, p3: { n: 3, key: 3 }, p4: { n: 4, key: 4 } }),
  post('creates with a relation', '/classes/RelTeam', { name: 'A', players: op('AddRelation', { objects: [player('p1')] }) }, { save: 'team' }),
  get('a relation column is shown', kTeam),
  get('members', '/classes/RelPlayer', { where: related(), ...kShort }),
  put('adds two', kTeam, { players: op('AddRelation', { objects: [player('p2'), player('p3')] }) }),
  put('adds one that is there', kTeam, { players: op('AddRelation', { objects: [player('p2')] }) }),
  get('three members', '/classes/RelPlayer', { where: related(), ...kShort }),
  get('counts members', '/classes/RelPlayer', { where: related(), count: 1, limit: 0 }),
  get('members with a condition', '/classes/RelPlayer', { where: { ...related(), n: { $gt: 1 } }, ...kShort }),
  get('members with limit and order', '/classes/RelPlayer', { where: related(), order: '-n', limit: 2, keys: 'key' }),
  put('removes one', kTeam, { players: op('RemoveRelation', { objects: [player('p2')] }) }),
  put('removes one that is not there', kTeam, { players: op('RemoveRelation', { objects: [player('p4')] }) }),
  get('two members', '/classes/RelPlayer', { where: related(), ...kShort }),
  put('adds and removes in one batch', kTeam, { players: op('Batch', { ops: [
    op('AddRelation', { objects: [player('p4')] }), op('RemoveRelation', { objects: [player('p1')] })] }) }),
  get('members after the batch', '/classes/RelPlayer', { where: related(), ...kShort }),
  put('adds nobody', kTeam, { players: op('AddRelation', { objects: [] }) }),
  put('adds with a plain field', kTeam, { name: 'B', players: op('AddRelation', { objects: [player('p1')] }) }),
  get('by a pointer', '/classes/RelTeam', { where: { players: player('p1') }, keys: 'name' }),
  get('by a pointer that is no member', '/classes/RelTeam', { where: { players: player('p2') }, keys: 'name' }),
  get('by $in', '/classes/RelTeam', { where: { players: { $in: [player('p1'), player('p2')] } }, keys: 'name' }),
  get('by $nin', '/classes/RelTeam', { where: { players: { $nin: [player('p1')] } }, keys: 'name' }),
  get('by $ne', '/classes/RelTeam', { where: { players: { $ne: player('p2') } }, keys: 'name' }),
  get('by $eq', '/classes/RelTeam', { where: { players: { $eq: player('p1') } }, keys: 'name' }),
  get('inside $or', '/classes/RelTeam', { where: { $or: [{ players: player('p1') }, { name: 'Z' }] }, keys: 'name' }),
  get('by $exists', '/classes/RelTeam', { where: { players: { $exists: true } }, keys: 'name' }),
  get('by null', '/classes/RelTeam', { where: { players: null }, keys: 'name' }),
  get('by a text', '/classes/RelTeam', { where: { players: '{{p1}}' }, keys: 'name' }),
  get('includes a relation', kTeam, { include: 'players' }),
  get('a relation in keys', kTeam, { keys: 'players' }),
  get('a relation left out', kTeam, { excludeKeys: 'players' }),
  master.get('the schema', '/schemas/RelTeam'),
  del('deletes a member', '/classes/RelPlayer/{{p1}}'),
  get('the deleted member is gone', '/classes/RelPlayer', { where: related(), ...kShort }),
  put('writes the relation back as an SDK may', kTeam, { players: { __type: 'Relation', className: 'RelPlayer' } }),
  get('members are still there', '/classes/RelPlayer', { where: related(), ...kShort }),
  put('deletes the relation value', kTeam, { players: op('Delete') }),
  get('members after deleting the value', '/classes/RelPlayer', { where: related(), ...kShort }),
  del('deletes the owner', kTeam),
  get('members of a deleted owner', '/classes/RelPlayer', { where: related(), ...kShort }),
]);

const bad = scenario('relations_bad', { classes: ['RelTeam', 'RelPlayer', 'RelOther'] }, [
  seed('RelPlayer', { p1: { n: 1, key: 1 }, p2: { n: 2, key: 2 } }),
  seed('RelOther', { o1: { n: 1 } }),
  schema('RelTeam', { players: { type: 'Relation', targetClass: 'RelPlayer' }, name: { type: 'String' }, list: { type: 'Array' } }),
  post('creates the team', '/classes/RelTeam', { name: 'A' }, { save: 'team' }),
  Object.entries({
    'adds another class': { players: op('AddRelation', { objects: [pointer('RelOther', '{{o1}}')] }) },
    'adds two classes': { fresh: op('AddRelation', { objects: [player('p1'), pointer('RelOther', '{{o1}}')] }) },
    'adds to a text column': { name: op('AddRelation', { objects: [player('p1')] }) },
    'adds what is no list': { players: op('AddRelation', { objects: 'x' }) },
    'adds without objects': { players: op('AddRelation') },
    'adds a plain object': { players: op('AddRelation', { objects: [{ objectId: 'abcdefghij' }] }) },
    'adds a text': { players: op('AddRelation', { objects: ['{{p1}}'] }) },
    'adds nobody to a new column': { brandNew: op('AddRelation', { objects: [] }) },
    'sets a text': { players: 'x' },
    'sets a list': { players: [player('p1')] },
    'sets a pointer': { players: player('p1') },
    'sets null': { players: null },
    'sets a relation of another class': { players: { __type: 'Relation', className: 'RelOther' } },
    'a batch of other operations': { players: op('Batch', { ops: [op('Increment', { amount: 1 })] }) },
    'a batch without ops': { players: op('Batch') },
    'removes from a list column': { list: op('RemoveRelation', { objects: [player('p1')] }) },
    'adds somebody who does not exist': { players: op('AddRelation', { objects: [pointer('RelPlayer', 'nobody0000')] }) },
  }).map(([title, body]) => put(title, kTeam, body)),
  finds('RelPlayer', {
    '$relatedTo a text': { $relatedTo: 'x' },
    '$relatedTo without an object': { $relatedTo: { key: 'players' } },
    '$relatedTo without a key': { $relatedTo: { object: pointer('RelTeam', '{{team}}') } },
    '$relatedTo a key that is not there': related('nothing'),
    '$relatedTo a key that is no relation': related('name'),
    '$relatedTo an owner that does not exist': related('players', pointer('RelTeam', 'nobody0000')),
    '$relatedTo a class that does not exist': related('players', pointer('RelNowhere', 'nobody0000')),
    '$relatedTo a bad key name': related('a b'),
    '$relatedTo inside $or': { $or: [related(), { n: 1 }] },
    '$relatedTo and $or': { ...related(), $or: [{ n: 1 }, { n: 2 }] },
    '$relatedTo null': { $relatedTo: null },
  }, kShort),
  get('$relatedTo from the wrong class', '/classes/RelOther', { where: related(), keys: 'n' }),
]);

const join = scenario('join_tables', { classes: ['RelTeam', 'RelPlayer'] }, [
  seed('RelPlayer', { p1: { n: 1, key: 1 } }),
  post('creates with a relation', '/classes/RelTeam', { players: op('AddRelation', { objects: [player('p1')] }) }, { save: 'team' }),
  get('reads the join table', '/classes/_Join:players:RelTeam'),
  post('writes the join table', '/classes/_Join:players:RelTeam', { owningId: 'a', relatedId: 'b' }),
  del('deletes from the join table', '/classes/_Join:players:RelTeam/abcdefghij'),
  master.get('reads the join table with the master key', '/classes/_Join:players:RelTeam'),
  master.get('the schema of the join table', '/schemas/_Join:players:RelTeam'),
]);

export default [basic, bad, join];
