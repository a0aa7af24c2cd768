import { describe, it } from 'node:test';
import { Parse, assert, fails_with, fresh_class, make, query } from './client.mjs';

const kType = fresh_class('TypeGame');

async function round_trip(key, value) {
  const saved = await make(kType, { [key]: value }).save();
  return (await query(kType).get(saved.id)).get(key);
}

const kSame = {
  'a number': ['number', 1.5], 'zero': ['number', 0], 'a negative number': ['number', -12345.678], 'a large number': ['number', 9007199254740991],
  'a tiny number': ['number', 1e-12], 'a huge number': ['number', 1.7e308], 'true': ['flag', true], 'false': ['flag', false],
  'a text': ['text', 'hello'], 'an empty text': ['text', ''], 'umlauts': ['text', 'Grüße aus Köln'], 'Chinese': ['text', '你好，世界'],
  'Arabic': ['text', 'مرحبا بالعالم'], 'emoji': ['text', '👩‍👩‍👧‍👦 🎉'], 'a combining accent': ['text', 'e\u0301'],
  'quotes and backslashes': ['text', `'"\\\\''`], 'line ends and tabs': ['text', 'a\r\n\tb'], 'control characters': ['text', '\u0001\u001f\u007f'],
  'HTML': ['text', '<b>&amp;</b>'], 'SQL': ['text', "'; DROP TABLE users; --"], 'a long text': ['text', 'x'.repeat(100000)],
  'a list': ['list', [1, 'two', true, null, { a: 1 }, [1, [2]]]], 'an empty list': ['list', []], 'a list of lists': ['list', [[], [[]]]],
  'an object': ['object', { a: 1, b: { c: [1, { d: null }] }, e: '' }], 'an empty object': ['object', {}],
  'an object with odd keys': ['object', { 'a b': 1, 'ü': 2, '1': 3, '': 4, "it's": 5 }], 'a deep object': ['object', JSON.parse(`${'{"k":'.repeat(50)}1${'}'.repeat(50)}`)],
  'a long list': ['list', Array.from({ length: 5000 }, (_, index) => index)],
};

describe('a value comes back as it was', () => {
  for (const [title, [key, value]] of Object.entries(kSame)) {
    it(title, async () => assert.deepEqual(await round_trip(key, value), value));
  }
});

describe('dates', () => {
  for (const iso of ['2015-06-22T19:01:44.250Z', '1970-01-01T00:00:00.000Z', '1900-02-28T23:59:59.999Z', '2099-12-31T23:59:59.001Z']) {
    it(`keeps ${iso}`, async () => assert.equal((await round_trip('when', new Date(iso))).toISOString(), iso));
  }

  it('keeps dates inside objects and lists', async () => {
    const when = new Date('2015-06-22T19:01:44.250Z');
    assert.equal((await round_trip('object', { when })).when.toISOString(), when.toISOString());
    assert.equal((await round_trip('list', [when]))[0].toISOString(), when.toISOString());
  });

  it('are found by value and by range', async () => {
    const when = new Date('2033-03-03T03:03:03.333Z');
    const saved = await make(kType, { when }).save();
    assert.equal((await query(kType).equalTo('when', when).first()).id, saved.id);
    const range = query(kType).greaterThan('when', new Date(when.getTime() - 1)).lessThan('when', new Date(when.getTime() + 1));
    assert.equal((await range.first()).id, saved.id);
  });

  it('createdAt and updatedAt can be asked for', async () => {
    const saved = await make(kType, { text: 'timed' }).save();
    const one = query(kType).equalTo('objectId', saved.id);
    assert.equal(await one.greaterThanOrEqualTo('createdAt', saved.createdAt).count(), 1);
    assert.equal(await query(kType).equalTo('objectId', saved.id).greaterThan('createdAt', new Date(Date.now() + 60000)).count(), 0);
  });
});

describe('nulls', () => {
  it('null reads as not set', async () => {
    const saved = await make(kType, { text: 'x', number: 1 }).save();
    await saved.save({ text: null });
    const again = await query(kType).get(saved.id);
    assert.equal(again.get('text') ?? null, null);
    assert.equal(again.get('number'), 1);
  });

  it('null is found by doesNotExist and equalTo(null)', async () => {
    const saved = await make(kType, { text: null, number: 77001 }).save();
    assert.equal((await query(kType).equalTo('number', 77001).doesNotExist('text').first()).id, saved.id);
    assert.equal((await query(kType).equalTo('number', 77001).equalTo('text', null).first()).id, saved.id);
  });

  it('null inside a list and an object stays', async () => {
    assert.deepEqual(await round_trip('list', [null, 1]), [null, 1]);
    assert.deepEqual(await round_trip('object', { a: null }), { a: null });
  });
});

describe('special types', () => {
  it('keeps a geo point', async () => {
    const point = await round_trip('place', new Parse.GeoPoint(40.5, -30.25));
    assert.ok(point instanceof Parse.GeoPoint);
    assert.deepEqual([point.latitude, point.longitude], [40.5, -30.25]);
  });

  it('keeps a pointer inside an object and a list', async () => {
    const friend = await make(kType, { text: 'friend' }).save();
    assert.equal((await round_trip('object', { friend })).friend.id, friend.id);
    assert.equal((await round_trip('list', [friend]))[0].id, friend.id);
  });

  it('keeps bytes', async () => {
    const value = { __type: 'Bytes', base64: 'aGVsbG8=' };
    assert.deepEqual(await round_trip('raw', value), value);
  });

  it('refuses another type for a column', async () => {
    await round_trip('number', 1);
    await fails_with(Parse.Error.INCORRECT_TYPE, () => make(kType, { number: 'text' }).save());
    await fails_with(Parse.Error.INCORRECT_TYPE, () => make(kType, { number: [1] }).save());
    await fails_with(Parse.Error.INCORRECT_TYPE, () => make(kType, { number: new Date() }).save());
  });

  it('refuses nested keys with a dot or a dollar', async () => {
    await fails_with(Parse.Error.INVALID_NESTED_KEY, () => make(kType, { object: { 'a.b': 1 } }).save());
    await fails_with(Parse.Error.INVALID_NESTED_KEY, () => make(kType, { object: { $a: 1 } }).save());
  });

  it('keeps an ACL', async () => {
    const object = make(kType, { text: 'acl' });
    const acl = new Parse.ACL();
    acl.setPublicReadAccess(true);
    acl.setRoleWriteAccess('Admins', true);
    object.setACL(acl);
    await object.save();
    const again = await query(kType).get(object.id);
    assert.deepEqual(again.getACL().toJSON(), { '*': { read: true }, 'role:Admins': { write: true } });
    await fails_with(Parse.Error.OBJECT_NOT_FOUND, () => again.save({ text: 'changed' }));
    await again.save({ text: 'changed' }, { useMasterKey: true });
  });
});
