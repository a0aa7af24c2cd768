// Turns an answer into a form that is the same on every run: ids, session tokens, generated names, times and addresses
// become placeholders.

const kIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const kId = /^[A-Za-z0-9]{10}$/;
const kToken = /^r:[0-9a-f]{32}$/;
const kGeneratedName = /^[A-Za-z0-9]{25}$/;
const kSlackMs = 10000;
const kHourMs = 3600 * 1000;

/** Reads `a.0.b` out of a value; undefined when a step is missing. */
export function at_path(value, dotted) {
  return dotted.split('.').reduce((inner, key) => inner?.[key], value);
}

/** What one scenario has learnt so far: placeholder name -> real value, and when the run began. */
export class Memory {
  constructor({ url: server_url, keys }) {
    this.started = Date.now();
    this.server_url = server_url;
    this.files = `/files/${keys.appId}/`;
    this.mount = new URL(server_url).pathname;
    this.values = new Map();
  }

  /** Keeps what `save` (name -> path in the body) points at. */
  learn(save, body) {
    for (const [name, path] of Object.entries(save ?? {})) {
      const value = at_path(body, path);
      if (value !== undefined) this.values.set(name, String(value));
    }
  }

  /** Puts real values where a request says `{{name}}`. */
  fill(text) {
    return text.replace(/\{\{(\w+)\}\}/g, (whole, name) => this.values.get(name) ?? whole);
  }

  /** Puts placeholders where an answer shows real values. */
  blank(text) {
    let result = text;
    for (const [name, value] of this.values) result = result.split(value).join(`{{${name}}}`);
    return result;
  }
}

function is_now(text, memory) {
  if (!kIso.test(text)) return false;
  const time = Date.parse(text);
  return time >= memory.started - kSlackMs && time <= Date.now() + kSlackMs;
}

function normal_text(text, key, memory) {
  if (is_now(text, memory)) return '<now>';
  const blanked = memory.blank(text).split(memory.server_url).join('<server>')
    .split(memory.files).join('/files/<app>/');
  if (key === 'objectId' && kId.test(blanked)) return '<id>';
  if (kToken.test(blanked)) return '<token>';
  if (key === 'username' && kGeneratedName.test(blanked)) return '<generated>';
  return blanked;
}

/** The end of a session, said as whole hours after a present time; any other date stays. */
function normal_expiry(value, memory) {
  const hours = Math.round((Date.parse(value.iso) - memory.started) / kHourMs);
  const start = new Date(Date.parse(value.iso) - hours * kHourMs).toISOString();
  return { __type: 'Date', iso: hours > 0 && is_now(start, memory) ? `<now+${hours}h>` : value.iso };
}

/** Replaces ids, tokens, present times and addresses in a JSON value; keys come sorted, for their order means nothing. */
export function normal_value(value, memory, key = '') {
  if (typeof value === 'string') return normal_text(value, key, memory);
  if (Array.isArray(value)) return value.map((item) => normal_value(item, memory, key));
  if (value === null || typeof value !== 'object') return value;
  if (key === 'expiresAt' && value.__type === 'Date') return normal_expiry(value, memory);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) =>
    [memory.blank(name), normal_value(inner, memory, name)]));
}

/** A text equal for equal values, whatever the order of their keys. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** Puts `<any>` where the path, a list of keys of which `*` is every key, leads; nothing where it leads nowhere. */
export function mask_path(value, [head, ...rest]) {
  if (value === null || typeof value !== 'object') return;
  const keys = head === '*' ? Object.keys(value) : [head];
  for (const key of keys) {
    if (!(key in value)) continue;
    if (rest.length === 0) value[key] = '<any>';
    else mask_path(value[key], rest);
  }
}

/** Sorts the results of a find, for an answer whose order means nothing. */
export function sort_results(body) {
  if (Array.isArray(body?.results)) body.results.sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
}

function pick_rows(body, { list, key, values }) {
  const rows = at_path(body, list);
  if (Array.isArray(rows)) body[list] = rows.filter((row) => values.includes(row[key]));
}

function normal_headers(headers, watch, memory) {
  const kept = {};
  for (const name of ['content-type', 'location', ...(watch ?? [])]) {
    if (headers[name] === undefined) continue;
    kept[name] = memory.blank(headers[name])
      .replace(/^https?:\/\/[^/]+/, '<server>')
      .replace(`<server>${memory.mount}/`, '<server>/')
      .replace(/\/[A-Za-z0-9]{10}$/, '/<id>');
  }
  return kept;
}

function parse_body(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The comparable form of an answer to `step`: `{status, headers, body}`, or `text` when the body is not JSON; the status
 * alone when the step says that only it counts.
 */
export function normal_response(step, answer, memory) {
  if (step.status_only) return { status: answer.status };
  const parsed = parse_body(answer.text);
  memory.learn(step.save, parsed);
  const result = { status: answer.status, headers: normal_headers(answer.headers, step.watch, memory) };
  if (parsed === undefined) {
    if (answer.text !== '') result.text = normal_text(answer.text, '', memory);
    return result;
  }
  if (step.mask_body) {
    result.body = '<any>';
    return result;
  }
  if (step.pick) pick_rows(parsed, step.pick);
  result.body = normal_value(parsed, memory);
  for (const path of step.mask ?? []) mask_path(result.body, path.split('.'));
  const named_order = JSON.stringify(step.request).includes('"order"');
  if (step.unordered ?? !named_order) sort_results(result.body);
  return result;
}
