// examples/cloud-code, as its README says: npm ci, start, curl.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { call, end_all, make_folder, start_process, stop_process } from '../support/server_process.mjs';
import { until } from '../support/cloud_app.mjs';

const kExample = fileURLToPath(new URL('../../examples/cloud-code', import.meta.url));
let folder;
let remove;
let server;
before(async () => {
  ({ folder, remove } = make_folder());
  cpSync(kExample, folder, { recursive: true, filter: (file) => !file.includes('node_modules') });
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe', timeout: 120_000 });
  server = await start_process({ folder, flags: ['--cloud', './cloud/main.js', '--cloudWatch', 'true'] });
});
after(async () => {
  if (server) await stop_process(server);
  remove?.();
  end_all();
});

const as_client = (headers = {}) => ({ master: false, headers });
const lines = (count) => ({ lines: [{ slug: 'green-tea', count }] });

test('a product gets its slug, once', async () => {
  const { json } = await call(server, 'POST', '/classes/Product', { name: 'Green Tea', price: 4.35, cost: 1.2 });
  assert.equal(json.slug, 'green-tea');
  assert.equal((await call(server, 'POST', '/classes/Product', { name: 'Green  tea!', price: 5 })).json.slug, 'green-tea-2');
  await call(server, 'PUT', `/classes/Product/${json.objectId}`, { name: 'Very Green Tea' });
  assert.equal((await call(server, 'GET', `/classes/Product/${json.objectId}`)).json.slug, 'green-tea');
});

test('what a product costs the shop is hidden from clients', async () => {
  const { results } = (await call(server, 'GET', '/classes/Product?order=createdAt', undefined, as_client())).json;
  assert.equal(results.length, 2);
  for (const product of results) assert.equal('cost' in product, false);
});

test('a product without a price, or with one below nothing, is refused', async () => {
  assert.equal((await call(server, 'POST', '/classes/Product', { name: 'Air' }, as_client())).json.code, 142);
  const { json } = await call(server, 'POST', '/classes/Product', { name: 'Air', price: -1 }, as_client());
  assert.deepEqual(json, { code: 142, error: 'A price cannot be negative.' });
});

test('anybody gets a quote to the cent', async () => {
  assert.deepEqual((await call(server, 'POST', '/functions/quote', lines(3), as_client())).json, { result: { total: 13.05 } });
  assert.equal((await call(server, 'POST', '/functions/quote', { lines: [] }, as_client())).json.error, 'An order needs at least one line.');
  assert.equal((await call(server, 'POST', '/functions/quote', { lines: [{ slug: 'gold', count: 1 }] }, as_client())).json.code, 101);
});

test('who is logged in orders, and the order is his and stays', async () => {
  assert.equal((await call(server, 'POST', '/functions/order', lines(1), as_client())).json.code, 142);
  const user = (await call(server, 'POST', '/users', { username: 'a', password: 'secret-Pw1' }, as_client())).json;
  const session = as_client({ 'X-Parse-Session-Token': user.sessionToken });
  const { result } = (await call(server, 'POST', '/functions/order', lines(2), session)).json;
  assert.equal(result.total, 8.7);
  assert.equal((await call(server, 'GET', '/users/me', undefined, session)).json.orders, 1);
  assert.equal((await call(server, 'GET', `/classes/Order/${result.objectId}`, undefined, session)).json.total, 8.7);
  assert.equal((await call(server, 'GET', `/classes/Order/${result.objectId}`, undefined, as_client())).status, 404);
  assert.equal((await call(server, 'PUT', `/classes/Order/${result.objectId}`, { total: 0 }, session)).json.code, 119);
  assert.equal((await call(server, 'PUT', `/classes/Order/${result.objectId}`, { total: 0 })).json.error, 'An order cannot be changed.');
  assert.equal((await call(server, 'POST', '/classes/Order', { total: 0 }, session)).json.error, 'Use the function "order".');
});

test('a changed file is loaded', async () => {
  const file = path.join(folder, 'cloud/orders.js');
  writeFileSync(file, readFileSync(file, 'utf8').replace('currency(0))', 'currency(100))'));
  await until(async () => (await call(server, 'POST', '/functions/quote', lines(1), as_client())).json.result?.total === 104.35);
});
