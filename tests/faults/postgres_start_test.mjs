// A PostgreSQL database that is away, full or out of bounds when the server starts: it waits for what may come, and says
// what never will.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { free_port } from '../support/start_server.mjs';
import { call, end_all, make_folder, run_binary, server_flags, start_process, stop_process, wait_for_health } from '../support/server_process.mjs';
import { cluster_missing, end_clusters, open_session, start_cluster, with_database } from '../support/postgres.mjs';

const kLongestStop = 5000;
const homes = [];

function new_home() {
  homes.push(make_folder());
  return homes.at(-1).folder;
}

/** Starts a server on `database` that is to wait for it. */
const start_waiting = (database) => start_process({ folder: new_home(), database, status: 503 });

/** The exit code and output of a start that fails. */
async function failed_start(database) {
  const folder = new_home();
  const server = run_binary({ flags: server_flags({ folder, port: await free_port(), database }), cwd: folder });
  const { code } = await server.exited;
  return { code, output: server.output() };
}

async function assert_waiting(server) {
  const health = await wait_for_health(server, 503);
  assert.equal(health.text, '{"status":"starting"}');
  assert.equal(health.headers['retry-after'], '1');
  const answer = await call(server, 'GET', '/classes/Row');
  assert.deepEqual([answer.status, answer.json], [500, { code: 1, error: 'Invalid server state: starting' }]);
}

async function assert_serving(server) {
  await wait_for_health(server, 200);
  const made = await call(server, 'POST', '/classes/Row', { n: 1 });
  assert.equal(made.status, 201, made.text);
}

async function assert_stops_at_once(server) {
  const begin = Date.now();
  server.signal('SIGTERM');
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  assert.ok(Date.now() - begin < kLongestStop, `${Date.now() - begin} ms`);
}

/** Makes an authority, and a server certificate for 127.0.0.1 signed by it. */
function make_certificates(folder) {
  const openssl = (...flags) => execFileSync('openssl', flags, { cwd: folder, stdio: 'pipe' });
  const kCurve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  for (const name of ['ca', 'other'])
    openssl('req', '-x509', ...kCurve, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.crt`);
  openssl('req', ...kCurve, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
  execFileSync('bash', ['-c', 'openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 1 -out server.crt ' +
    "-extfile <(printf 'subjectAltName=IP:127.0.0.1')"], { cwd: folder, stdio: 'pipe' });
}

describe('PostgreSQL when the server starts', { skip: cluster_missing() ?? false }, () => {
  let cluster;
  before(async () => { cluster = await start_cluster({ max_connections: 8, superuser_reserved_connections: 0 }); });
  after(() => {
    end_all();
    end_clusters();
    for (const home of homes) home.remove();
  });

  async function take_all_connections() {
    const sessions = [];
    for (;;) {
      const session = open_session(cluster.uri);
      const is_open = await session.run('SELECT 1').then(() => true, (error) => {
        assert.match(error.message, /too many clients/);
        return false;
      });
      if (!is_open) return sessions;
      sessions.push(session);
    }
  }

  it('a cluster that is down is waited for, and served as soon as it is up', async () => {
    await cluster.stop();
    const server = await start_waiting(cluster.uri);
    await assert_waiting(server);
    await cluster.start();
    await assert_serving(server);
    const lines = server.output().match(/Connection refused/g);
    assert.equal(lines.length, 1, server.output());
    assert.equal((await stop_process(server)).code, 0);
  });

  it('a stop while it waits takes effect at once', async () => {
    const server = await start_waiting(`postgres://nobody@127.0.0.1:${await free_port()}/nothing`);
    await assert_stops_at_once(server);
  });

  it('a stop takes effect at once when the other end never answers', async () => {
    const mute = net.createServer(() => {});
    await new Promise((resolve) => { mute.listen(0, '127.0.0.1', resolve); });
    const server = await start_waiting(`postgres://nobody@127.0.0.1:${mute.address().port}/nothing`);
    await assert_waiting(server);
    await assert_stops_at_once(server);
    mute.close();
  });

  it('a cluster without a free connection is waited for', async () => {
    const sessions = await take_all_connections();
    const server = await start_waiting(cluster.uri);
    await assert_waiting(server);
    for (const session of sessions) await session.close();
    await assert_serving(server);
    await stop_process(server);
  });

  it('what no waiting can mend ends the start with its reason', async () => {
    const wrong = new URL(cluster.uri);
    wrong.password = 'not-the-password';
    const cases = [
      [with_database(cluster.uri, 'nowhere'), /database "nowhere" does not exist/],
      [wrong.href, /password authentication failed/],
      [`${cluster.uri}?sslmode=require`, /SSL/],
    ];
    for (const [uri, reason] of cases) {
      const { code, output } = await failed_start(uri);
      assert.equal(code, 2, output);
      assert.match(output, reason);
      assert.ok(!output.includes('not-the-password') && !output.includes(cluster.password), output);
    }
  });

  it('a parameter that the URI must not have ends the start', async () => {
    const { code, output } = await failed_start(`${cluster.uri}?poolSize=none`);
    assert.ok(code === 1 || code === 2, output);
    assert.match(output, /poolSize/);
    assert.ok(!output.includes(cluster.password), output);
  });

  it('TLS is required, verified, and refused with the wrong authority', async () => {
    const folder = new_home();
    make_certificates(folder);
    const secured = await start_cluster();
    await secured.stop();
    const files = { ssl: 'on' };
    for (const [option, name] of [['ssl_cert_file', 'server.crt'], ['ssl_key_file', 'server.key']]) {
      files[option] = secured.write(name, execFileSync('cat', [path.join(folder, name)]));
    }
    secured.write('data/pg_hba.conf', 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
    await secured.start(files);
    const authority = (name) => `sslrootcert=${encodeURIComponent(path.join(folder, name))}`;
    for (const flags of ['sslmode=require', `sslmode=verify-full&${authority('ca.crt')}`, `sslmode=verify-ca&${authority('ca.crt')}`]) {
      const server = await start_process({ folder: new_home(), database: `${secured.uri}?${flags}` });
      await assert_serving(server);
      assert.equal((await stop_process(server)).code, 0);
    }
    const wrong = await failed_start(`${secured.uri}?sslmode=verify-full&${authority('other.crt')}`);
    assert.equal(wrong.code, 2, wrong.output);
    assert.match(wrong.output, /certificate/);
    const plain = await failed_start(`${secured.uri}?sslmode=disable`);
    assert.equal(plain.code, 2, plain.output);
    assert.match(plain.output, /no encryption|pg_hba/);
    await secured.remove();
  });
});
