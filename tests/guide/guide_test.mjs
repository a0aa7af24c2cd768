// The steps of the getting-started guide, run with curl as the guide prints them and compared byte for byte.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { send } from '../support/http.mjs';
import { start_server } from '../support/start_server.mjs';

const run_file = promisify(execFile);
const kStamp = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z';
const kId = '[A-Za-z0-9]{10}';
const kMark = '\n--status ';

let server;
let id;
let created;

/** Runs one command of the guide, as printed there but for keys and address, and gives `{status, body}`. */
async function guide(command) {
  const text = command.replaceAll('APPLICATION_ID', server.keys.appId).replaceAll('MASTER_KEY', server.keys.masterKey)
    .replaceAll('http://localhost:1337/parse', server.url).replaceAll('OBJECT_ID', id);
  const { stdout } = await run_file('bash', ['-c', text.replace(/^curl /, `curl -sS -w '${kMark}%{http_code}' `)]);
  const cut = stdout.lastIndexOf(kMark);
  return { status: Number(stdout.slice(cut + kMark.length)), body: stdout.slice(0, cut) };
}

function matches(answer, status, pattern) {
  assert.equal(answer.status, status, answer.body);
  const match = new RegExp(`^${pattern}$`).exec(answer.body);
  assert.ok(match, answer.body);
  return match;
}

async function drop_class() {
  const headers = { 'X-Parse-Application-Id': server.keys.appId, 'X-Parse-Master-Key': server.keys.masterKey };
  await send({ url: `${server.url}/purge/GameScore`, method: 'DELETE', headers });
  await send({ url: `${server.url}/schemas/GameScore`, method: 'DELETE', headers });
}

describe('the getting-started guide', () => {
  before(async () => {
    server = await start_server();
    await drop_class();
  });
  after(async () => {
    await drop_class();
    await server.stop();
  });

  it('the server answers', async () => {
    matches(await guide('curl http://localhost:1337/parse/health'), 200, '{"status":"ok"}');
  });

  it('saves the first object', async () => {
    const answer = await guide(`curl -X POST \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -H "Content-Type: application/json" \\
      -d '{"score":1337,"playerName":"Sean Plott","cheatMode":false}' \\
      http://localhost:1337/parse/classes/GameScore`);
    [, id, created] = matches(answer, 201, `\\{"objectId":"(${kId})","createdAt":"(${kStamp})"\\}`);
  });

  it('says where the object is', async () => {
    const { stdout } = await run_file('curl', ['-sS', '-i', '-X', 'POST', '-H', `X-Parse-Application-Id: ${server.keys.appId}`,
      '-H', 'Content-Type: application/json', '-d', '{"score":1,"playerName":"Other"}', `${server.url}/classes/GameScore`]);
    const [head, body] = stdout.split('\r\n\r\n');
    const other = JSON.parse(body).objectId;
    assert.match(head, /^HTTP\/1\.1 201 Created\r\n/);
    assert.match(head, new RegExp(`\r\nLocation: ${server.url}/classes/GameScore/${other}(\r\n|$)`, 'i'));
    assert.match(head, /\r\nContent-Type: application\/json; charset=utf-8/i);
  });

  it('gets the object', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      http://localhost:1337/parse/classes/GameScore/OBJECT_ID`);
    const fields = JSON.parse(matches(answer, 200, '(\\{.*\\})')[1]);
    assert.deepEqual(fields, { objectId: id, createdAt: created, updatedAt: created, score: 1337, playerName: 'Sean Plott', cheatMode: false });
  });

  it('finds objects', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      http://localhost:1337/parse/classes/GameScore`);
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.body).results.map((row) => row.playerName).sort(), ['Other', 'Sean Plott']);
  });

  it('finds by a condition', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -G \\
      --data-urlencode 'where={"playerName":"Sean Plott","cheatMode":false}' \\
      http://localhost:1337/parse/classes/GameScore`);
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.body).results.map((row) => row.objectId), [id]);
  });

  it('sorts, limits and counts', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -G \\
      --data-urlencode 'order=-score' --data-urlencode 'limit=1' --data-urlencode 'count=1' --data-urlencode 'keys=score' \\
      http://localhost:1337/parse/classes/GameScore`);
    const { results, count } = JSON.parse(answer.body);
    assert.equal(count, 2);
    assert.deepEqual(Object.keys(results[0]).sort(), ['createdAt', 'objectId', 'score', 'updatedAt']);
  });

  it('finds nothing', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -G \\
      --data-urlencode 'where={"score":{"$gt":99999}}' \\
      http://localhost:1337/parse/classes/GameScore`);
    matches(answer, 200, '\\{"results":\\[\\]\\}');
  });

  it('updates the object', async () => {
    const answer = await guide(`curl -X PUT \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -H "Content-Type: application/json" \\
      -d '{"score":73453}' \\
      http://localhost:1337/parse/classes/GameScore/OBJECT_ID`);
    matches(answer, 200, `\\{"updatedAt":"${kStamp}"\\}`);
  });

  it('increments a counter', async () => {
    const answer = await guide(`curl -X PUT \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -H "Content-Type: application/json" \\
      -d '{"score":{"__op":"Increment","amount":1}}' \\
      http://localhost:1337/parse/classes/GameScore/OBJECT_ID`);
    matches(answer, 200, `\\{"score":73454,"updatedAt":"${kStamp}"\\}`);
  });

  it('adds to a list', async () => {
    const answer = await guide(`curl -X PUT \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -H "Content-Type: application/json" \\
      -d '{"skills":{"__op":"AddUnique","objects":["flying"]}}' \\
      http://localhost:1337/parse/classes/GameScore/OBJECT_ID`);
    matches(answer, 200, `\\{"skills":\\["flying"\\],"updatedAt":"${kStamp}"\\}`);
  });

  it('saves several objects in one request', async () => {
    const mount = new URL(server.url).pathname;
    const answer = await guide(`curl -X POST \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -H "Content-Type: application/json" \\
      -d '{"requests":[{"method":"POST","path":"${mount}/classes/GameScore","body":{"score":1}},
        {"method":"PUT","path":"${mount}/classes/GameScore/OBJECT_ID","body":{"score":2}}]}' \\
      http://localhost:1337/parse/batch`);
    matches(answer, 200, `\\[\\{"success":\\{"objectId":"${kId}","createdAt":"${kStamp}"\\}\\},\\{"success":\\{"updatedAt":"${kStamp}"\\}\\}\\]`);
  });

  it('shows the class to the master key', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -H "X-Parse-Master-Key: MASTER_KEY" \\
      http://localhost:1337/parse/schemas/GameScore`);
    assert.equal(answer.status, 200);
    const { className, fields } = JSON.parse(answer.body);
    assert.equal(className, 'GameScore');
    assert.deepEqual(fields, { objectId: { type: 'String' }, createdAt: { type: 'Date' }, updatedAt: { type: 'Date' }, ACL: { type: 'ACL' },
      score: { type: 'Number' }, playerName: { type: 'String' }, cheatMode: { type: 'Boolean' }, skills: { type: 'Array' } });
  });

  it('shows the class to nobody else', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      http://localhost:1337/parse/schemas/GameScore`);
    matches(answer, 403, '\\{"error":"Permission denied"\\}');
  });

  it('refuses a wrong type', async () => {
    const answer = await guide(`curl -X PUT \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      -H "Content-Type: application/json" \\
      -d '{"score":"many"}' \\
      http://localhost:1337/parse/classes/GameScore/OBJECT_ID`);
    matches(answer, 400, '\\{"code":111,"error":"schema mismatch for GameScore.score; expected Number but got String"\\}');
  });

  it('refuses a wrong application', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: WRONG" \\
      http://localhost:1337/parse/classes/GameScore`);
    matches(answer, 403, '\\{"error":"unauthorized"\\}');
  });

  it('deletes the object', async () => {
    const answer = await guide(`curl -X DELETE \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      http://localhost:1337/parse/classes/GameScore/OBJECT_ID`);
    matches(answer, 200, '\\{\\}');
  });

  it('cannot find it any more', async () => {
    const answer = await guide(`curl -X GET \\
      -H "X-Parse-Application-Id: APPLICATION_ID" \\
      http://localhost:1337/parse/classes/GameScore/OBJECT_ID`);
    matches(answer, 404, '\\{"code":101,"error":"Object not found\\."\\}');
  });
});
