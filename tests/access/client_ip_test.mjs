// GHSA-vm5r-c87r-pf6x: a forged client address must not open masterKeyIps, readOnlyMasterKeyIps or maintenanceKeyIps.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { close_connections, send } from '../support/http.mjs';
import { start_server } from '../support/start_server.mjs';

const kTrusted = '10.9.8.7';
const kForged = {
  'X-Forwarded-For': kTrusted, 'X-Real-IP': kTrusted, 'X-Client-IP': kTrusted, 'CF-Connecting-IP': kTrusted,
  'True-Client-IP': kTrusted, Forwarded: `for=${kTrusted}`,
};
after(close_connections);

async function with_server(options, work) {
  const server = await start_server({ profile: 'access', options });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

const lists = (...addresses) => ({ masterKeyIps: addresses, readOnlyMasterKeyIps: addresses, maintenanceKeyIps: addresses });

/** The status of a request with each of the three keys. */
async function statuses({ url, keys }, headers = {}) {
  const app = { 'X-Parse-Application-Id': keys.appId, ...headers };
  const ask = async (key) => (await send({ url: `${url}/config`, headers: { ...app, ...key } })).status;
  return [await ask({ 'X-Parse-Master-Key': keys.masterKey }), await ask({ 'X-Parse-Master-Key': keys.readOnlyMasterKey }),
    await ask({ 'X-Parse-Maintenance-Key': keys.maintenanceKey })];
}

test('GHSA-vm5r-c87r-pf6x: without trustProxy no field of the request says who the client is', async () => {
  await with_server(lists(kTrusted), async (server) => {
    assert.deepEqual(await statuses(server), [403, 403, 403]);
    for (const [name, value] of Object.entries(kForged))
      assert.deepEqual(await statuses(server, { [name]: value }), [403, 403, 403], name);
    for (const value of [`::ffff:${kTrusted}`, `${kTrusted}, ${kTrusted}`, `"${kTrusted}"`, `[${kTrusted}]`])
      assert.deepEqual(await statuses(server, { 'X-Forwarded-For': value }), [403, 403, 403], value);
  });
});

test('GHSA-vm5r-c87r-pf6x: what a client puts before the address its proxy adds is not believed', async () => {
  await with_server({ ...lists(kTrusted), trustProxy: 1 }, async (server) => {
    assert.deepEqual(await statuses(server, { 'X-Forwarded-For': `${kTrusted}, 203.0.113.9` }), [403, 403, 403]);
    assert.deepEqual(await statuses(server, { 'X-Forwarded-For': `203.0.113.9, ${kTrusted}` }), [200, 200, 200]);
  });
});

test('GHSA-vm5r-c87r-pf6x: an IPv4-mapped IPv6 address is the IPv4 address, and no other', async () => {
  await with_server({ ...lists(kTrusted), trustProxy: true }, async (server) => {
    assert.deepEqual(await statuses(server, { 'X-Forwarded-For': `::ffff:${kTrusted}` }), [200, 200, 200]);
    for (const value of ['::ffff:10.9.8.8', '::10.9.8.7', '10.9.8.7:80', '0x0a.9.8.7', '10.9.8.07', 'localhost', ''])
      assert.deepEqual(await statuses(server, { 'X-Forwarded-For': value }), [403, 403, 403], value);
  });
});

test('GHSA-vm5r-c87r-pf6x: an empty list lets nobody use the keys', async () => {
  await with_server(lists(), async (server) => assert.deepEqual(await statuses(server), [403, 403, 403]));
});
