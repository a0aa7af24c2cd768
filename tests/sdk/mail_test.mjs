// Password reset and e-mail verification with the official SDK, over a real mail server, following the links.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import Parse from 'parse/node';
import { send } from '../support/http.mjs';
import { start_smtp_server } from '../support/smtp_server.mjs';
import { free_port, start_server } from '../support/start_server.mjs';

const smtp = await start_smtp_server();
const port = await free_port();
const server = await start_server({
  profile: 'mail',
  options: {
    port,
    serverURL: `http://127.0.0.1:${port}/parse`,
    publicServerURL: `http://127.0.0.1:${port}/parse`,
    appName: 'Chess',
    verifyUserEmails: true,
    emailAdapter: smtp.adapter,
    passwordPolicy: { validatorPattern: '^.{6,}$', validationError: 'At least 6 characters.' },
    pages: { enableLocalization: true },
  },
});
Parse.initialize(server.keys.appId, undefined, server.keys.masterKey);
Parse.serverURL = server.url;

after(async () => {
  await server.stop();
  await smtp.stop();
});

/** Signs a new user up and takes the mail that asks to confirm the address. */
async function new_user() {
  const name = `user_${randomBytes(6).toString('hex')}`;
  const email = `${name}@example.org`;
  const user = await Parse.User.signUp(name, 'old password', { email });
  return { user, name, email, mail: await smtp.next_mail() };
}

/** The address in a mail. */
const link_in = (mail) => mail.text.match(/http:\/\/\S+/)[0];
const open_page = (url, headers = {}) => send({ url, headers, alone: true });
const token_of = (url) => new URL(url).searchParams.get('token');

const unescape_html = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));

/** Sends the form of the page for a new password, as a browser does. */
function submit(page, token, password, headers = {}) {
  const action = unescape_html(page.match(/action="([^"]+)"/)[1]);
  return send({
    url: action, method: 'POST', alone: true,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ token, new_password: password }).toString(),
  });
}

test('the mail server gets the mail over TLS, with a password', async () => {
  const { email, mail } = await new_user();
  assert.equal(mail.secure, true);
  assert.equal(mail.user, 'chess');
  assert.equal(mail.from, 'chess@example.org');
  assert.deepEqual(mail.to, [email]);
  assert.match(mail.subject, /Chess/);
});

test('following the link in the mail verifies the address', async () => {
  const { user, mail } = await new_user();
  const page = await open_page(link_in(mail));
  assert.equal(page.status, 200);
  assert.match(page.text, /confirmed/);
  await user.fetch({ useMasterKey: true });
  assert.equal(user.get('emailVerified'), true);
  assert.match((await open_page(link_in(mail))).text, /not valid/);
});

test('a verification mail can be asked for again', async () => {
  const { user, email, mail } = await new_user();
  await Parse.User.requestEmailVerification(email);
  const again = await smtp.next_mail();
  assert.notEqual(token_of(link_in(again)), token_of(link_in(mail)));
  assert.match((await open_page(link_in(mail))).text, /not valid/);
  await open_page(link_in(again));
  await user.fetch({ useMasterKey: true });
  assert.equal(user.get('emailVerified'), true);
});

test('a password is reset by the link in the mail and the form behind it', async () => {
  const { user, name, email } = await new_user();
  await Parse.User.requestPasswordReset(email);
  const link = link_in(await smtp.next_mail());
  const page = await open_page(link);
  assert.equal(page.status, 200);
  const refused = await submit(page.text, token_of(link), 'short');
  assert.match(refused.text, /At least 6 characters\./);
  const done = await submit(page.text, token_of(link), 'new password');
  assert.equal(done.status, 200);
  assert.match(done.text, /has been changed/);
  assert.equal((await Parse.User.logIn(name, 'new password')).id, user.id);
  await assert.rejects(Parse.User.logIn(name, 'old password'), { code: 101 });
  await assert.rejects(user.fetch({ sessionToken: user.getSessionToken() }), { code: 209 });
  assert.match((await open_page(link)).text, /not valid/);
});

test('of twenty uses of one link at the same time one succeeds', async () => {
  const { name, email } = await new_user();
  await Parse.User.requestPasswordReset(email);
  const link = link_in(await smtp.next_mail());
  const page = await open_page(link);
  const script = { 'X-Requested-With': 'XMLHttpRequest' };
  const uses = await Promise.all(Array.from({ length: 20 }, (_, i) =>
    submit(page.text, token_of(link), `password ${i}`, script)));
  const good = uses.flatMap((answer, i) => (answer.status === 200 ? [i] : []));
  assert.equal(good.length, 1);
  await Parse.User.logIn(name, `password ${good[0]}`);
});

test('pages speak the language that is asked for and carry it on', async () => {
  const { email } = await new_user();
  await Parse.User.requestPasswordReset(email);
  const link = link_in(await smtp.next_mail());
  const page = await open_page(`${link}&locale=de-AT`);
  assert.match(page.text, /Neues Passwort/);
  assert.match(page.text, /name="locale" value="de-AT"/);
});

test('unknown and known addresses get the same answer', async () => {
  const { email } = await new_user();
  const ask = (address) => send({
    url: `${server.url}/requestPasswordReset`, method: 'POST', alone: true,
    headers: { 'X-Parse-Application-Id': server.keys.appId, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: address }),
  });
  const known = await ask(email);
  const unknown = await ask('nobody@example.org');
  assert.equal(known.status, 200);
  assert.deepEqual([unknown.status, unknown.text], [known.status, known.text]);
  await smtp.next_mail();
});
