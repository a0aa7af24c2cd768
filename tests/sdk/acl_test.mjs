import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, found, fresh_class, make, query, with_master } from './client.mjs';
import { as, new_user, private_to } from './accounts.mjs';

const { Error: Code } = Parse;
const kNote = fresh_class('AclNote');
const kBook = fresh_class('AclBook');

describe('access control lists', () => {
  let ann, bea;
  before(async () => { [ann, bea] = [await new_user('ann'), await new_user('bea')]; });

  it('hide an object from everybody else', async () => {
    const note = await private_to(make(kNote, { n: 1 }), ann).save(null, as(ann));
    assert.equal((await query(kNote).get(note.id, as(ann))).get('n'), 1);
    await fails_with(Code.OBJECT_NOT_FOUND, () => query(kNote).get(note.id, as(bea)));
    await fails_with(Code.OBJECT_NOT_FOUND, () => query(kNote).get(note.id));
    assert.equal((await query(kNote).get(note.id, with_master)).get('n'), 1);
  });

  it('are part of finds and counts, also with limits', async () => {
    for (let n = 10; n < 20; ++n) await private_to(make(kNote, { n }), n % 2 ? ann : bea).save(null, with_master);
    const some = () => query(kNote).greaterThanOrEqualTo('n', 10).ascending('n');
    assert.deepEqual(await found(some(), 'n', as(ann)), [11, 13, 15, 17, 19]);
    assert.deepEqual(await found(some().limit(2).skip(1), 'n', as(bea)), [12, 14]);
    assert.equal(await some().count(as(ann)), 5);
    assert.equal(await some().count(), 0);
  });

  it('let read without letting write', async () => {
    const acl = new Parse.ACL(ann);
    acl.setPublicReadAccess(true);
    const note = await make(kNote, { n: 30 }).save({ ACL: acl }, as(ann));
    const seen = await query(kNote).get(note.id, as(bea));
    seen.set('n', 31);
    await fails_with(Code.OBJECT_NOT_FOUND, () => seen.save(null, as(bea)));
    await fails_with(Code.OBJECT_NOT_FOUND, () => seen.destroy(as(bea)));
    assert.equal((await query(kNote).get(note.id)).get('n'), 30);
  });

  it('are given away by those who may write', async () => {
    const note = await private_to(make(kNote, { n: 40 }), ann).save(null, as(ann));
    await private_to(note, bea).save(null, as(ann));
    await fails_with(Code.OBJECT_NOT_FOUND, () => query(kNote).get(note.id, as(ann)));
    assert.equal((await query(kNote).get(note.id, as(bea))).get('n'), 40);
  });

  it('hold for included objects', async () => {
    const note = await private_to(make(kNote, { n: 50 }), ann).save(null, as(ann));
    const book = await make(kBook, { note }).save();
    const read = (options) => query(kBook).include('note').get(book.id, options);
    assert.equal((await read(as(ann))).get('note').get('n'), 50);
    assert.equal((await read(as(bea))).get('note'), undefined);
  });

  it('hold for sub-queries', async () => {
    const note = await private_to(make(kNote, { n: 60 }), ann).save(null, as(ann));
    const book = await make(kBook, { note, title: 'sixty' }).save();
    const find = (options) => found(query(kBook).matchesQuery('note', query(kNote).equalTo('n', 60)), 'title', options);
    assert.deepEqual(await find(as(ann)), ['sixty']);
    assert.deepEqual(await find(as(bea)), []);
    assert.ok(book.id);
  });

  it('hold for relations and their owners', async () => {
    const notes = await Promise.all([70, 71].map((n) => private_to(make(kNote, { n }), n === 70 ? ann : bea).save(null, with_master)));
    const book = private_to(make(kBook), ann);
    book.relation('notes').add(notes);
    await book.save(null, as(ann));
    const members = (options) => found(book.relation('notes').query(), 'n', options);
    assert.deepEqual(await members(as(ann)), [70]);
    assert.deepEqual(await members(as(bea)), []);
  });

  it('of a user cannot lock its user out', async () => {
    const user = await new_user();
    user.setACL(new Parse.ACL());
    await user.save(null, as(user));
    assert.equal((await query('_User').get(user.id, as(user))).id, user.id);
  });
});

describe('class permissions', () => {
  it('by sign-in, by user and by pointer', async () => {
    const kDiary = fresh_class('AclDiary');
    const [ann, bea] = [await new_user('ann'), await new_user('bea')];
    await new Parse.Schema(kDiary).addNumber('n').addPointer('owner', '_User').setCLP({
      create: { requiresAuthentication: true }, find: { pointerFields: ['owner'] }, get: { [ann.id]: true },
      count: {}, update: { pointerFields: ['owner'] }, delete: {}, addField: {},
    }).save();
    await fails_with(Code.OBJECT_NOT_FOUND, () => make(kDiary, { n: 1 }).save());
    const page = await make(kDiary, { n: 1, owner: ann }).save(null, as(ann));
    assert.deepEqual(await found(query(kDiary), 'n', as(ann)), [1]);
    assert.deepEqual(await found(query(kDiary), 'n', as(bea)), []);
    await fails_with(Code.OPERATION_FORBIDDEN, () => query(kDiary).count(as(ann)));
    page.set('n', 2);
    await fails_with(Code.OBJECT_NOT_FOUND, () => page.save(null, as(bea)));
    await page.save(null, as(ann));
    await fails_with(Code.OPERATION_FORBIDDEN, () => page.destroy(as(ann)));
  });

  it('hide protected fields', async () => {
    const kCard = fresh_class('AclCard');
    const ann = await new_user('ann');
    await new Parse.Schema(kCard).addString('number').addString('name').setCLP({
      find: { '*': true }, get: { '*': true }, create: { '*': true }, protectedFields: { '*': ['number'], authenticated: [] },
    }).save();
    const card = await make(kCard, { number: '4242', name: 'ann' }).save();
    assert.equal((await query(kCard).get(card.id)).get('number'), undefined);
    assert.equal((await query(kCard).get(card.id, as(ann))).get('number'), '4242');
    await fails_with(Code.OPERATION_FORBIDDEN, () => query(kCard).equalTo('number', '4242').find());
  });
});
