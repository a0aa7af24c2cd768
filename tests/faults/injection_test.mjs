// SQL in every place where a name or a value can stand, on every storage that speaks SQL: a Parse error or an answer
// without the rows it reaches for, at once, and a database that is as it was.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { cluster_missing, end_clusters, start_cluster } from '../support/postgres.mjs';
import { call, end_all } from '../support/server_process.mjs';
import { start_mail_sink } from '../support/mail_sink.mjs';
import { find_binary, start_server } from '../support/start_server.mjs';
import { kMark, kPayloads, kSleep } from './injection/payloads.mjs';
import { kPositions } from './injection/positions.mjs';

const kHidden = 'the-hidden-row';
const kSentinel = 'the-sentinel-row';
// What only a database says.
const kSqlTexts = [/\bselect\b/i, /\binsert into\b/i, /\bdelete from\b/i, /\bwhere "/i, /syntax error/i, /sqlstate/i, /sqlite/i, /postgres/i, /\brelation "/i, /\bcolumn "/i, /\bno such (table|column)/i,
  /operator does not exist/i, /invalid input syntax/i, /unterminated/i, /\bjsonb?\b.*invalid/i, /\bpg_\w+/i, /near "/i, /libpq/i, /LINE \d+:/];

const kFields = {
  text: { type: 'String' }, number: { type: 'Number' }, flag: { type: 'Boolean' }, when: { type: 'Date' }, map: { type: 'Object' }, list: { type: 'Array' }, bytes: { type: 'Bytes' }, file: { type: 'File' },
  owner: { type: 'Pointer', targetClass: 'Target' }, place: { type: 'GeoPoint' }, area: { type: 'Polygon' }, mates: { type: 'Relation', targetClass: 'Target' },
};

async function must(server, method, target, body) {
  const answer = await call(server, method, target, body);
  assert.ok(answer.status < 300, `${method} ${target}: ${answer.text}`);
  return answer.json;
}

/** The classes that the payloads reach for; gives the id of the row that anybody may write. */
async function prepare(server) {
  for (const name of ['Target', 'Made']) await must(server, 'POST', `/schemas/${name}`, { className: name, fields: kFields });
  await must(server, 'POST', '/classes/Sentinel', { text: kSentinel, ACL: {} });
  await must(server, 'POST', '/classes/Target', { text: kHidden, number: 2, map: { a: kHidden }, list: [kHidden], ACL: {} });
  await must(server, 'POST', '/users', { username: 'known', password: 'secret', email: 'known@example.com' });
  const open = await must(server, 'POST', '/classes/Target', { text: 'open', number: 1, map: { a: 'x', counter: 1 }, list: [1] });
  return open.objectId;
}

function target_of(request, id) {
  const query = Object.entries(request.query ?? {}).map(([name, value]) =>
    `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`);
  return request.path.replace('TARGET_ID', id) + (query.length ? `?${query.join('&')}` : '');
}

function at_path(value, keys) {
  return keys.reduce((inner, key) => inner?.[key], value);
}

/** What makes `answer` a bad one; undefined for a good one. */
function complaint(request, answer, payload) {
  if (answer.json === undefined || answer.status >= 500) return 'no Parse answer';
  const failed = answer.status >= 400;
  if (failed && typeof answer.json.error !== 'string') return 'no text in the error';
  if (failed && answer.json.code === 1) return 'an internal error';
  if (request.expects === 'refused' && !failed) return 'not refused';
  if (request.expects === 'nothing' && !failed && answer.json.results?.length !== 0) return 'rows were found';
  if (answer.text.includes(kSentinel) || (!request.master && answer.text.includes(kHidden))) return 'a hidden row is in it';
  if (/\$2[aby]\$/.test(answer.text)) return 'a hash is in it';
  if (!failed) return undefined;
  // A payload may come back in the text of an error.
  const telling = kSqlTexts.find((pattern) => pattern.test(answer.text) && !pattern.test(payload));
  return telling && `SQL is in it (${telling})`;
}

/** Sends one payload in one position and checks the answer. */
async function attack(server, id, make, payload) {
  const first = make(payload);
  const used = first.identifier ? payload.replaceAll(kMark, 'name7') : payload;
  const request = make(used);
  const started = performance.now();
  const answer = await call(server, request.method, target_of(request, id), request.body, { master: Boolean(request.master), app: request.app !== false });
  const seconds = (performance.now() - started) / 1000;
  const said = () => `${JSON.stringify(used)} -> ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.equal(complaint(request, answer, used), undefined, said());
  assert.ok(seconds < kSleep / 2, `${seconds} s for ${said()}`);
  if (!request.at || answer.status >= 400) return;
  const stored = await must(server, 'GET', `/classes/Made/${answer.json.objectId}`);
  assert.deepEqual(at_path(stored, request.at), request.at.at(-1) === 'read' ? true : used, said());
}

async function assert_untouched(server, id) {
  const { results } = await must(server, 'GET', '/classes/Sentinel');
  assert.deepEqual(results.map(({ text }) => text), [kSentinel]);
  const rows = await must(server, 'GET', '/classes/Target?order=number&keys=text,number');
  assert.deepEqual(rows.results.map(({ text, number }) => [text, number]), [['open', 1], [kHidden, 2]]);
  assert.equal((await must(server, 'GET', `/classes/Target/${id}`)).objectId, id);
  assert.equal((await must(server, 'GET', '/users')).results.length >= 1, true);
}

function attack_all(name, start, more = () => {}) {
  describe(`SQL in requests, on ${name}`, () => {
    let server;
    let id;
    before(async () => {
      server = await start();
      id = await prepare(server);
    });
    after(() => server.stop());
    for (const [title, make] of kPositions) {
      it(title, async () => {
        const step = make('x').slow ? 5 : 1;
        for (const payload of kPayloads.filter((_, index) => index % step === 0)) await attack(server, id, make, payload);
      });
    }
    it('every row is still there, and no other', () => assert_untouched(server, id));
    more(() => server);
  });
}

const kLogging = {
  logging_collector: 'on', log_directory: 'log', log_filename: 'statements.log', log_statement: 'all', log_line_prefix: '@@@ ', log_error_verbosity: 'terse',
  log_parameter_max_length: 0, log_parameter_max_length_on_error: 0, log_min_error_statement: 'panic',
};

/** A server that sends mail, so that nothing refuses to send one before it looks for the user. */
async function start_with_mail(options = {}) {
  const sink = await start_mail_sink();
  const mail = { appName: 'Injection', publicServerURL: 'http://mail.example.com/parse', emailAdapter: sink.adapter };
  const server = await start_server({ profile: 'injection', options: { allowClientClassCreation: true, ...mail, ...options } });
  return { ...server, stop: () => server.stop().finally(sink.stop) };
}

async function start_on_postgres() {
  const cluster = await start_cluster(kLogging);
  const server = await start_with_mail({ databaseURI: cluster.uri });
  const stop = async () => {
    await server.stop();
    await cluster.remove();
  };
  return { ...server, stop, log: () => readFileSync(path.join(cluster.data, 'log/statements.log'), 'utf8').split('@@@ ') };
}

function check_log(server) {
  it('no payload is part of a statement', () => {
    const statements = server().log().filter((entry) => /^LOG: {2}(execute|statement)/.test(entry));
    assert.ok(statements.length > kPositions.length, `${statements.length} statements`);
    // Some payloads end up as a field of that very name, which is no more than a name.
    const has_payload = (entry) => entry.replaceAll(`"${kMark}"`, '').includes(kMark);
    assert.deepEqual(statements.filter(has_payload).slice(0, 5), []);
  });
  it('no statement is broken', () => {
    assert.deepEqual(server().log().filter((entry) => /^ERROR: {2}(syntax error|unterminated|column .* does not exist)/.test(entry)).slice(0, 5), []);
  });
}

const kNoBinary = find_binary() ? undefined : 'there is no release binary';

describe('SQL in requests', { skip: kNoBinary }, () => {
  after(() => { end_all(); end_clusters(); });
  attack_all('SQLite', () => start_with_mail());
  if (cluster_missing()) it('on PostgreSQL', { skip: cluster_missing() }, () => {});
  else attack_all('PostgreSQL', start_on_postgres, check_log);
});
