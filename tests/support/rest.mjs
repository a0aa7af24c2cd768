// The REST API with the master key, for preparing and checking what a program does.
import { send } from './http.mjs';

/** A function of method, path below the mount and body; gives the JSON of the answer, and throws for an error. */
export function master(server) {
  return async (method, path, body) => {
    const headers = { 'X-Parse-Application-Id': server.keys.appId, 'X-Parse-Master-Key': server.keys.masterKey, 'Content-Type': 'application/json' };
    const { status, text } = await send({ url: server.url + path, method, headers, body: body && JSON.stringify(body) });
    const json = text === '' ? {} : JSON.parse(text);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return json;
  };
}

/** The query of a search: `?where={…}`. */
export const where = (constraints) => `?where=${encodeURIComponent(JSON.stringify(constraints))}`;
