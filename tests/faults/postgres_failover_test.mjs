// The primary of a PostgreSQL pair dies and its standby takes over: the server finds it by itself.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { call, end_all, make_folder, start_process, stop_process } from '../support/server_process.mjs';
import { cluster_missing, end_clusters, start_cluster, start_standby } from '../support/postgres.mjs';

const kPatience = 60_000;

describe('PostgreSQL that fails over', { skip: cluster_missing() ?? false }, () => {
  const home = make_folder();
  after(() => {
    end_all();
    end_clusters();
    home.remove();
  });

  it('a standby that takes over is found without a restart, with everything that was acknowledged', async () => {
    const primary = await start_cluster({ fsync: 'off' });
    // A commit waits until the standby has it, so that nothing acknowledged is lost with the primary.
    const standby = await start_standby(primary, { fsync: 'off' });
    await primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await primary.sql('SELECT pg_reload_conf()');
    const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
    const database = `postgres://postgres:${primary.password}@${hosts}/postgres?target_session_attrs=read-write&connect_timeout=3`;
    const server = await start_process({ folder: home.folder, database });
    const acknowledged = [];
    const write = async (n) => {
      const answer = await call(server, 'POST', '/classes/Ledger', { n });
      if (answer.status === 201) acknowledged.push(n);
      else assert.deepEqual(answer.json, { code: 1, error: 'The database cannot be reached.' });
      return answer.status;
    };
    for (let n = 0; n < 20; ++n) assert.equal(await write(n), 201);
    await primary.stop('immediate');
    assert.equal(await write(20), 500);
    await standby.promote();
    // What it waited for as a primary is nobody now.
    await standby.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
    await standby.sql('SELECT pg_reload_conf()');
    const deadline = Date.now() + kPatience;
    let n = 21;
    while ((await write(n)) !== 201) assert.ok(Date.now() < deadline && ++n, 'writes did not come back');
    const { json } = await call(server, 'GET', '/classes/Ledger?limit=1000&order=n&keys=n');
    const stored = new Set(json.results.map((row) => row.n));
    for (const kept of acknowledged) assert.ok(stored.has(kept), `${kept} was acknowledged`);
    assert.equal((await stop_process(server)).code, 0);
    await primary.remove();
    await standby.remove();
  });
});
