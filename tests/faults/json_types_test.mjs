// Every scalar of every request replaced by every other JSON type: the answer is a success or a Parse error, never a
// failure of the server.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { call, end_all, make_folder, start_process, stop_process } from '../support/server_process.mjs';
import { start_mail_sink } from '../support/mail_sink.mjs';
import { kRequests } from './requests.mjs';

const kReplacements = [
  null, true, false, 0, -1, 1.5, 1e308, 9007199254740993, '', 'text', '\u0000', 'a.b', '$where', [], [null], [[1]], {},
  { a: null }, { __type: 'Bogus' }, { __type: 'Date' }, { __type: 'Pointer', className: 1, objectId: {} },
  { __op: 'Bogus' }, { __op: 'Increment', amount: 'x' }, { $bogus: 1 },
];

function kind(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The paths of all scalars inside `value`. */
function scalar_paths(value, prefix = []) {
  if (value === null || typeof value !== 'object') return [prefix];
  return Object.entries(value).flatMap(([key, member]) => scalar_paths(member, [...prefix, key]));
}

function with_replaced(value, [key, ...rest], replacement) {
  if (key === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = with_replaced(copy[key], rest, replacement);
  return copy;
}

function value_at(value, place) {
  return place.reduce((inner, key) => inner[key], value);
}

/** Requests that differ from `request` in one scalar each, of the body or of the query. */
function* mutations(request) {
  for (const part of ['body', 'query']) {
    if (request[part] === undefined) continue;
    for (const place of scalar_paths(request[part])) {
      const old = value_at(request[part], place);
      for (const replacement of kReplacements) {
        if (kind(old) === kind(replacement) && kind(old) !== 'string') continue;
        yield { ...request, [part]: with_replaced(request[part], place, replacement), place: [part, ...place].join('.') };
      }
    }
  }
}

/** What is wrong with an answer; undefined when nothing is. */
function complaint(answer) {
  if (answer.json === undefined) return 'the body is not JSON';
  if (answer.status < 300) return undefined;
  if (answer.status >= 500) return 'the server failed';
  if (answer.status < 400) return 'a redirect';
  if (typeof answer.json.error !== 'string') return 'no error text';
  if (![403, 404].includes(answer.status) && !Number.isInteger(answer.json.code)) return 'no error code';
  return undefined;
}

function query_string(query = {}) {
  const pairs = Object.entries(query).map(([key, value]) =>
    `${key}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`);
  return pairs.length ? `?${pairs.join('&')}` : '';
}

describe('every scalar replaced by every other JSON type', () => {
  const home = make_folder();
  let server, sink, ids, fresh = 0;

  before(async () => {
    sink = await start_mail_sink();
    const mail = ['--appName', 'Faults', '--publicServerURL', 'http://mail.example.com/parse', '--emailAdapter', JSON.stringify(sink.adapter)];
    server = await start_process({ ...home, flags: mail });
    const made = await call(server, 'POST', '/classes/Known', {
      text: 'x', number: 1, flag: true, list: [1, 'a'], map: { a: { b: 1 } }, when: { __type: 'Date', iso: '2026-01-01T00:00:00.000Z' },
      place: { __type: 'GeoPoint', latitude: 1, longitude: 2 }, friends: { __op: 'AddRelation', objects: [{ __type: 'Pointer', className: 'Known', objectId: 'abcdefghij' }] },
    });
    const account = async (route, body) => (await call(server, 'POST', route, body)).json.objectId;
    const user = await account('/users', { username: 'known', password: 'secret', email: 'known@example.com' });
    ids = {
      KNOWN_ID: made.json.objectId, KNOWN_USER: user,
      KNOWN_SESSION: await account('/sessions', { user: { __type: 'Pointer', className: '_User', objectId: user }, sessionToken: 'r:1' }),
      KNOWN_ROLE: await account('/roles', { name: 'Known', ACL: {} }),
      KNOWN_INSTALLATION: await account('/installations', { deviceType: 'ios', installationId: 'tablet' }),
    };
  });
  after(async () => {
    await stop_process(server);
    await sink.stop();
    end_all();
    home.remove();
  });

  const fill = (target) => target.replace(/KNOWN_[A-Z]+/g, (name) => ids[name]).replace('FRESH', () => `Fresh${fresh++}`);
  const ask = ({ method, path: target, query, body }, request) =>
    call(server, method, fill(target) + query_string(query), body && JSON.parse(fill(JSON.stringify(body))), request);

  for (const request of kRequests) {
    it(request.title, async () => {
      const offences = [];
      const as_is = await ask(request, request);
      if (as_is.status >= 300) offences.push(`unchanged: ${as_is.status} ${as_is.text.slice(0, 200)}`);
      for (const mutated of mutations(request)) {
        const answer = await ask(mutated, request);
        const problem = complaint(answer);
        const changed = JSON.stringify({ body: mutated.body, query: mutated.query });
        if (problem) offences.push(`${mutated.place}: ${problem}: ${answer.status} ${answer.text.slice(0, 200)} for ${changed.slice(0, 400)}`);
      }
      assert.deepEqual(offences, []);
      assert.equal((await call(server, 'GET', '/health')).status, 200);
    });
  }
});
