// Sends the requests of a scenario to a server, in order, and gives the normalised answers.
import { send } from '../../support/http.mjs';
import { Memory, normal_response } from './normalise.mjs';

function key_headers(as, keys) {
  const app = { 'X-Parse-Application-Id': keys.appId };
  switch (as) {
    case 'nobody': return {};
    case 'public': return app;
    case 'master': return { ...app, 'X-Parse-Master-Key': keys.masterKey };
    case 'readOnly': return { ...app, 'X-Parse-Master-Key': keys.readOnlyMasterKey };
    case 'maintenance': return { ...app, 'X-Parse-Maintenance-Key': keys.maintenanceKey };
    default: throw new Error(`unknown caller "${as}"`);
  }
}

function query_text(query, memory) {
  return Object.entries(query ?? {}).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${encodeURIComponent(name)}=${encodeURIComponent(memory.fill(text))}`;
  }).join('&');
}

function body_bytes(request, fill) {
  if (request.base64 !== undefined) return Buffer.from(request.base64, 'base64');
  if (request.raw !== undefined) return fill(request.raw);
  return request.body === undefined ? undefined : fill(JSON.stringify(request.body));
}

/** Replaces the names of keys and of known ids in a request text. */
function filler(memory, keys, server_url) {
  const known = { appId: keys.appId, masterKey: keys.masterKey, readOnlyMasterKey: keys.readOnlyMasterKey,
    maintenanceKey: keys.maintenanceKey, basic: Buffer.from(`${keys.appId}:${keys.masterKey}`).toString('base64'),
    basicAppOnly: Buffer.from(`${keys.appId}:`).toString('base64'),
    basicWrong: Buffer.from(`${keys.appId}:nope`).toString('base64'), mount: new URL(server_url).pathname };
  return (text) => memory.fill(text).replace(/\$\{(\w+)\}/g, (whole, name) => known[name] ?? whole)
    .replaceAll('"/parse/', `"${known.mount}/`);
}

/** Sends one step, with what `memory` knows put into it; resolves to the answer as it came. */
export function send_step(step, server, memory) {
  const { request } = step;
  const fill = filler(memory, server.keys, server.url);
  const body = body_bytes(request, fill);
  const own = Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, text]) => [name, fill(text)]));
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const url = request.path.startsWith('!') ? new URL(server.url).origin + request.path.slice(1)
    : server.url + memory.fill(request.path);
  const headers = { ...key_headers(request.as, server.keys), ...json, ...own };
  // The reference closes connections after some of its refusals, although it says it keeps them.
  return send({ url, method: request.method, query: query_text(request.query, memory), headers, body, alone: true });
}

/** Starts a scenario: gives a function that runs its steps one after another. */
export function open_scenario(server) {
  const memory = new Memory(server);
  return async (step) => normal_response(step, await send_step(step, server, memory), memory);
}

/**
 * Empties and drops those of `classes` that the server already knows, so that a scenario starts from nothing. System
 * classes are only emptied.
 */
export async function clean_classes(server, classes) {
  const headers = { ...key_headers('master', server.keys), 'Content-Type': 'application/json' };
  const listed = JSON.parse((await send({ url: `${server.url}/schemas`, headers, alone: true })).text);
  const known = new Set((listed.results ?? []).map((row) => row.className));
  for (const name of classes.filter((item) => known.has(item))) {
    await send({ url: `${server.url}/purge/${name}`, method: 'DELETE', headers, alone: true });
    if (name.startsWith('_')) continue;
    await send({ url: `${server.url}/schemas/${name}`, method: 'DELETE', headers, alone: true });
  }
}
