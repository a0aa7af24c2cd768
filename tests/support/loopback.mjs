// An HTTP server on the loopback address that answers as a test says and keeps what it was asked.
import http from 'node:http';

/**
 * Starts it. `answer(call, calls)` gets `{method, path, query, headers, body}` (the body as JSON when it is some) and
 * returns `{status, headers, body}`, the body as a value, or undefined for a 404. Gives `{url, calls, stop}`.
 */
export async function start_loopback(answer) {
  const calls = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const target = new URL(request.url, 'http://loopback');
      const text = Buffer.concat(chunks).toString('utf8');
      const call = { method: request.method, path: target.pathname, query: target.searchParams, headers: request.headers, body: text ? JSON.parse(text) : undefined };
      calls.push(call);
      const { status = 200, headers = {}, body = {} } = (await answer(call, calls)) ?? { status: 404, body: { code: 101, error: 'Object not found.' } };
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { url: `http://127.0.0.1:${server.address().port}/parse`, keys: { appId: 'app', masterKey: 'master' }, calls, stop };
}
