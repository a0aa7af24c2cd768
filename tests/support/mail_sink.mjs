// Takes the mails of a server under test and forgets them: recordings are about answers, not about mail.
import http from 'node:http';

/** Starts the sink; gives the `emailAdapter` option that sends there, and `stop`. */
export async function start_mail_sink() {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('Content-Type', 'application/json');
      response.end('{"result":null}');
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = `http://127.0.0.1:${server.address().port}/mail`;
  return {
    adapter: { http: { url, methods: ['sendMail'], secret: 'a secret that only the tests share' } },
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
