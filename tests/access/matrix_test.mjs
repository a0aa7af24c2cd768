// Every route x every caller x every way to send the request, each cell against rules.mjs. The routes are those of the
// server: a unit test (tests/api/route_table_test.cpp) keeps routes.txt equal to its table.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { close_connections, send } from '../support/http.mjs';
import { start_server } from '../support/start_server.mjs';
import { kFixtures, open_world } from './fixtures.mjs';
import { kCallers, kRules } from './rules.mjs';

// The address in X-Forwarded-For is believed, so that one machine can play several.
const kOptions = { trustProxy: true, masterKeyIps: ['127.0.0.1'], maintenanceKeyIps: ['127.0.0.1'],
  security: { enableCheck: true }, enableAnonymousUsers: true };
const kElsewhere = '203.0.113.9';
const kHttpStatus = { 101: 404, 1: 500 };
const kRoutes = readFileSync(new URL('routes.txt', import.meta.url), 'utf8').trim().split('\n');

let server;
let world;
let cells = 0;

before(async () => {
  server = await start_server({ profile: 'access', options: kOptions });
  world = { ...await open_world(server), mount: new URL(server.url).pathname };
});
after(async () => {
  console.log(`# access matrix: ${kRoutes.length} routes, ${kCallers.length} callers, ${kTransportNames.length} transports, ${cells} cells`);
  await server?.stop();
  close_connections();
});

function headers_of(caller, sessions = {}) {
  const headers = { 'X-Parse-Application-Id': server.keys.appId, 'Content-Type': 'application/json' };
  if (caller === 'readOnly') headers['X-Parse-Master-Key'] = server.keys.readOnlyMasterKey;
  if (caller === 'maintenance') headers['X-Parse-Maintenance-Key'] = server.keys.maintenanceKey;
  if (caller.startsWith('master')) headers['X-Parse-Master-Key'] = server.keys.masterKey;
  if (caller === 'masterFromElsewhere') headers['X-Forwarded-For'] = kElsewhere;
  const token = sessions[caller] ?? world.users[caller]?.token;
  if (token) headers['X-Parse-Session-Token'] = token;
  return headers;
}

const query_text = (params) => Object.entries(params).map(([name, value]) =>
  `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`).join('&');

/** The answer as one word: ok, ok=N, the code, key or out. `status` is undefined for a part of a batch. */
function word_of(status, body) {
  if (body.code !== undefined) {
    if (status !== undefined) assert.equal(status, kHttpStatus[body.code] ?? 400, `HTTP status of ${JSON.stringify(body)}`);
    return String(body.code);
  }
  if (body.error === 'unauthorized') return 'out';
  if (status === 403 || body.error === 'Permission denied') return 'key';
  if (status >= 300 || body.error !== undefined) return `${status} ${JSON.stringify(body)}`;
  return Array.isArray(body.results) ? `ok=${body.results.length}` : 'ok';
}

const answer_word = ({ status, text }) => word_of(status, JSON.parse(text));

// Each sends `{method, path, params}` in its own way and gives the word of the answer.
const kTransports = {
  plain: async ({ method, path, params }, headers) => {
    const has_body = method === 'POST' || method === 'PUT';
    const query = has_body ? '' : query_text(params);
    return answer_word(await send({ url: server.url + path, method, query, headers, body: has_body ? JSON.stringify(params) : undefined }));
  },
  _method: async ({ method, path, params }, headers) =>
    answer_word(await send({ url: server.url + path, method: 'POST', headers, body: JSON.stringify({ ...params, _method: method }) })),
  batch: async ({ method, path, params }, headers) => {
    const part = { method, path: world.mount + path, body: params };
    if (method === 'GET' && Object.keys(params).length) part.path += `?${query_text(params)}`;
    const { status, text } = await send({ url: `${server.url}/batch`, method: 'POST', headers, body: JSON.stringify({ requests: [part] }) });
    const answer = JSON.parse(text);
    if (!Array.isArray(answer)) return word_of(status, answer);
    return answer[0].success ? word_of(200, answer[0].success) : word_of(undefined, answer[0].error);
  },
};
const kTransportNames = Object.keys(kTransports);

/** A batch cannot hold a batch; otherwise a cell does not depend on the transport. */
function expected_word(route, transport, cell) {
  return route === 'POST /batch' && transport === 'batch' && cell !== 'out' ? '107' : cell;
}

const matches = (word, expected) => word === expected || (expected === 'ok' && word.startsWith('ok='));

async function fill(route, fixture) {
  const [method, pattern] = route.split(' ');
  const made = await kFixtures[fixture](world);
  const path = pattern.replace(/:(\w+)/g, (_, name) => made.path[name]);
  const params = method === 'PUT' && made.change ? made.change : made.params;
  return { request: { method, path, params }, sessions: made.sessions };
}

test('every route of the server has its row, and every row its route', () => {
  assert.deepEqual(Object.keys(kRules).sort(), [...kRoutes].sort());
});

test('every row has a cell for each caller', () => {
  for (const [route, [, cells_text]] of Object.entries(kRules))
    assert.equal(cells_text.split(/\s+/).length, kCallers.length, route);
});

for (const [route, [fixture, cells_text]] of Object.entries(kRules)) {
  for (const transport of kTransportNames) {
    test(`${route} ${transport}`, async () => {
      const wrong = [];
      for (const [index, cell] of cells_text.split(/\s+/).entries()) {
        const caller = kCallers[index];
        const { request, sessions } = await fill(route, fixture);
        const word = await kTransports[transport](request, headers_of(caller, sessions));
        const expected = expected_word(route, transport, cell);
        if (!matches(word, expected)) wrong.push(`${caller}: ${word} instead of ${expected}`);
        cells += 1;
      }
      assert.deepEqual(wrong, []);
    });
  }
}
