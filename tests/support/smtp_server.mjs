// A real mail server (Debian's python3-aiosmtpd) that requires STARTTLS and a password and keeps every mail.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const kScript = path.join(path.dirname(fileURLToPath(import.meta.url)), 'smtp_server.py');
/** Debian's own interpreter: the package belongs to it and to no other. */
const kPython = '/usr/bin/python3';
const kPatience = 20_000;

function make_certificate(folder) {
  const certificate = path.join(folder, 'smtp.pem');
  const key = path.join(folder, 'smtp.key');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-days', '1', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1',
    '-out', certificate, '-keyout', key], { stdio: 'ignore' });
  return { certificate, key };
}

/** Values that arrive one by one, and those who wait for them. */
function make_inbox() {
  const arrived = [];
  const waiting = [];
  return {
    put(value) {
      const taker = waiting.shift();
      if (taker) taker(value);
      else arrived.push(value);
    },
    take() {
      if (arrived.length > 0) return Promise.resolve(arrived.shift());
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('no mail came')), kPatience);
        waiting.push((value) => { clearTimeout(late); resolve(value); });
      });
    },
  };
}

/**
 * Gives `{adapter, next_mail, stop}`: the option `emailAdapter` for this server, the next mail that arrives, and the
 * end. `user` and `password` are what the server accepts.
 */
export async function start_smtp_server({ user = 'chess', password = 'pass word' } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smtp-server-'));
  const { certificate, key } = make_certificate(folder);
  const child = spawn(kPython, [kScript, certificate, key, user, password], { stdio: ['pipe', 'pipe', 'inherit'] });
  const inbox = make_inbox();
  readline.createInterface({ input: child.stdout }).on('line', (line) => inbox.put(JSON.parse(line)));
  const { port } = await inbox.take();
  const adapter = {
    smtp: {
      host: '127.0.0.1', port, secure: 'starttls', user, password, from: 'Chess <chess@example.org>',
      caFile: certificate,
    },
  };
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  return { adapter, next_mail: () => inbox.take(), stop };
}
