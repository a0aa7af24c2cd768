// One-time passwords as an authenticator app shows them (RFC 6238, SHA-1, six digits, thirty seconds).
import { createHmac, randomBytes } from 'node:crypto';

const kAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const kPeriodMs = 30000;

/** A new shared secret: 32 characters of base 32, which are 20 bytes. */
export function new_secret() {
  return [...randomBytes(32)].map((byte) => kAlphabet[byte % 32]).join('');
}

function decode(secret) {
  const bits = [...secret].map((letter) => kAlphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The password of `secret` at `time` (milliseconds). */
export function totp(secret, time = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / kPeriodMs)));
  const hash = createHmac('sha1', decode(secret)).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}
