import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, found, fresh_class, make, make_all, query } from './client.mjs';

const kThing = fresh_class('QueThing');
const ask = () => query(kThing).ascending('n');
const kRows = [
  { n: 1, text: 'apple', tags: ['a', 'b'], data: { size: 1, name: 'x' }, when: new Date('2015-01-01T00:00:00Z'), flag: true },
  { n: 2, text: 'Banana', tags: ['b', 'c'], data: { size: 2 }, when: new Date('2016-01-01T00:00:00Z'), flag: false },
  { n: 3, text: 'cherry pie', tags: ['c'], data: { size: 3 }, when: new Date('2017-01-01T00:00:00Z'), flag: true },
  { n: 4, text: 'apple tart', tags: [] },
  { n: 5 },
];
let things;

describe('queries', () => {
  before(async () => { things = await make_all(kThing, kRows); });

  const kCases = {
    'equalTo a number': [(q) => q.equalTo('n', 2), [2]],
    'equalTo a text': [(q) => q.equalTo('text', 'apple'), [1]],
    'equalTo a boolean': [(q) => q.equalTo('flag', true), [1, 3]],
    'equalTo a date': [(q) => q.equalTo('when', new Date('2016-01-01T00:00:00Z')), [2]],
    'equalTo undefined means not set': [(q) => q.equalTo('text', undefined), [5]],
    'equalTo an object of conditions': [(q) => q.equalTo({ n: 1, text: 'apple' }), [1]],
    'equalTo a nested key': [(q) => q.equalTo('data.size', 2), [2]],
    'notEqualTo': [(q) => q.notEqualTo('n', 2), [1, 3, 4, 5]],
    'notEqualTo takes rows without the value': [(q) => q.notEqualTo('text', 'apple'), [2, 3, 4, 5]],
    'lessThan': [(q) => q.lessThan('n', 3), [1, 2]],
    'lessThanOrEqualTo': [(q) => q.lessThanOrEqualTo('n', 3), [1, 2, 3]],
    'greaterThan': [(q) => q.greaterThan('n', 3), [4, 5]],
    'greaterThanOrEqualTo': [(q) => q.greaterThanOrEqualTo('n', 3), [3, 4, 5]],
    'greaterThan a date': [(q) => q.greaterThan('when', new Date('2015-06-01T00:00:00Z')), [2, 3]],
    'greaterThan a nested key': [(q) => q.greaterThan('data.size', 1), [2, 3]],
    'two constraints on one key': [(q) => q.greaterThan('n', 1).lessThan('n', 4), [2, 3]],
    'containedIn': [(q) => q.containedIn('n', [1, 3, 99]), [1, 3]],
    'containedIn texts': [(q) => q.containedIn('text', ['apple', 'Banana']), [1, 2]],
    'containedIn on a list': [(q) => q.containedIn('tags', ['a', 'c']), [1, 2, 3]],
    'notContainedIn': [(q) => q.notContainedIn('n', [1, 3]), [2, 4, 5]],
    'containedBy': [(q) => q.containedBy('tags', ['a', 'b', 'x']).exists('tags'), [1, 4]],
    'containsAll': [(q) => q.containsAll('tags', ['b', 'c']), [2]],
    'containsAll of one': [(q) => q.containsAll('tags', ['b']), [1, 2]],
    'containsAllStartingWith': [(q) => q.containsAllStartingWith('tags', ['a']), [1]],
    'exists': [(q) => q.exists('flag'), [1, 2, 3]],
    'doesNotExist': [(q) => q.doesNotExist('flag'), [4, 5]],
    'startsWith': [(q) => q.startsWith('text', 'apple'), [1, 4]],
    'endsWith': [(q) => q.endsWith('text', 'pie'), [3]],
    'contains': [(q) => q.contains('text', 'an'), [2]],
    'contains special characters': [(q) => q.contains('text', 'a.p'), []],
    'startsWith a quote': [(q) => q.startsWith('text', "o'b"), []],
    'matches': [(q) => q.matches('text', /^[ac]/), [1, 3, 4]],
    'matches without regard to case': [(q) => q.matches('text', /^b/i), [2]],
    'matches a text with options': [(q) => q.matches('text', 'BANANA', 'i'), [2]],
    'or': [() => Parse.Query.or(query(kThing).equalTo('n', 1), query(kThing).equalTo('n', 4)).ascending('n'), [1, 4]],
    'and': [() => Parse.Query.and(query(kThing).equalTo('flag', true), query(kThing).greaterThan('n', 1)).ascending('n'), [3]],
    'nor': [() => Parse.Query.nor(query(kThing).equalTo('n', 1), query(kThing).greaterThan('n', 3)).ascending('n'), [2, 3]],
    'or with a common constraint': [() => Parse.Query.or(query(kThing).equalTo('n', 1), query(kThing).equalTo('n', 2))
      .equalTo('flag', true).ascending('n'), [1]],
    'or inside and': [() => Parse.Query.and(Parse.Query.or(query(kThing).equalTo('n', 1), query(kThing).equalTo('n', 2)),
      query(kThing).equalTo('flag', false)).ascending('n'), [2]],
    'ascending': [() => query(kThing).exists('text').ascending('text'), [2, 1, 4, 3]],
    'descending': [() => query(kThing).descending('n'), [5, 4, 3, 2, 1]],
    'addAscending': [() => query(kThing).exists('flag').ascending('flag').addAscending('n'), [2, 1, 3]],
    'addDescending': [() => query(kThing).exists('flag').ascending('flag').addDescending('n'), [2, 3, 1]],
    'limit': [(q) => q.limit(2), [1, 2]],
    'skip': [(q) => q.skip(3), [4, 5]],
    'skip and limit': [(q) => q.skip(1).limit(2), [2, 3]],
    'limit 0': [(q) => q.limit(0), []],
    'a comment is ignored': [(q) => q.equalTo('n', 1).comment('who asks'), [1]],
    'an unknown column': [(q) => q.equalTo('nowhere', 1), []],
    'an unknown column that must not exist': [(q) => q.doesNotExist('nowhere'), [1, 2, 3, 4, 5]],
  };

  for (const [title, [build, expected]] of Object.entries(kCases)) {
    it(title, async () => assert.deepEqual(await found(build(ask())), expected));
  }

  it('get', async () => assert.equal((await query(kThing).get(things[2].id)).get('n'), 3));

  it('containedIn ids', async () => {
    assert.deepEqual(await found(ask().containedIn('objectId', [things[0].id, things[4].id])), [1, 5]);
  });

  it('first', async () => {
    assert.equal((await ask().first()).get('n'), 1);
    assert.equal(await query(kThing).equalTo('n', 99).first(), undefined);
  });

  it('count', async () => {
    assert.equal(await query(kThing).exists('n').count(), 5);
    assert.equal(await query(kThing).greaterThan('n', 2).limit(1).count(), 3);
  });

  it('count with results', async () => {
    const answer = await ask().lessThan('n', 4).limit(2).withCount().find();
    assert.equal(answer.count, 3);
    assert.deepEqual(answer.results.map((thing) => thing.get('n')), [1, 2]);
  });

  it('select', async () => {
    const thing = await ask().select('text').first();
    assert.equal(thing.get('text'), 'apple');
    assert.equal(thing.has('tags'), false);
    assert.ok(thing.createdAt);
  });

  it('select keeps unfetched keys of an object already known', async () => {
    const partial = await ask().select('n').first();
    await partial.fetch();
    assert.equal(partial.get('text'), 'apple');
  });

  it('exclude', async () => {
    const thing = await ask().exclude('text', 'tags').first();
    assert.equal(thing.has('text'), false);
    assert.equal(thing.has('tags'), false);
    assert.equal(thing.get('n'), 1);
  });

  it('fromJSON and toJSON', async () => {
    const again = Parse.Query.fromJSON(kThing, ask().greaterThan('n', 3).toJSON());
    assert.deepEqual(await found(again), [4, 5]);
  });

  it('map, reduce and filter', async () => {
    assert.deepEqual((await query(kThing).map((thing) => thing.get('n'))).sort(), [1, 2, 3, 4, 5]);
    assert.equal(await query(kThing).reduce((sum, thing) => sum + thing.get('n'), 0), 15);
    assert.equal((await query(kThing).filter((thing) => thing.get('n') > 3)).length, 2);
  });

  it('findAll', async () => {
    const all = await query(kThing).findAll({ batchSize: 2 });
    assert.deepEqual(all.map((thing) => thing.get('n')).sort(), [1, 2, 3, 4, 5]);
  });

  it('explain needs the master key', async () => {
    await fails_with(Parse.Error.INVALID_QUERY, () => query(kThing).explain().find());
    assert.ok(await query(kThing).explain().find({ useMasterKey: true }));
  });

  it('a bad pattern is an error and the next query works', async () => {
    await assert.rejects(query(kThing).matches('text', '(').find(), Parse.Error);
    assert.equal(await query(kThing).equalTo('n', 1).count(), 1);
  });

  it('a pointer is found by object', async () => {
    const owner = things[0];
    const pet = await make(kThing, { owner, n: 100 }).save();
    assert.equal((await query(kThing).equalTo('owner', owner).first()).id, pet.id);
    assert.equal(await query(kThing).notEqualTo('owner', owner).equalTo('n', 100).count(), 0);
    assert.equal((await query(kThing).containedIn('owner', [owner]).first()).id, pet.id);
    await pet.destroy();
  });

  it('a list of pointers is found by object', async () => {
    const pet = await make(kThing, { friends: [things[0], things[1]], n: 101 }).save();
    assert.equal((await query(kThing).containsAll('friends', [things[0], things[1]]).first()).id, pet.id);
    assert.equal((await query(kThing).equalTo('friends', things[1]).first()).id, pet.id);
    await pet.destroy();
  });
});

describe('full text', () => {
  const kNote = fresh_class('QueNote');
  before(() => make_all(kNote, [
    { n: 1, text: 'the quick brown fox jumps over the lazy dog' }, { n: 2, text: 'A dog is a friend, a dog is loyal' },
    { n: 3, text: 'running cats' }, { n: 4, text: 'nothing here' }]));

  it('finds a word', async () => assert.deepEqual(await found(query(kNote).fullText('text', 'fox')), [1]));

  it('finds other forms of a word', async () => {
    assert.deepEqual(await found(query(kNote).fullText('text', 'cat').ascending('n')), [3]);
    assert.deepEqual(await found(query(kNote).fullText('text', 'dog').ascending('n')), [1, 2]);
  });

  it('takes a language', async () => {
    assert.deepEqual(await found(query(kNote).fullText('text', 'fox', { language: 'english' })), [1]);
  });

  it('sorts by score', async () => {
    const notes = await query(kNote).fullText('text', 'dog').sortByTextScore().find();
    assert.equal(notes.length, 2);
    assert.ok(notes.every((note) => typeof note.get('score') === 'number'));
  });
});
