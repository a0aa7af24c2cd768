// A bare HTTP client for the tests: sends exactly the bytes and headers it is given, on one pool of connections for
// each process.
import http from 'node:http';
import https from 'node:https';

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 16 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 16 }),
};

/**
 * Sends one request and resolves to `{status, headers, text}`. `body` is a string, a Buffer or absent.
 * `query` is an already encoded query string without the question mark. With `alone` the request has a connection of
 * its own, closed after it.
 */
export function send({ url, method = 'GET', query = '', headers = {}, body, alone = false }) {
  const target = new URL(url);
  const payload = body === undefined ? undefined : Buffer.from(body);
  const options = {
    method,
    host: target.hostname,
    port: target.port,
    path: target.pathname + (query ? `?${query}` : target.search),
    agent: alone ? false : agents[target.protocol],
    headers: payload ? { ...headers, 'Content-Length': payload.length } : headers,
    timeout: 30000,
  };
  const library = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = library.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer in 30 s: ${method} ${url}`)));
    request.on('error', reject);
    request.end(payload);
  });
}

/** Closes idle connections so that the process can end. */
export function close_connections() {
  for (const agent of Object.values(agents)) agent.destroy();
}
