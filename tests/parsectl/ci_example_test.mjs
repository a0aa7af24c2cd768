// examples/ci-schema is run as a CI job would.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { find_parsectl, json_on_server, on_server, run_parsectl } from '../support/parsectl.mjs';
import { start_server } from '../support/start_server.mjs';

const kJob = fileURLToPath(new URL('../../examples/ci-schema/job.sh', import.meta.url));
let server;
let folder;
before(async () => {
  server = await start_server({ options: { allowCustomObjectId: true } });
  folder = mkdtempSync(path.join(os.tmpdir(), 'ci-example-'));
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run_job(more = {}) {
  const env = {
    ...more,
    PATH: `${path.dirname(find_parsectl())}:${process.env.PATH}`, TMPDIR: folder, HOME: folder,
    PARSECTL_SERVER: server.url, PARSECTL_APP_ID: server.keys.appId, PARSECTL_MASTER_KEY: server.keys.masterKey,
  };
  return new Promise((resolve) => {
    execFile(kJob, { env, timeout: 60000 }, (error, stdout, stderr) => resolve({ code: error ? error.code ?? error.signal : 0, text: stdout + stderr }));
  });
}

test('the job brings schema and data, and run again changes nothing', async () => {
  for (let run = 0; run < 2; run += 1) {
    const { code, text } = await run_job();
    assert.equal(code, 0, text);
  }
  const ctl = json_on_server(server);
  const { fields, indexes } = await ctl(['schema', 'get', 'Level']);
  assert.equal(fields.number.required, true);
  assert.deepEqual(indexes.by_number, { number: 1 });
  const { out } = await on_server(server)(['export', 'Level']);
  assert.deepEqual(out.trim().split('\n').map((line) => JSON.parse(line).title), ['The meadow', 'The river', 'The mountain']);
});

test('the job migrates the scores of another database, once', async () => {
  const uri = `sqlite:${path.join(folder, 'old.db')}`;
  const scores = path.join(folder, 'GameScore.ndjson');
  const level = { __type: 'Pointer', className: 'Level', objectId: 'level00001' };
  writeFileSync(scores, [1, 2, 3].map((score) => JSON.stringify({ objectId: `score${score}`, score, level }) + '\n').join(''));
  assert.equal((await run_parsectl(['--database', uri, 'import', scores])).code, 0);
  for (const counts of ['3 rows stored, 0 replaced, 0 skipped', '0 rows stored, 0 replaced, 3 skipped']) {
    const { code, text } = await run_job({ PARSECTL_FROM: uri });
    assert.equal(code, 0, text);
    assert.match(text, new RegExp(counts));
    assert.match(text, /^GameScore +3 +3 +same$/m);
  }
  const { out } = await on_server(server)(['export', 'GameScore']);
  assert.deepEqual(out.trim().split('\n').map((line) => JSON.parse(line).score), [1, 2, 3]);
});

test('a schema that would lose data fails the job', async () => {
  const ctl = json_on_server(server);
  await ctl(['schema', 'add-field', 'Level', 'extra:String']);
  const { code, text } = await run_job();
  assert.equal(code, 4, text);
  assert.match(text, /--allow-destructive/);
});
