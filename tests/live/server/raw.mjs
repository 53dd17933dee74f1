// WebSocket by hand: bytes on a socket. For what no decent client does.
import net from 'node:net';
import { randomBytes } from 'node:crypto';
import { within } from './lib.mjs';

// Asks for the upgrade; {status, head, socket, rest}. over: headers to put in place of the usual ones (null: leave out).
export async function handshake(site, path, how = {}, over = {}, { method = 'GET', version = '1.1', body = '', early = Buffer.alloc(0) } = {}) {
  const headers = {
    Host: `127.0.0.1:${site.port}`, Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    'Sec-WebSocket-Version': '13', ...(how.token ? { Authorization: `Bearer ${how.token}` } : {}), ...(how.cookie ? { Cookie: how.cookie } : {}), ...over,
  };
  const lines = Object.entries(headers).filter(([, v]) => v !== null).map(([k, v]) => `${k}: ${v}\r\n`).join('');
  const socket = net.connect(site.port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('error', () => {});
  let got = Buffer.alloc(0);
  const t = process.hrtime.bigint();
  socket.write(Buffer.concat([Buffer.from(`${method} ${path} HTTP/${version}\r\n${lines}\r\n${body}`), early]));
  const head = await within(new Promise((go) => {
    const take = (d) => {
      got = Buffer.concat([got, d]);
      const at = got.indexOf('\r\n\r\n');
      if (at < 0) return;
      socket.off('data', take);
      go(got.subarray(0, at).toString('latin1'));
      got = got.subarray(at + 4);
    };
    socket.on('data', take);
    socket.once('close', () => go(''));
  }), 15000, '');
  const ms = Number(process.hrtime.bigint() - t) / 1e6;
  return { status: Number(/^HTTP\/1\.[01] (\d+)/.exec(head)?.[1] ?? 0), head, socket, rest: got, key: headers['Sec-WebSocket-Key'], ms };
}

// A masked frame as clients send it.
export function frame(op, payload = Buffer.alloc(0), { fin = true, mask = randomBytes(4), rsv = 0, declared = payload.length, wide = 0 } = {}) {
  const p = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | rsv | op;
  const m = mask ? 0x80 : 0;
  let head;
  if ((declared < 126 && !wide) || wide === 1) head = Buffer.from([first, m | declared]);
  else if ((declared < 65536 && !wide) || wide === 2) head = Buffer.from([first, m | 126, declared >> 8, declared & 255]);
  else {
    head = Buffer.alloc(10);
    head[0] = first;
    head[1] = m | 127;
    head.writeBigUInt64BE(BigInt(declared), 2);
  }
  if (mask) for (let i = 0; i < p.length; i++) p[i] ^= mask[i & 3];
  return Buffer.concat(mask ? [head, mask, p] : [head, p]);
}

// An open connection: frames that came, and how it ended.
export class Wire {
  static async open(site, document, how, query = '', early) {
    const h = await handshake(site, `/ws/documents/${document}${query}`, how, {}, { early });
    if (h.status !== 101) throw new Error(`no upgrade: ${h.head}`);
    return new Wire(h.socket, h.rest);
  }

  constructor(socket, rest) {
    Object.assign(this, { socket, frames: [], code: null, buffer: Buffer.alloc(0), ends: 0 });
    this.waiting = [];
    socket.on('data', (d) => this.take(d));
    this.over = new Promise((go) => socket.once('close', () => { this.ends = Date.now(); go(); this.wake(); }));
    if (rest.length) this.take(rest);
  }

  take(d) {
    this.buffer = Buffer.concat([this.buffer, d]);
    for (;;) {
      const b = this.buffer;
      if (b.length < 2) break;
      let n = b[1] & 127;
      let head = 2;
      if (n === 126) { if (b.length < 4) break; n = b.readUInt16BE(2); head = 4; }
      else if (n === 127) { if (b.length < 10) break; n = Number(b.readBigUInt64BE(2)); head = 10; }
      if (b.length < head + n) break;
      const f = { fin: !!(b[0] & 128), rsv: b[0] & 0x70, op: b[0] & 15, masked: !!(b[1] & 128), data: Buffer.from(b.subarray(head, head + n)) };
      if (f.op === 8 && this.code === null) this.code = f.data.length >= 2 ? f.data.readUInt16BE(0) : 1005;
      this.frames.push(f);
      this.buffer = b.subarray(head + n);
    }
    this.wake();
  }

  wake() {
    for (const w of this.waiting.splice(0)) w();
  }

  // When test(this) is true; false after ms or when the connection has ended without it.
  async until(test, ms = 20000) {
    const end = Date.now() + ms;
    while (!test(this)) {
      if (this.ends || Date.now() > end) return Boolean(test(this));
      await within(new Promise((go) => this.waiting.push(go)), end - Date.now() + 1);
    }
    return true;
  }

  // The code it is closed with; 0: closed without one; null: still open.
  async closed(ms = 20000) {
    await this.until((w) => w.ends, ms);
    return this.ends ? this.code ?? 0 : null;
  }

  send(...frames) {
    this.socket.write(Buffer.concat(frames));
  }

  message(bytes) {
    this.send(frame(2, bytes));
  }

  // Messages of the room: those whose first byte is `kind`.
  messages(kind) {
    return this.frames.filter((f) => f.op === 2 && f.data[0] === kind).map((f) => f.data);
  }

  end() {
    this.socket.destroy();
  }
}

// ---- messages of the room

export function uint(n) {
  const out = [];
  let v = BigInt(n);
  while (v > 127n) { out.push(Number(v & 127n) | 128); v >>= 7n; }
  out.push(Number(v));
  return Buffer.from(out);
}
export const bytes = (b) => Buffer.concat([uint(b.length), Buffer.from(b)]);
export const text = (s) => bytes(Buffer.from(s));
export const step1 = (sv = Buffer.from([0])) => Buffer.concat([Buffer.from([0, 0]), bytes(sv)]);
export const update = (u) => Buffer.concat([Buffer.from([0, 2]), bytes(u)]);
export const awareness = (...entries) => Buffer.concat([Buffer.from([1]), bytes(Buffer.concat([uint(entries.length), ...entries.map((e) => Buffer.concat([uint(e.client), uint(e.clock), text(typeof e.state === 'string' ? e.state : JSON.stringify(e.state))]))]))]);
// What a message of the room says: {kind, sub, n, payload}
export function read(data) {
  let at = 0;
  const next = () => {
    let n = 0n;
    let shift = 0n;
    for (;;) {
      const b = data[at++];
      n |= BigInt(b & 127) << shift;
      shift += 7n;
      if (!(b & 128)) return Number(n);
    }
  };
  const kind = next();
  if (kind === 0) {
    const sub = next();
    const n = next();
    return { kind, sub, payload: data.subarray(at, at + n) };
  }
  if (kind === 1) {
    next();
    const entries = [];
    for (let k = next(); k > 0; k--) {
      const client = next();
      const clock = next();
      const len = next();
      entries.push({ client, clock, state: JSON.parse(data.subarray(at, at + len).toString()) });
      at += len;
    }
    return { kind, entries };
  }
  return { kind, n: next() };
}
export const updatesOf = (w) => w.messages(0).map(read).filter((m) => m.sub > 0).map((m) => m.payload);
export const newsOf = (w, kind) => w.messages(kind).map((d) => read(d).n);
