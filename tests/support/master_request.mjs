// The REST API with the master key, for tests that look at what a program did to a server.
import { send } from './http.mjs';

/** A function `(method, path, body) => answer`; throws for an answer that is an error. */
export function master_request({ url, keys }) {
  const headers = { 'X-Parse-Application-Id': keys.appId, 'X-Parse-Master-Key': keys.masterKey, 'Content-Type': 'application/json' };
  return async (method, path, body) => {
    const answer = await send({ url: url + path, method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  };
}
