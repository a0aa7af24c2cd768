// Parse.Cloud.httpRequest.
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 20 * 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';

const PRIVATE = new net.BlockList();
for (const [address, prefix] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8],
  ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3]]) PRIVATE.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of [['::', 128], ['::1', 128], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]])
  PRIVATE.addSubnet(address, prefix, 'ipv6');

function is_private(address) {
  const family = net.isIPv6(address) ? 'ipv6' : 'ipv4';
  return PRIVATE.check(address, family);
}

/** Looks a name up and refuses it when it leads into the private network. */
function guarded_lookup(host, options, done) {
  dns.lookup(host, options, (error, found, family) => {
    const addresses = Array.isArray(found) ? found.map(entry => entry.address) : [found];
    if (!error && addresses.some(is_private))
      return done(new Error(`${host} is an address that Cloud Code may not reach`));
    return done(error, found, family);
  });
}

function query_of(params) {
  return typeof params === 'string' ? params : new URLSearchParams(params).toString();
}

function find_header(headers, name) {
  const key = Object.keys(headers).find(one => one.toLowerCase() === name);
  return key && headers[key];
}

function encode_body(options, headers) {
  const { body } = options;
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return body;
  const type = find_header(headers, 'content-type');
  if (type && type.startsWith('application/json')) return JSON.stringify(body);
  if (!type) headers['Content-Type'] = FORM;
  return new URLSearchParams(body).toString();
}

class HTTPResponse {
  constructor(response, buffer) {
    this.status = response.statusCode;
    this.headers = response.headers;
    this.cookies = response.headers['set-cookie'];
    this.buffer = buffer;
  }
  get text() {
    return this.buffer.toString('utf-8');
  }
  get body() {
    return this.text;
  }
  get data() {
    try {
      return JSON.parse(this.text);
    } catch {
      return undefined;
    }
  }
}

function collect(response, resolve, reject) {
  const pieces = [];
  let bytes = 0;
  response.on('data', piece => {
    bytes += piece.length;
    if (bytes <= MAX_BYTES) return pieces.push(piece);
    return response.destroy(new Error(`the response is longer than ${MAX_BYTES} bytes`));
  });
  response.on('error', reject);
  response.on('end', () => resolve(new HTTPResponse(response, Buffer.concat(pieces))));
}

function send({ url, headers, body, method }, options, app) {
  const client = { 'http:': http, 'https:': https }[url.protocol];
  if (!client) return Promise.reject(new Error(`unsupported protocol ${url.protocol}`));
  const guard = app.denyPrivateNetwork;
  if (guard && net.isIP(url.hostname.replace(/[[\]]/g, '')) && is_private(url.hostname.replace(/[[\]]/g, '')))
    return Promise.reject(new Error(`${url.hostname} is an address that Cloud Code may not reach`));
  return new Promise((resolve, reject) => {
    const patience = options.timeout ?? TIMEOUT_MS;
    const signal = AbortSignal.timeout(patience);
    const fail = error => reject(signal.aborted ? new Error(`timeout: no whole answer within ${patience} ms`) : error);
    const call = client.request(url, {
      method, headers, agent: options.agent, lookup: guard ? guarded_lookup : undefined,
      signal,
    }, response => collect(response, resolve, fail));
    call.on('error', fail);
    call.end(body);
  });
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** These are followed with the same method and body. */
const SAME_AGAIN = [307, 308];
const MOST_REDIRECTS = 10;
/** Meant for one origin only. */
const SECRETS = ['authorization', 'cookie', 'proxy-authorization', 'x-parse-master-key', 'x-parse-session-token'];
const ABOUT_THE_BODY = ['content-type', 'content-length', 'transfer-encoding'];

function without(headers, names) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}

/** The request that a redirect asks for. */
function follow(asked, response) {
  const url = new URL(response.headers.location, asked.url);
  const headers = url.origin === asked.url.origin ? asked.headers : without(asked.headers, SECRETS);
  if (SAME_AGAIN.includes(response.status)) return { ...asked, url, headers };
  return { url, headers: without(headers, ABOUT_THE_BODY), method: asked.method === 'HEAD' ? 'HEAD' : 'GET' };
}

export function make_http_request(app) {
  return async function httpRequest(given) {
    const options = typeof given === 'string' ? { url: given } : given;
    const url = new URL(options.url);
    if (options.params) url.search = query_of(options.params);
    const headers = { ...options.headers };
    const body = encode_body(options, headers);
    let asked = { url, headers, body, method: options.method ?? 'GET' };
    let response = await send(asked, options, app);
    for (let i = 0; options.followRedirects && REDIRECTS.includes(response.status); ++i) {
      if (!response.headers.location) break;
      if (i === MOST_REDIRECTS) throw new Error(`more than ${MOST_REDIRECTS} redirects`);
      asked = follow(asked, response);
      response = await send(asked, options, app);
    }
    if (response.status < 200 || response.status >= 400) throw response;
    options.success?.(response);
    return response;
  };
}
