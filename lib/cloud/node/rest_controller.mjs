// The SDK's requests go back to the server over the socket of the call, not over HTTP.
import { Kind } from './link.mjs';

/** The path behind the mount, with a slash before it. */
function inner_path(path, server_url) {
  const mount = new URL(server_url).pathname.replace(/\/$/, '');
  const behind = mount && path.startsWith(mount) ? path.slice(mount.length) : path;
  return behind.startsWith('/') ? behind : `/${behind}`;
}

function head_of(method, path, options, app) {
  const head = { method, path: inner_path(path, app.serverURL) };
  if (options.useMasterKey) head.master = true;
  else if (typeof options.sessionToken === 'string') head.sessionToken = options.sessionToken;
  head.installationId = options.installationId || 'cloud';
  if (options.context !== undefined) head.context = structuredClone(options.context);
  return head;
}

export function make_rest_controller(link, Parse, app, current_call) {
  const by_http = Parse.CoreManager.getRESTController();
  const waiting = new Map();
  let last = 0;

  link.on(Kind.response, (number, payload) => {
    const asked = waiting.get(number);
    waiting.delete(number);
    const end = payload.indexOf('\n');
    asked?.(JSON.parse(payload.slice(0, end)), payload.slice(end + 1));
  });

  const exchange = (head, body) =>
    new Promise(resolve => {
      last = (last + 1) % 0xffffffff;
      waiting.set(last, (answer, text) => resolve({ ...answer, body: text ? JSON.parse(text) : {} }));
      link.send(Kind.request, last, `${current_call()} ${JSON.stringify(head)}\n${JSON.stringify(body ?? {})}`);
    });

  async function request(method, path, data, options = {}) {
    let head;
    try {
      head = head_of(method, path, options, app);
    } catch (error) {
      throw new Parse.Error(Parse.Error.INVALID_VALUE, `Context contains non-cloneable values: ${error.message}`);
    }
    const { status, headers, body } = await exchange(head, data);
    if (status >= 400) throw new Parse.Error(body.code ?? Parse.Error.INTERNAL_SERVER_ERROR, body.error ?? body.message);
    return options.returnStatus ? { ...body, _status: status, _headers: headers } : body;
  }

  return { ...by_http, request };
}
