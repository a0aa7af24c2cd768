import { before, describe, it } from 'node:test';
import { Parse, assert, found, fresh_class, make, make_all, query } from './client.mjs';

const kBook = fresh_class('PtrBook');
const kAuthor = fresh_class('PtrAuthor');
const kTown = fresh_class('PtrTown');
let books;
let authors;

const ask = () => query(kBook).ascending('n');

describe('pointers and sub-queries', () => {
  before(async () => {
    const towns = await make_all(kTown, [{ name: 'Bath', size: 1 }, { name: 'Cork', size: 2 }]);
    authors = await make_all(kAuthor, [{ name: 'Ann', age: 40, town: towns[0], home: 'Bath' }, { name: 'Bob', age: 50, town: towns[1], home: 'Cork' },
      { name: 'Cem', age: 60, home: 'Rome' }]);
    books = await make_all(kBook, [
      { n: 1, author: authors[0], others: [authors[1], authors[2]], data: { by: authors[1] } },
      { n: 2, author: authors[1], others: [] }, { n: 3, author: authors[2] }, { n: 4 }]);
  });

  it('a pointer has no data without include', async () => {
    const book = await query(kBook).get(books[0].id);
    assert.equal(book.get('author').id, authors[0].id);
    assert.equal(book.get('author').has('name'), false);
  });

  it('include', async () => assert.equal((await ask().include('author').first()).get('author').get('name'), 'Ann'));

  it('include of two levels', async () => {
    assert.equal((await ask().include('author.town').first()).get('author').get('town').get('name'), 'Bath');
  });

  it('include of a list', async () => {
    assert.deepEqual((await ask().include('others').first()).get('others').map((author) => author.get('name')), ['Bob', 'Cem']);
  });

  it('include below a list', async () => {
    assert.equal((await ask().include('others.town').first()).get('others')[0].get('town').get('name'), 'Cork');
  });

  it('include inside an object', async () => {
    assert.equal((await ask().include('data.by').first()).get('data').by.get('name'), 'Bob');
  });

  it('include of several', async () => {
    const book = await ask().include('author', 'others').first();
    assert.equal(book.get('author').get('name'), 'Ann');
    assert.equal(book.get('others')[1].get('name'), 'Cem');
  });

  it('includeAll', async () => {
    const book = await ask().includeAll().first();
    assert.equal(book.get('author').get('name'), 'Ann');
    assert.equal(book.get('others')[0].get('name'), 'Bob');
  });

  it('select with include', async () => {
    const book = await ask().include('author').select('n', 'author.name').first();
    assert.equal(book.get('author').get('name'), 'Ann');
    assert.equal(book.get('author').has('age'), false);
  });

  it('a deleted target is left out', async () => {
    const [gone] = await make_all(kAuthor, [{ name: 'Gone' }]);
    const book = await make(kBook, { n: 90, author: gone }).save();
    await gone.destroy();
    const again = await query(kBook).include('author').get(book.id);
    assert.equal(again.get('author')?.has('name') ?? false, false);
    await book.destroy();
  });

  it('matchesQuery', async () => {
    assert.deepEqual(await found(ask().matchesQuery('author', query(kAuthor).greaterThan('age', 45))), [2, 3]);
  });

  it('matchesQuery that finds nobody', async () => {
    const nobody = ask().exists('author').matchesQuery('author', query(kAuthor).equalTo('name', 'Zoe'));
    assert.deepEqual(await found(nobody), []);
  });

  it('doesNotMatchQuery', async () => {
    const others = ask().exists('author').doesNotMatchQuery('author', query(kAuthor).greaterThan('age', 45));
    assert.deepEqual(await found(others), [1]);
  });

  it('matchesQuery on a list', async () => {
    assert.deepEqual(await found(ask().matchesQuery('others', query(kAuthor).equalTo('name', 'Bob'))), [1]);
  });

  it('matchesQuery two levels down', async () => {
    const inTown = query(kAuthor).matchesQuery('town', query(kTown).equalTo('name', 'Cork'));
    assert.deepEqual(await found(ask().matchesQuery('author', inTown)), [2]);
  });

  it('matchesQuery in or', async () => {
    const either = Parse.Query.or(query(kBook).matchesQuery('author', query(kAuthor).equalTo('name', 'Ann')), query(kBook).equalTo('n', 4));
    assert.deepEqual(await found(either.ascending('n')), [1, 4]);
  });

  it('matchesKeyInQuery', async () => {
    const writers = query(kAuthor).ascending('age').exists('home').matchesKeyInQuery('home', 'name', query(kTown));
    assert.deepEqual(await found(writers, 'name'), ['Ann', 'Bob']);
  });

  it('doesNotMatchKeyInQuery', async () => {
    const writers = query(kAuthor).exists('home').doesNotMatchKeyInQuery('home', 'name', query(kTown));
    assert.deepEqual(await found(writers, 'name'), ['Cem']);
  });

  it('counts with a sub-query', async () => {
    assert.equal(await query(kBook).matchesQuery('author', query(kAuthor).exists('town')).count(), 2);
  });

  it('round a loop', async () => {
    const first = await make(kTown, { name: 'first' }).save();
    const second = await make(kTown, { name: 'second', next: first }).save();
    await first.save({ next: second });
    const again = await query(kTown).include('next.next').get(first.id);
    assert.equal(again.get('next').get('next').get('name'), 'first');
  });
});
