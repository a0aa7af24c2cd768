import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, fresh_class, make, make_all, query, with_master } from './client.mjs';

describe('schemas', () => {
  const kName = fresh_class('AdmSchema');
  const schema = () => new Parse.Schema(kName);

  it('saves one with every kind of field', async () => {
    const answer = await schema().addString('s').addNumber('n', { required: true, defaultValue: 1 }).addBoolean('b').addDate('d').addArray('a')
      .addObject('o').addFile('f').addGeoPoint('g').addPolygon('p').addBytes('y').addPointer('pointer', kName).addRelation('relation', kName).save();
    assert.equal(answer.className, kName);
    assert.equal(answer.fields.g.type, 'GeoPoint');
    assert.deepEqual(answer.fields.n, { type: 'Number', required: true, defaultValue: 1 });
    assert.deepEqual(answer.fields.relation, { type: 'Relation', targetClass: kName });
  });

  it('gets it', async () => assert.equal((await schema().get()).fields.pointer.targetClass, kName));

  it('is in the list of all', async () => assert.ok((await Parse.Schema.all()).some((one) => one.className === kName)));

  it('refuses to save it twice', async () => fails_with(Parse.Error.INVALID_CLASS_NAME, () => schema().addString('x').save()));

  it('adds and deletes fields', async () => {
    const answer = await schema().addString('fresh').deleteField('y').update();
    assert.equal(answer.fields.fresh.type, 'String');
    assert.equal(answer.fields.y, undefined);
  });

  it('adds and deletes an index', async () => {
    assert.deepEqual((await schema().addIndex('by_s', { s: 1 }).update()).indexes.by_s, { s: 1 });
    assert.equal((await schema().deleteIndex('by_s').update()).indexes?.by_s, undefined);
  });

  it('sets class permissions and they hold', async () => {
    await schema().setCLP({ find: {}, get: { '*': true }, create: { '*': true } }).update();
    const object = await make(kName, { s: 'x' }).save();
    await fails_with(Parse.Error.OPERATION_FORBIDDEN, () => query(kName).find());
    assert.equal((await query(kName).get(object.id)).get('s'), 'x');
    assert.equal((await query(kName).find(with_master)).length, 1);
    await fails_with(Parse.Error.OPERATION_FORBIDDEN, () => object.save({ s: 'y' }));
  });

  it('applies a default', async () => {
    const object = await make(kName).save({}, with_master);
    assert.equal((await query(kName).get(object.id)).get('n'), 1);
  });

  it('refuses to drop a class with objects', async () => {
    await fails_with(Parse.Error.INVALID_SCHEMA_OPERATION, () => schema().delete());
  });

  it('purges and drops', async () => {
    await schema().purge();
    assert.equal((await query(kName).find(with_master)).length, 0);
    await schema().delete();
    await fails_with(Parse.Error.INVALID_CLASS_NAME, () => schema().get());
  });
});

describe('required fields', () => {
  const kName = fresh_class('AdmRequired');
  before(() => new Parse.Schema(kName).addString('name', { required: true }).save());

  it('are required on create', async () => fails_with(Parse.Error.VALIDATION_ERROR, () => make(kName, { other: 1 }).save()));

  it('cannot be unset', async () => {
    const object = await make(kName, { name: 'x' }).save();
    object.unset('name');
    await fails_with(Parse.Error.VALIDATION_ERROR, () => object.save());
  });
});

describe('config', () => {
  it('saves and reads', async () => {
    await Parse.Config.save({ greeting: 'hello', number: 5, list: [1, 2], when: new Date('2015-01-01T00:00:00Z') });
    const config = await Parse.Config.get();
    assert.equal(config.get('greeting'), 'hello');
    assert.deepEqual(config.get('list'), [1, 2]);
    assert.equal(config.get('when').toISOString(), '2015-01-01T00:00:00.000Z');
    assert.equal(Parse.Config.current().get('number'), 5);
  });

  it('hides what is for the master key', async () => {
    await Parse.Config.save({ secret: 'x', open: 'y' }, { secret: true });
    assert.equal((await Parse.Config.get()).get('secret'), undefined);
    assert.equal((await Parse.Config.get()).get('open'), 'y');
    assert.equal((await Parse.Config.get(with_master)).get('secret'), 'x');
    await Parse.Config.save({ secret: 'x' }, { secret: false });
  });
});

describe('aggregate', () => {
  const kSale = fresh_class('AdmSale');
  before(() => make_all(kSale, [
    { n: 1, city: 'Bath', price: 10, tags: ['a', 'b'] }, { n: 2, city: 'Bath', price: 20, tags: ['b'] }, { n: 3, city: 'Cork', price: 30, tags: [] }]));
  const sales = (pipeline) => query(kSale).aggregate(pipeline);

  it('distinct', async () => assert.deepEqual((await query(kSale).distinct('city')).sort(), ['Bath', 'Cork']));

  it('distinct with a condition', async () => {
    assert.deepEqual(await query(kSale).greaterThan('price', 25).distinct('city'), ['Cork']);
  });

  it('groups and sums', async () => {
    const rows = await sales([{ $group: { _id: '$city', total: { $sum: '$price' }, count: { $sum: 1 } } }]);
    rows.sort((a, b) => a.objectId.localeCompare(b.objectId));
    assert.deepEqual(rows, [{ objectId: 'Bath', total: 30, count: 2 }, { objectId: 'Cork', total: 30, count: 1 }]);
  });

  it('averages, least and greatest', async () => {
    const [row] = await sales([{ $group: { _id: null, avg: { $avg: '$price' }, min: { $min: '$price' }, max: { $max: '$price' } } }]);
    assert.deepEqual([row.avg, row.min, row.max], [20, 10, 30]);
  });

  it('matches, sorts and limits', async () => {
    const rows = await sales([{ $match: { price: { $gt: 5 } } }, { $sort: { price: -1 } }, { $limit: 2 }]);
    assert.deepEqual(rows.map((row) => row.n), [3, 2]);
  });

  it('projects', async () => {
    const rows = await sales([{ $project: { city: 1 } }]);
    assert.ok(rows.every((row) => row.city && row.price === undefined));
  });

  it('takes one stage', async () => assert.equal((await sales({ $match: { city: 'Bath' } })).length, 2));

  it('refuses a stage without a dollar', async () => fails_with(Parse.Error.INVALID_QUERY, () => sales([{ group: { _id: null } }])));
});
