// request.log: lines in the server's log.
import util from 'node:util';
import { Kind } from './link.mjs';

const LEVELS = ['error', 'warn', 'info', 'debug', 'verbose', 'silly'];

function text_of(parts) {
  return parts.map(part => (typeof part === 'string' ? part : util.inspect(part, { depth: 4 }))).join(' ');
}

export function make_logger(link) {
  const log = (level, ...parts) => link.send(Kind.log, 0, JSON.stringify({ level, message: text_of(parts) }));
  return Object.fromEntries([['log', log], ...LEVELS.map(level => [level, (...parts) => log(level, ...parts)])]);
}
