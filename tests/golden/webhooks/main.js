// The Cloud Code of the profile "hooks": an HTTP server for the webhooks that the scenarios register, and a function
// that stands before a webhook does.
/* global Parse */
const http = require('node:http');

const PORT = 18431;

/** What of a request is the same on every run. */
function shown(sent, fields) {
  const { log, headers, ...rest } = sent;
  const { connection, host, 'content-length': length, 'transfer-encoding': coding, 'user-agent': agent, ...others } = fields;
  return { ...rest, has_headers: typeof headers, app: headers && headers['x-parse-application-id'], fields: others };
}

/** Without times, and with sorted keys, so that its text is the same on every run. */
function settled(value) {
  if (Array.isArray(value)) return value.map(settled);
  if (!value || typeof value !== 'object') return value;
  const names = Object.keys(value).filter(name => name !== 'createdAt' && name !== 'updatedAt');
  return Object.fromEntries(names.sort().map(name => [name, settled(value[name])]));
}

const ANSWERS = {
  /** Everything that was sent. */
  '/echo': (sent, query, fields) => ({ success: shown(sent, fields) }),
  /** What `body` says, with the status that `status` says. */
  '/say': (sent, query) => query.get('body'),
  /** The object with another field. */
  '/change': sent => ({ success: { ...sent.object, seen: `by ${sent.triggerName}`, extra: 1 } }),
  /** Everything that was sent, as an error. */
  '/refuse': (sent, query, fields) => ({ error: JSON.stringify(settled(shown(sent, fields))) }),
};

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url, 'http://hooks');
    const answer = ANSWERS[pathname](JSON.parse(Buffer.concat(chunks)), searchParams, request.headers);
    response.writeHead(Number(searchParams.get('status') || 200), { 'Content-Type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
});
const listen = () => server.listen(PORT, '127.0.0.1');
// Another run of the tests may have the port: its answers are the same.
server.on('error', () => setTimeout(listen, 200));
listen();

Parse.Cloud.define('of_the_code', () => 'the code');
