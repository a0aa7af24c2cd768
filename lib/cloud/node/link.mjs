// The socket to the server. A frame is: length of the rest (4 bytes), kind (1), number (4), payload; little-endian.
import net from 'node:net';

export const Kind = {
  call: 1, response: 2, ping: 3, start: 4,
  ready: 16, load_failed: 17, result: 18, fault: 19, request: 20, pong: 21, log: 22, job_message: 23,
};

const HEAD_BYTES = 9;
/** As in lib/cloud/frame.h. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

export class Link {
  #socket;
  #takers = new Map();
  #pieces = [];
  #bytes = 0;
  #wanted = HEAD_BYTES;
  #is_corked = false;

  constructor(descriptor) {
    this.#socket = new net.Socket({ fd: descriptor, readable: true, writable: true });
    this.#socket.on('data', data => this.#receive(data));
    // Without the server there is nothing left to do.
    this.#socket.on('close', () => process.exit(0));
    this.#socket.on('error', () => process.exit(0));
  }

  /** `take(number, payload)` gets the frames of this kind; the payload is text. */
  on(kind, take) {
    this.#takers.set(kind, take);
  }

  /** What is sent within one turn of the event loop leaves together. Throws for what is too long. */
  send(kind, number, payload) {
    const length = Buffer.byteLength(payload);
    if (length > MAX_FRAME_BYTES - HEAD_BYTES) throw new Error(`longer than ${MAX_FRAME_BYTES} bytes: ${length}`);
    const frame = Buffer.allocUnsafe(HEAD_BYTES + length);
    frame.writeUInt32LE(HEAD_BYTES - 4 + length, 0);
    frame.writeUInt8(kind, 4);
    frame.writeUInt32LE(number, 5);
    frame.write(payload, HEAD_BYTES);
    if (!this.#is_corked) {
      this.#is_corked = true;
      this.#socket.cork();
      setImmediate(() => {
        this.#is_corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(frame);
  }

  /** Sends a last frame and ends the process. */
  end(kind, payload) {
    this.send(kind, 0, payload);
    this.#socket.end(() => process.exit(1));
  }

  #receive(data) {
    this.#pieces.push(data);
    this.#bytes += data.length;
    if (this.#bytes < this.#wanted) return;
    let all = this.#pieces.length === 1 ? data : Buffer.concat(this.#pieces, this.#bytes);
    let end = HEAD_BYTES;
    while (all.length >= HEAD_BYTES) {
      end = 4 + all.readUInt32LE(0);
      if (all.length < end) break;
      const take = this.#takers.get(all.readUInt8(4));
      take?.(all.readUInt32LE(5), all.toString('utf8', HEAD_BYTES, end));
      all = all.subarray(end);
      end = HEAD_BYTES;
    }
    this.#pieces = all.length > 0 ? [all] : [];
    this.#bytes = all.length;
    // A long frame comes in many pieces: they are put together once it is whole, not with each piece.
    this.#wanted = end;
  }
}
