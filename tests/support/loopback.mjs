// An HTTP server on the loopback address that answers as a test says and keeps what it was asked.
import http from 'node:http';

/**
 * Starts it. `answer(call, calls)` gets `{method, path, query, headers, body}` (the body as a value when it is JSON, else a
 * Buffer) and returns `{status, headers, body}`, the body as a value or Buffer, or undefined for a 404. Gives `{url, calls, stop}`.
 */
export async function start_loopback(answer) {
  const calls = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const target = new URL(request.url, 'http://loopback');
      const sent = Buffer.concat(chunks);
      const is_json = /json/.test(request.headers['content-type'] ?? 'json');
      const call = { method: request.method, path: target.pathname, query: target.searchParams, headers: request.headers, body: sent.length === 0 ? undefined : is_json ? JSON.parse(sent) : sent };
      calls.push(call);
      const { status = 200, headers = {}, body = {} } = (await answer(call, calls)) || { status: 404, body: { code: 101, error: 'Object not found.' } };
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { url: `http://127.0.0.1:${server.address().port}/parse`, keys: { appId: 'app', masterKey: 'master' }, calls, stop };
}
