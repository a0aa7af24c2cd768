// What the suites about users share: fresh names, users, and raw requests as a client would send them.
import { randomBytes } from 'node:crypto';
import { send } from '../support/http.mjs';
import { Parse, server } from './client.mjs';

/** The password of every user made here. */
export const kPassword = 'correct horse';

/** A username no other run uses. */
export const fresh_name = (start = 'user') => `${start}_${randomBytes(6).toString('hex')}`;

/** The options that make a call as `user`. */
export const as = (user) => ({ sessionToken: user.getSessionToken() });

/** Signs a new user up; `fields` come on top of name and password. */
export async function new_user(start = 'user', fields = {}) {
  return Parse.User.signUp(fresh_name(start), kPassword, fields);
}

/** An unsaved object with an ACL for `owners` alone. */
export function private_to(object, ...owners) {
  const acl = new Parse.ACL();
  for (const owner of owners) {
    acl.setReadAccess(owner, true);
    acl.setWriteAccess(owner, true);
  }
  object.setACL(acl);
  return object;
}

/** Sends a JSON request without the SDK; gives `{status, body}`. */
export async function rest(method, path, body, headers = {}) {
  const answer = await send({
    url: server.url + path, method, alone: true,
    headers: { 'X-Parse-Application-Id': server.keys.appId, 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(answer.text) };
}
