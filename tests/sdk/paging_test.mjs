import { before, describe, it } from 'node:test';
import { Parse, assert, found, fresh_class, make, query } from './client.mjs';

const kRow = fresh_class('PageRow');
const kCount = 1250;

describe('more than a thousand objects', () => {
  before(async () => {
    const rows = Array.from({ length: kCount }, (_, n) => make(kRow, { n, half: n % 2 }));
    await Parse.Object.saveAll(rows, { batchSize: 100 });
  });

  it('a find gives a hundred unless told', async () => {
    assert.equal((await query(kRow).find()).length, 100);
  });

  it('a page of a thousand', async () => {
    const page = await found(query(kRow).ascending('n').limit(1000));
    assert.equal(page.length, 1000);
    assert.deepEqual([page[0], page[999]], [0, 999]);
  });

  it('the page after it', async () => {
    assert.equal((await query(kRow).ascending('n').skip(1000).limit(1000).find()).length, kCount - 1000);
  });

  it('all of them in one page', async () => {
    assert.equal((await query(kRow).limit(5000).find()).length, kCount);
  });

  it('count', async () => assert.equal(await query(kRow).equalTo('half', 1).count(), kCount / 2));

  it('each sees every object once', async () => {
    const seen = new Set();
    await query(kRow).each((row) => { seen.add(row.get('n')); });
    assert.equal(seen.size, kCount);
  });

  it('each with a condition and a batch size', async () => {
    const seen = [];
    await query(kRow).equalTo('half', 0).each((row) => { seen.push(row.get('n')); }, { batchSize: 200 });
    assert.equal(seen.length, kCount / 2);
    assert.ok(seen.every((n) => n % 2 === 0));
  });

  it('eachBatch', async () => {
    const sizes = [];
    await query(kRow).eachBatch((rows) => { sizes.push(rows.length); }, { batchSize: 500 });
    assert.deepEqual(sizes, [500, 500, 250]);
  });

  it('findAll', async () => {
    assert.equal((await query(kRow).greaterThanOrEqualTo('n', 200).findAll()).length, kCount - 200);
  });

  it('a large containedIn', async () => {
    const wanted = Array.from({ length: 800 }, (_, index) => index * 2);
    assert.equal(await query(kRow).containedIn('n', wanted).count(), kCount / 2);
  });

  it('destroyAll of them', async () => {
    const rows = await query(kRow).limit(kCount).find();
    await Parse.Object.destroyAll(rows, { batchSize: 100 });
    assert.equal((await query(kRow).find()).length, 0);
  });
});
