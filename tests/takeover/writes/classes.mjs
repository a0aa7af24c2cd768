// Class definitions made and changed through this server.
import { date, geo, master, op, pointer, post, schema, seed } from '../../golden/lib/scenario.mjs';

const kAll = { '*': true };

/** A class with every type and option; both servers make one, and the tables must be the same. */
export const make_twin = (name) => schema(name, {
  text: { type: 'String', required: true }, number: { type: 'Number', defaultValue: 1.5 }, flag: { type: 'Boolean', defaultValue: true }, when: { type: 'Date', defaultValue: date('2020-01-01T00:00:00.000Z') },
  nested: { type: 'Object', defaultValue: { a: [1] } }, list: { type: 'Array', defaultValue: [1] }, raw: { type: 'Bytes' }, photo: { type: 'File' }, owner: { type: 'Pointer', targetClass: '_User' },
  place: { type: 'GeoPoint', defaultValue: geo(1, 2) }, area: { type: 'Polygon' }, fans: { type: 'Relation', targetClass: '_User' },
}, {
  indexes: { [`${name}_text`]: { text: 1 }, [`${name}_pair`]: { number: 1, when: 1 } },
  classLevelPermissions: { find: kAll, get: kAll, count: kAll, create: { requiresAuthentication: true }, update: { 'role:Admins': true }, delete: {}, addField: {}, protectedFields: { '*': ['photo'] }, readUserFields: ['owner'] },
});

/** What is changed about a twin after it was made. */
export const change_twin = (name) => [
  master.put(`changes ${name}`, `/schemas/${name}`, { className: name, fields: { more: { type: 'Number', required: true, defaultValue: 5 }, kin: { type: 'Relation', targetClass: name }, raw: op('Delete'), fans: op('Delete') },
    indexes: { [`${name}_more`]: { more: 1 }, [`${name}_pair`]: op('Delete') }, classLevelPermissions: { find: kAll, get: kAll, create: kAll, update: kAll, delete: kAll, count: kAll, addField: kAll } }),
  master.post(`a row of ${name}`, `/classes/${name}`, { text: 'row', grown: 'a field by saving', grownList: [1], owner: pointer('_User', '{{alice}}') }),
];

export default [
  make_twin('OurTwin'),
  change_twin('OurTwin'),
  schema('OurIndexes', { a: { type: 'Number' }, b: { type: 'String' }, place: { type: 'GeoPoint' } }, { indexes: { our_a: { a: 1 }, our_ab: { a: 1, b: -1 } } }),
  seed('OurIndexes', { our_index_1: { a: 1, b: 'x', place: geo(1, 1) }, our_index_2: { a: 2, b: 'y', place: geo(2, 2) } }),
  master.put('an index on an old class', '/schemas/Everything', { className: 'Everything', indexes: { our_number: { number: 1 } } }),
  master.put('an old index goes', '/schemas/Indexed', { className: 'Indexed', indexes: { by_score: op('Delete') } }),
  master.put('fields on an old class', '/schemas/Made', { className: 'Made', fields: { our_text: { type: 'String', defaultValue: 'ours' }, our_relation: { type: 'Relation', targetClass: 'A' } } }),
  master.put('a field of an old class goes', '/schemas/Made', { className: 'Made', fields: { c: op('Delete') } }),
  post('an old class has a new row', '/classes/Made', { a: 9, d_1: date('2021-01-01T00:00:00.000Z') }, { save: 'our_made' }),
  master.put('permissions of an old class', '/schemas/ForRole', { className: 'ForRole', classLevelPermissions: { find: { 'role:Ours': true }, get: kAll, count: {}, create: {}, update: {}, delete: {}, addField: {} } }),
  master.del('an old class goes', '/schemas/Emptied'),
  schema('OurDropped', { a: { type: 'Number' } }),
  master.del('a new class goes', '/schemas/OurDropped'),
];
