// What Cloud Code finds beside functions and triggers.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_cloud, until } from '../support/cloud_app.mjs';
import { start_loopback } from '../support/loopback.mjs';
import { end_all, sleep } from '../support/server_process.mjs';

after(end_all);

const kCode = `
const key = { useMasterKey: true };
const run = (name, work) => Parse.Cloud.define(name, work);
run('server', () => Parse.Server);
run('set_server', () => { Parse.Server = { mine: 1 }; return Parse.Server; });
run('config_save', async () => {
  await Parse.Config.save({ open: 1, hidden: 2 }, { hidden: true });
  const [guest, master] = [await Parse.Config.get(), await Parse.Config.get(key)];
  return { guest: guest.attributes, master: master.attributes };
});
run('schema', async () => {
  const schema = new Parse.Schema('Made');
  await schema.addString('title').addNumber('size').save();
  const { fields } = await new Parse.Schema('Made').get();
  await new Parse.Object('Made').save({ title: 'a' }, key);
  await new Parse.Schema('Made').purge();
  const left = await new Parse.Query('Made').count(key);
  await new Parse.Schema('Made').delete();
  return { title: fields.title.type, size: fields.size.type, left };
});
run('queries', async () => {
  await Parse.Object.saveAll(Array.from({ length: 250 }, (_, n) => new Parse.Object('Row', { n, group: n % 5 })), key);
  const groups = await new Parse.Query('Row').aggregate([{ $group: { _id: '$group', sum: { $sum: '$n' } } }, { $sort: { _id: 1 } }]);
  const distinct = await new Parse.Query('Row').distinct('group');
  let each = 0;
  await new Parse.Query('Row').eachBatch(rows => { each += rows.length; }, { ...key, batchSize: 60 });
  const all = await new Parse.Query('Row').findAll(key);
  return { sums: groups.map(group => group.sum), distinct: distinct.sort(), each, all: all.length };
});
run('legacy', async () => {
  const late = new Parse.Promise();
  setTimeout(() => late.resolve('late'), 5);
  const both = await Parse.Promise.when([Parse.Promise.as(1), late]);
  const failed = await Parse.Promise.error('no').fail(reason => reason + '!');
  const always = await Parse.Promise.error(1).always(() => 'always');
  Parse.Cloud.useMasterKey();
  return { both, failed, always, is: Parse.Promise.is(late) };
});
run('mail', ({ params }) => Parse.Cloud.sendEmail(params.mail));
run('remove_all', () => { Parse.Cloud._removeAllHooks(); return 'removed'; });
Parse.Cloud.beforeConnect(() => {});
Parse.Cloud.beforeSubscribe('Row', () => {});
Parse.Cloud.afterLiveQueryEvent('Row', () => {});
Parse.Cloud.onLiveQueryEvent(() => {});
`;

describe('the API of Cloud Code', () => {
  let server;
  let mails;
  before(async () => {
    mails = await start_loopback(() => ({ body: { result: null } }));
    const adapter = { http: { url: `${mails.url}/mail`, methods: ['sendMail'], secret: 'a secret that only the tests share' } };
    server = await start_cloud(kCode, { flags: ['--emailAdapter', JSON.stringify(adapter), '--appName', 'Tested'] });
  });
  after(async () => {
    await server?.stop();
    await mails?.stop();
  });

  test('Parse.Server tells of the server', async () => {
    const { result } = await server.run('server');
    assert.equal(result.appId, 'APPLICATION_ID');
    assert.equal(result.masterKey, 'MASTER_KEY');
    assert.equal(result.serverURL, server.url);
    assert.equal(result.mountPath, '/parse');
    assert.match(result.version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(result.RateLimitZone, { global: 'global', session: 'session', user: 'user', ip: 'ip' });
  });

  test('Parse.Server can be set, and a warning says what that is worth', async () => {
    assert.equal((await server.run('set_server')).result.mine, 1);
    await until(() => server.output().includes('the server keeps the options it was started with'));
  });

  test('Parse.Config.save keeps parameters from those without the master key', async () => {
    const { result } = await server.run('config_save');
    assert.deepEqual(result, { guest: { open: 1 }, master: { open: 1, hidden: 2 } });
  });

  test('Parse.Schema makes, reads, purges and deletes classes', async () => {
    assert.deepEqual((await server.run('schema')).result, { title: 'String', size: 'Number', left: 0 });
  });

  test('aggregate, distinct, eachBatch and findAll work', async () => {
    const { result } = await server.run('queries');
    assert.deepEqual(result, { sums: [6125, 6175, 6225, 6275, 6325], distinct: [0, 1, 2, 3, 4], each: 250, all: 250 });
  });

  test('code from before Parse 2.0 finds Parse.Promise and useMasterKey', async () => {
    assert.deepEqual((await server.run('legacy')).result, { both: [1, 'late'], failed: 'no!', always: 'always', is: true });
    await until(() => server.output().includes('Parse.Cloud.useMasterKey has no effect'));
  });

  test('sendEmail goes through the mailer of the server', async () => {
    const mail = { from: 'Shop <shop@example.com>', to: ['a@example.com', 'b@example.com'], subject: 'Order', text: 'sent', html: '<b>sent</b>' };
    assert.deepEqual(await server.run('mail', { mail }), {});
    await until(() => mails.calls.length === 2);
    const sent = mails.calls.map(({ body }) => body.args[0]);
    assert.deepEqual(sent.map(({ to }) => to).sort(), ['a@example.com', 'b@example.com']);
    for (const one of sent) assert.deepEqual({ ...one, to: mail.to }, mail);
  });

  for (const [what, mail, code] of [
    ['no recipient', { text: 'a' }, 125], ['a recipient that is none', { to: 'a\r\nBcc: b@example.com', text: 'a' }, 125],
    ['no text', { to: 'a@example.com' }, 162], ['a text that is none', { to: 'a@example.com', text: 5 }, 162],
    ['a sender that is none', { to: 'a@example.com', text: 'a', from: 'me' }, 125],
    ['an unknown key', { to: 'a@example.com', text: 'a', attachments: [] }, 162],
  ]) {
    test(`sendEmail with ${what} fails`, async () => assert.equal((await server.run('mail', { mail })).code, code));
  }

  test('the way of sendEmail is closed to clients', async () => {
    assert.equal((await server.call('POST', '/cloud/email', { to: 'a@example.com', text: 'a' })).status, 404);
  });

  test('what belongs to LiveQuery is kept, and the log says that it is not called', () => {
    for (const name of ['beforeConnect', 'beforeSubscribe', 'afterLiveQueryEvent', 'onLiveQueryEvent'])
      assert.match(server.output(), new RegExp(`${name} is kept, but this server has no LiveQuery yet`));
  });

  test('_removeAllHooks removes everything at once', async () => {
    assert.deepEqual(await server.run('remove_all'), { result: 'removed' });
    await until(async () => (await server.run('server')).error === 'Invalid function: "server"');
  });
});

test('without an emailAdapter sendEmail says so in the log', async () => {
  const server = await start_cloud("Parse.Cloud.define('mail', () => Parse.Cloud.sendEmail({ to: 'a@example.com', text: 'a' }));");
  assert.deepEqual(await server.run('mail'), {});
  await until(() => server.output().includes('Failed to send email because no mail adapter is configured'));
  await server.stop();
});

for (const [value, over_http] of [['true', false], ['false', true]]) {
  test(`with directAccess ${value} the requests of Cloud Code go over ${over_http ? 'HTTP' : 'the socket'}`, async () => {
    const server = await start_cloud(`
      const asked = [];
      const send = require('http').ClientRequest.prototype.end;
      require('http').ClientRequest.prototype.end = function (...rest) { asked.push(this.path); return send.apply(this, rest); };
      const by_fetch = globalThis.fetch;
      globalThis.fetch = (url, ...rest) => { asked.push(String(url)); return by_fetch(url, ...rest); };
      Parse.Cloud.define('save', async () => {
        const object = await new Parse.Object('Direct').save({ a: 1 }, { useMasterKey: true });
        return { a: (await new Parse.Query('Direct').get(object.id, { useMasterKey: true })).get('a'), asked: asked.length };
      });`, { flags: ['--directAccess', value] });
    const { result } = await server.run('save');
    assert.equal(result.a, 1);
    assert.equal(result.asked > 0, over_http);
    await server.stop();
  });
}

describe('Parse.Cloud.httpRequest', () => {
  const kRequests = `
    Parse.Cloud.define('get', async ({ params }) => {
      try {
        const { status, headers, cookies, text, data } = await Parse.Cloud.httpRequest(params);
        return { status, headers, cookies, text: text.slice(0, 2000), data };
      } catch (error) {
        return { failed: error.message ?? error.status, text: error.text };
      }
    });`;
  let server;
  let guarded;
  let web;
  let other;
  before(async () => {
    other = await start_loopback(({ headers, method, body }) => ({ body: { headers, method, body: body?.toString() } }));
    web = await start_loopback(({ path, headers, method, body, query }) => ({
      '/parse/echo': { headers: { 'Set-Cookie': ['a=1', 'b=2'] }, body: { method, headers, query: Object.fromEntries(query), body: Buffer.isBuffer(body) ? body.toString() : body } },
      '/parse/missing': { status: 404, body: { error: 'nothing' } },
      '/parse/away': { status: 302, headers: { Location: `${other.url}/there` } },
      '/parse/again': { status: 307, headers: { Location: `${other.url}/there` } },
      '/parse/home': { status: 302, headers: { Location: '/parse/echo' } },
      '/parse/loop': { status: 302, headers: { Location: '/parse/loop' } },
      '/parse/slow': sleep(3000).then(() => ({ body: {} })),
      '/parse/large': { body: Buffer.alloc(21 * 1024 * 1024, 'x') },
    })[path]);
    server = await start_cloud(kRequests);
    guarded = await start_cloud(kRequests, { flags: ['--cloudDenyPrivateNetwork', 'true'] });
  });
  after(async () => {
    for (const part of [server, guarded, web, other]) await part?.stop();
  });
  const get = async (options) => (await server.run('get', options)).result;

  test('gets a page with parameters, cookies and JSON', async () => {
    const answer = await get({ url: `${web.url}/echo`, params: { q: 'a b', n: 1 } });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.cookies, ['a=1', 'b=2']);
    assert.deepEqual(answer.data.query, { q: 'a b', n: '1' });
  });

  test('sends bodies as forms, as JSON, or as they are', async () => {
    const post = async (more) => (await get({ url: `${web.url}/echo`, method: 'POST', ...more })).data;
    const form = await post({ body: { a: 'x y' } });
    assert.equal(form.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(form.body, 'a=x+y');
    assert.deepEqual((await post({ body: { a: [1] }, headers: { 'content-type': 'application/json' } })).body, { a: [1] });
    assert.equal((await post({ body: 'plain', headers: { 'Content-Type': 'text/plain' } })).body, 'plain');
  });

  test('a status of an error rejects with the response', async () => {
    assert.deepEqual(await get({ url: `${web.url}/missing` }), { failed: 404, text: '{"error":"nothing"}' });
  });

  test('redirects are answers unless they are to be followed', async () => {
    assert.equal((await get({ url: `${web.url}/home` })).status, 302);
    assert.equal((await get({ url: `${web.url}/home`, followRedirects: true })).data.method, 'GET');
  });

  const kSecrets = { Authorization: 'Bearer mine', COOKIE: 's=1', 'X-Kind': 'plain' };
  test('a redirect to another origin gets no Authorization and no Cookie', async () => {
    const { headers } = (await get({ url: `${web.url}/away`, followRedirects: true, headers: kSecrets })).data;
    assert.deepEqual([headers.authorization, headers.cookie, headers['x-kind']], [undefined, undefined, 'plain']);
  });

  test('a redirect within the origin keeps them', async () => {
    const { headers } = (await get({ url: `${web.url}/home`, followRedirects: true, headers: kSecrets })).data;
    assert.deepEqual([headers.authorization, headers.cookie], ['Bearer mine', 's=1']);
  });

  test('after 302 a POST becomes a GET without body, after 307 it stays', async () => {
    const post = async (path) => (await get({ url: web.url + path, method: 'POST', body: { a: 1 }, followRedirects: true })).data;
    const [away, again] = [await post('/away'), await post('/again')];
    assert.deepEqual([away.method, away.body, away.headers['content-type']], ['GET', undefined, undefined]);
    assert.deepEqual([again.method, again.body], ['POST', 'a=1']);
  });

  for (const [what, options, message] of [
    ['an endless redirect', { path: '/loop', followRedirects: true }, /more than 10 redirects/],
    ['a slow answer', { path: '/slow', timeout: 300 }, /timeout/],
    ['an answer beyond 20 MB', { path: '/large' }, /longer than/],
  ]) {
    test(`${what} fails`, async () => assert.match((await get({ ...options, url: web.url + options.path })).failed, message));
  }

  test('other protocols and nonsense fail', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/a']) assert.match((await get({ url })).failed, /unsupported protocol/);
    assert.match((await get({ url: 'nonsense' })).failed, /Invalid URL/);
    assert.match((await get({ url: 'http://127.0.0.1:1/' })).failed, /ECONNREFUSED/);
  });

  test('--cloudDenyPrivateNetwork refuses private addresses in every spelling, by name and by redirect', async () => {
    const { port } = new URL(web.url);
    for (const host of ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '10.1.2.3', '169.254.169.254', '[fd00::1]', '0.0.0.0'])
      assert.match((await guarded.run('get', { url: `http://${host}:${port}/parse/echo` })).result.failed, /may not reach/, host);
  });
});
