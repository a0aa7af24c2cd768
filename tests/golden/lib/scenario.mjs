// The small language scenarios are written in. A scenario is a named list of requests over classes of its own.

/**
 * Declares a scenario. `classes` are the only classes it may touch; they are emptied and dropped before it runs.
 * `profile` names the server options it needs (profiles.mjs).
 */
export function scenario(name, { classes = [], profile = 'default' }, steps) {
  const seen = new Set();
  for (const step of steps.flat(Infinity)) {
    if (seen.has(step.title)) throw new Error(`${name}: two steps are called "${step.title}"`);
    seen.add(step.title);
  }
  return { name, profile, classes, steps: steps.flat(Infinity) };
}

// `options`: `as` (who calls), `headers`, `save` (a placeholder for the new objectId, or name -> path in the body),
// `unordered` (results in any order; the default when the request names no order), `mask` (paths not compared),
// `status_only` (neither headers nor body are compared), `mask_body` (any body will do), `pick` (rows of a list to
// keep), `watch` (headers to compare too), `unstable` (why the reference varies).
function step(method, title, path, rest, options) {
  const { as = 'public', headers, save, ...flags } = options;
  const request = { as, method, path, ...rest };
  if (headers) request.headers = headers;
  const made = { title, request };
  if (save) made.save = typeof save === 'string' ? { [save]: 'objectId' } : save;
  return Object.assign(made, flags);
}

const with_body = (body) => (body === undefined ? {} : { body });

/** GET with query parameters; strings are sent as they are, anything else as JSON. */
export const get = (title, path, query, options = {}) =>
  step('GET', title, path, query && Object.keys(query).length ? { query } : {}, options);
export const post = (title, path, body, options = {}) => step('POST', title, path, with_body(body), options);
export const put = (title, path, body, options = {}) => step('PUT', title, path, with_body(body), options);
export const del = (title, path, options = {}) => step('DELETE', title, path, {}, options);

/** Any method; `parts` may hold `query`, `body` (JSON), `raw` (text sent as it is) or `base64` (bytes). */
export const call = (method, title, path, parts = {}, options = {}) => step(method, title, path, parts, options);

/** The same requests with the master key. */
export const master = Object.fromEntries(Object.entries({ get, post, put }).map(([name, make]) =>
  [name, (title, path, value, options = {}) => make(title, path, value, { as: 'master', ...options })]));
master.del = (title, path, options = {}) => del(title, path, { as: 'master', ...options });

/**
 * Makes many objects in one batch. `rows` maps a name to the object; the name becomes a placeholder for its id.
 * Sub-requests of a batch run side by side, so queries over them must name an order or be compared unordered.
 */
export function seed(class_name, rows, title = `makes the rows of ${class_name}`) {
  const names = Object.keys(rows);
  const requests = names.map((name) => ({ method: 'POST', path: `/parse/classes/${class_name}`, body: rows[name] }));
  const save = Object.fromEntries(names.map((name, index) => [name, `${index}.success.objectId`]));
  return post(title, '/batch', { requests }, { as: 'master', save });
}

/** Step options for a request of the user `name`, whose session token an earlier step saved as `<name>_token`. */
export const by = (name, options = {}) =>
  ({ ...options, headers: { 'X-Parse-Session-Token': `{{${name}_token}}`, ...options.headers } });

/** What a step that answers with a session of the user `name` saves. */
export const session_of = (name) => ({ [name]: 'objectId', [`${name}_token`]: 'sessionToken' });

/** Signs users up: the name becomes a placeholder for the id, `<name>_token` one for the session token. */
export const sign_up = (...names) => names.map((name) =>
  post(`signs ${name} up`, '/users', { username: name, password: `secret of ${name}` }, { save: session_of(name) }));

/** Declares a class through /schemas, so that column types do not depend on what is saved first. */
export const schema = (class_name, fields, rest = {}, title = `declares ${class_name}`) =>
  post(title, `/schemas/${class_name}`, { className: class_name, fields, ...rest }, { as: 'master' });

/** One find per row of `table`: title -> where. */
export function finds(class_name, table, extra = {}, options = {}) {
  return Object.entries(table).map(([title, where]) =>
    get(title, `/classes/${class_name}`, { where, ...extra }, options));
}

export const pointer = (class_name, id) => ({ __type: 'Pointer', className: class_name, objectId: id });
export const date = (iso) => ({ __type: 'Date', iso });
export const geo = (latitude, longitude) => ({ __type: 'GeoPoint', latitude, longitude });
export const bytes = (base64) => ({ __type: 'Bytes', base64 });
export const polygon = (...coordinates) => ({ __type: 'Polygon', coordinates });
export const file = (name, url) => ({ __type: 'File', name, ...(url && { url }) });
export const op = (name, rest = {}) => ({ __op: name, ...rest });
