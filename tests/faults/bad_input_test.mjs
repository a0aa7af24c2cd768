// Bodies, operators and headers that no client should send: a clear refusal, and a server that goes on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { kKeys } from '../support/start_server.mjs';
import { call, end_all, make_folder, send_raw, start_process, stop_process } from '../support/server_process.mjs';

const kMegabyte = 1024 * 1024;

function assert_refused(answer, codes) {
  assert.ok(answer.status >= 400 && answer.status < 500, `status ${answer.status}: ${answer.text.slice(0, 200)}`);
  assert.equal(typeof answer.json?.error, 'string', answer.text.slice(0, 200));
  if (codes) assert.ok(codes.includes(answer.json.code), answer.text.slice(0, 200));
}

function raw_head(method, target, fields = {}) {
  const lines = Object.entries({ Host: 'localhost', 'X-Parse-Application-Id': kKeys.appId, ...fields })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

function resident_megabytes(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

describe('input that no client should send', () => {
  const home = make_folder();
  let server;
  before(async () => { server = await start_process(home); });
  after(async () => {
    const how = await stop_process(server);
    end_all();
    home.remove();
    assert.deepEqual(how, { code: 0, signal: null }, 'the server lived to the end');
  });

  const post = (body, options) => call(server, 'POST', '/classes/Bad', body, options);
  const find = (where) => call(server, 'GET', `/classes/Bad?where=${encodeURIComponent(typeof where === 'string' ? where : JSON.stringify(where))}`);

  describe('bodies', () => {
    it('a body cut off at any byte is refused', async () => {
      const whole = '{"text":"a\\u00e9\\n","list":[1,-2.5e3,true,null],"map":{"a":{"b":"c"}}}';
      for (let length = 1; length < whole.length; ++length) assert_refused(await post(whole.slice(0, length)));
      assert.equal((await post(whole)).status, 201);
    });

    for (const [name, open, close] of [['objects', '{"a":', '}'], ['arrays', '[', ']']]) {
      it(`10,000 nested ${name} are refused`, async () => {
        const deep = open.repeat(10000) + '1' + close.repeat(10000);
        assert_refused(await post(`{"deep":${deep}}`));
        assert_refused(await post(open.repeat(10000)));
        assert_refused(await find(`{"deep":${open.repeat(3000)}1${close.repeat(3000)}}`));
      });
    }

    it('10,000 nested $or are refused', async () => {
      const where = '{"$or":['.repeat(10000) + '{}' + ']}'.repeat(10000);
      assert_refused(await post(`{"_method":"GET","where":${where}}`));
    });

    it('a body of the largest size is taken and one byte more is refused', async () => {
      const sized = (size) => Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(size - 8, 'x'), Buffer.from('"}')]);
      assert.equal((await post(sized(20 * kMegabyte))).status, 201);
      const answer = await post(sized(20 * kMegabyte + 1)).catch((error) => ({ error }));
      // The server may hang up once it knows the length; a client that is still sending then sees only that.
      if (!answer.error) assert_refused(answer);
      const declared = await send_raw(server, raw_head('POST', '/parse/classes/Bad', { 'Content-Length': 20 * kMegabyte + 1 }), 5);
      assert.match(declared, /^HTTP\/1\.1 4\d\d /);
    });

    it('a chunked body that grows too large is refused', async () => {
      const chunk = `100000\r\n${'x'.repeat(kMegabyte)}\r\n`;
      const text = await send_raw(server, raw_head('POST', '/parse/classes/Bad', { 'Transfer-Encoding': 'chunked' }) + chunk.repeat(21), 10);
      assert.match(text, /^HTTP\/1\.1 4\d\d /);
    });

    for (const word of ['NaN', 'Infinity', '-Infinity', 'nan', '1e999', '01', '.5', '1.', '+1', "'a'", 'undefined', '"\t"', '"\\x41"', '"\\ud800"']) {
      it(`the value ${JSON.stringify(word)} is refused or stored as something that reads back`, async () => {
        const answer = await post(`{"value":${word}}`);
        if (answer.status !== 201) return assert_refused(answer, [107, 111, 105]);
        const stored = await call(server, 'GET', `/classes/Bad/${answer.json.objectId}`);
        assert.equal(stored.status, 200);
        assert.notEqual(stored.json, undefined, stored.text);
      });
    }

    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x80]]) {
      it(`the bytes ${Buffer.from(bytes).toString('hex')} in a text are refused or stored as valid UTF-8`, async () => {
        const answer = await post(Buffer.concat([Buffer.from('{"value":"a'), Buffer.from(bytes), Buffer.from('b"}')]));
        if (answer.status !== 201) return assert_refused(answer, [107]);
        const stored = await call(server, 'GET', `/classes/Bad/${answer.json.objectId}`);
        assert.match(stored.json.value, /^a\ufffd+b$/u);
      });
    }

    it('of two equal keys the last one counts', async () => {
      const made = await post('{"twice":1,"twice":2,"map":{"k":"a","k":"b"}}');
      assert.equal(made.status, 201, made.text);
      const { json } = await call(server, 'GET', `/classes/Bad/${made.json.objectId}`);
      assert.equal(json.twice, 2);
      assert.deepEqual(json.map, { k: 'b' });
    });

    it('bodies that are no objects are refused', async () => {
      for (const body of ['[]', '1', '"text"', 'null', 'true', '[{"a":1}]']) {
        const answer = await post(body);
        assert.ok(answer.status < 500, `${body}: ${answer.status} ${answer.text}`);
        assert.notEqual(answer.json, undefined);
      }
    });

    it('a transaction that needs a new class is answered', async () => {
      const requests = [1, 2].map((n) => ({ method: 'POST', path: '/parse/classes/MadeInTransaction', body: { n } }));
      const answer = await call(server, 'POST', '/batch', { transaction: true, requests });
      assert.equal(answer.status, 200, answer.text);
      assert.equal((await call(server, 'GET', '/classes/MadeInTransaction?count=1&limit=0')).json.count, 2);
    });

    it('100,000 keys in one object do not stop it', async () => {
      const wide = Object.fromEntries(Array.from({ length: 100000 }, (_, index) => [`k${index}`, index]));
      assert.equal((await post({ wide })).status, 201);
      const columns = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`c${index}`, index]));
      const answer = await call(server, 'POST', '/classes/Wide', columns);
      assert.ok(answer.status < 500, answer.text.slice(0, 300));
    });
  });

  describe('operators', () => {
    for (const where of [
      { text: { $bogus: 1 } }, { text: { $where: 'sleep(1000)' } }, { $bogus: [] }, { $where: '1' }, { text: { $in: 'x' } },
      { $or: {} }, { $and: 'x' }, { text: { $regex: '(', $options: 'q' } }, { text: { $regex: '[' } },
      { place: { $nearSphere: 'here' } }, { text: { $select: {} } }, { text: { $inQuery: {} } }, { $relatedTo: {} },
      { 'a b': 1 }, { '': 1 }, { ACL: {} }, { when: { $gt: { $relativeTime: 'soon' } } }, { text: { $text: 1 } },
    ]) {
      it(`the condition ${JSON.stringify(where)} is refused`, async () => assert_refused(await find(where)));
    }

    for (const value of [{ __op: 'Bogus' }, { __op: 5 }, { __op: 'Add', objects: 'x' }, { __op: 'Increment', amount: '1' },
      { __op: 'AddRelation', objects: [1] }, { __op: 'Batch', ops: 'x' }]) {
      it(`the operation ${JSON.stringify(value)} is refused`, async () => {
        const made = await post({ counter: 1 });
        assert_refused(await call(server, 'PUT', `/classes/Bad/${made.json.objectId}`, { counter: value }));
      });
    }

    it('thousands of alternatives work, and hundreds nested in each other are refused or work', async () => {
      await call(server, 'POST', '/classes/Choice', { n: 4000 });
      const alternatives = Array.from({ length: 5000 }, (_, n) => ({ n }));
      const ask = (where) => call(server, 'POST', '/classes/Choice', { _method: 'GET', where });
      assert.equal((await ask({ $or: alternatives })).json.results?.length, 1);
      assert.equal((await ask({ $nor: alternatives })).json.results?.length, 0);
      let nested = { n: 4000 };
      for (let depth = 0; depth < 90; ++depth) nested = { $or: [nested, { n: 1 }] };
      const answer = await ask(nested);
      if (answer.status !== 200) assert_refused(answer, [102]);
      else assert.equal(answer.json.results.length, 1);
    });

    it('a pattern that backtracks for ever ends soon', async () => {
      await call(server, 'POST', '/classes/Pattern', { text: 'a'.repeat(5000) + '!' });
      const started = Date.now();
      const answer = await call(server, 'GET', `/classes/Pattern?where=${encodeURIComponent('{"text":{"$regex":"(a+)+$"}}')}`);
      assert.ok(Date.now() - started < 5000, `${Date.now() - started} ms`);
      assert.notEqual(answer.json, undefined);
    });

    it('names by the ten thousand, and names of ten thousand parts, cost little', async () => {
      await call(server, 'POST', '/classes/Names', { a: 1 });
      const names = Array.from({ length: 30000 }, (_, n) => `k${n}`).join(',');
      const path = `a${'.a'.repeat(20000)}`;
      const started = Date.now();
      for (const name of ['keys', 'excludeKeys', 'include', 'order']) {
        for (const value of [names, path]) {
          const answer = await call(server, 'POST', '/classes/Names', { _method: 'GET', [name]: value }, { master: false });
          assert.ok(answer.status < 500, answer.text.slice(0, 200));
        }
      }
      assert.ok(Date.now() - started < 5000, `${Date.now() - started} ms`);
      assert.ok(resident_megabytes(server.pid) < 300, `${resident_megabytes(server.pid)} MB`);
    });

    it('unknown query parameters, stages and routes are refused', async () => {
      assert_refused(await call(server, 'GET', '/classes/Bad?bogus=1'), [102]);
      assert_refused(await call(server, 'GET', `/aggregate/Bad?pipeline=${encodeURIComponent('[{"$bogus":1}]')}`));
      assert_refused(await call(server, 'GET', '/no/such/route'));
      assert_refused(await call(server, 'POST', '/classes/1bad', { a: 1 }), [103]);
      assert_refused(await call(server, 'POST', '/classes/%00', { a: 1 }), [103]);
    });
  });

  describe('HTTP', () => {
    it('100 kB of headers are refused', async () => {
      const one = await send_raw(server, raw_head('GET', '/parse/classes/Bad', { 'X-Long': 'x'.repeat(100 * 1024) }), 5);
      const many = await send_raw(server, raw_head('GET', '/parse/classes/Bad', Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`X-${i}`, 'x'.repeat(50)]))), 5);
      for (const text of [one, many]) assert.match(text, /^HTTP\/1\.1 (431|400) /);
    });

    it('a target of 100 kB is refused', async () => {
      assert.match(await send_raw(server, raw_head('GET', `/parse/classes/Bad?where=${'x'.repeat(100 * 1024)}`), 5), /^HTTP\/1\.1 4\d\d /);
    });

    for (const [name, bytes] of Object.entries({
      'no HTTP at all': 'hello\r\n\r\n',
      'binary rubbish': Buffer.from([0x16, 0x03, 0x01, 0x00, 0xff, 0x01, 0x00, 0x0d, 0x0a, 0x0d, 0x0a]),
      'two lengths': 'POST /parse/classes/Bad HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}',
      'a length and chunks': 'POST /parse/classes/Bad HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'a negative length': 'POST /parse/classes/Bad HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
      'a length beyond 64 bits': 'POST /parse/classes/Bad HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n',
      'a bad chunk size': 'POST /parse/classes/Bad HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
      'an unknown version': 'GET /parse/health HTTP/9.9\r\nHost: x\r\n\r\n',
      'a zero byte in a header': 'GET /parse/health HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n',
    })) {
      it(`${name} is refused`, async () => {
        const text = await send_raw(server, bytes, 5);
        assert.ok(text === '' || /^HTTP\/1\.[01] [45]\d\d /.test(text), JSON.stringify(text.slice(0, 200)));
      });
    }

    it('broken percent signs and odd paths are answered', async () => {
      for (const target of ['/parse/classes/%zz', '/parse/classes/%', '/parse//classes//Bad', '/parse/../../etc/passwd', '/parse/classes/Bad?where=%', '/parse/classes/Bad?where[a][b]=1', '*', '/']) {
        const text = await send_raw(server, raw_head('GET', target, { Connection: 'close' }), 5);
        assert.match(text, /^HTTP\/1\.1 [1234]\d\d /, target);
      }
    });

    it('it is still healthy', async () => assert.equal((await call(server, 'GET', '/health')).status, 200));
  });
});
