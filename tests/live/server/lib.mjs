// The real program on folders of its own, people who log in, and stock clients. Waiting is for events, never for a time.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { WebsocketProvider } from 'y-websocket';

export const program = path.resolve(process.argv[2] ?? '');
export const long = process.env.LONG === '1';
const env = {
  ...process.env, UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1', TSAN_OPTIONS: process.env.TSAN_OPTIONS ?? '',
  ASAN_OPTIONS: 'abort_on_error=1:detect_leaks=1:quarantine_size_mb=8:allocator_release_to_os_interval_ms=100',
};

// ---- checks

let passed = 0;
let failed = 0;
export function ok(cond, what, detail = '') {
  if (cond) passed++;
  else failed++;
  const more = !cond && detail !== '' ? `\n# ${(typeof detail === 'string' ? detail : JSON.stringify(detail)).slice(0, 1500)}` : '';
  console.log(`${cond ? 'ok' : 'not ok'} ${what}${more}`);
  return Boolean(cond);
}
export function same(got, want, what) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(want)];
  return ok(a === b, what, `got ${a}, wanted ${b}`);
}
export function closing() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

// ---- waiting

// When test() is true, asked after every event that `watch` names and at least every 20 ms; false when it never became so.
export async function until(test, ms = 15000) {
  const end = Date.now() + ms;
  for (;;) {
    if (await test()) return true;
    if (Date.now() > end) return false;
    await new Promise((go) => setTimeout(go, 10));
  }
}
export const turn = () => new Promise((go) => setImmediate(go));
export const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
// What the promise gives, or `otherwise`.
export function within(promise, ms, otherwise) {
  let timer;
  return Promise.race([promise, new Promise((go) => { timer = setTimeout(go, ms, otherwise); })]).finally(() => clearTimeout(timer));
}

// Numbers that are the same each time (mulberry32).
export function dice(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, upTo: (n) => Math.floor(next() * n), one: (v) => v[Math.floor(next() * v.length)] };
}

// ---- the program

process.setMaxListeners(100);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sb-live-'));
const running = new Set();
process.on('exit', () => {
  for (const s of running) s.child.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
});

export function call(...words) {
  return execFileSync(program, words, { encoding: 'utf8', env, maxBuffer: 1 << 24, stdio: ['ignore', 'pipe', 'pipe'] });
}

let demo = null;
// Who can log in: {role: {email, password}}.
export const people = {};
// The demo in `data`; more: further words of the command.
export function makeDemo(data, ...more) {
  for (const line of call('demo', '--data', data, ...more).split('\n')) {
    const [role, email, password] = line.split('\t');
    if (password) people[role] = { role, email, password };
  }
}
export const folderOf = (name) => path.join(folder, name);
// A data folder with the demo's people; made once and copied. at: where, else in the folder of this run.
export function newData(name, at = path.join(folder, name)) {
  if (!demo) {
    demo = path.join(folder, 'demo');
    makeDemo(demo);
  }
  fs.cpSync(demo, at, { recursive: true });
  return at;
}

export class Site {
  // words: for every command, such as --database; serving: for serving, if they are others
  constructor(data, { port = 0, log = path.join(folder, path.basename(data) + '.log'), words = [], serving = words } = {}) {
    Object.assign(this, { data, port, logName: log, words, serving });
  }

  async start() {
    const out = fs.openSync(this.logName, 'a');
    this.child = spawn(program, ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--metrics', '127.0.0.1:0', ...this.serving], { stdio: ['ignore', 'pipe', out], env });
    fs.closeSync(out);
    running.add(this);
    this.ended = new Promise((go) => this.child.once('exit', (code, signal) => { running.delete(this); go(signal ?? code); }));
    const lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    const said = [];
    for (let i = 0; i < 2; i++) said.push((await within(lines.next(), 60000, {})).value ?? '');
    const m = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said[0]);
    this.metricsUrl = /http:\S+\/metrics/.exec(said[1])?.[0];
    if (!m) throw new Error(`it did not start: ${this.log().slice(-1500)}`);
    this.port = Number(m[1]);
    this.url = `http://127.0.0.1:${this.port}`;
    this.ws = `ws://127.0.0.1:${this.port}/ws/documents`;
    return this;
  }

  log() {
    return fs.readFileSync(this.logName, 'utf8');
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async stop() {
    this.child.kill('SIGTERM');
    const how = await within(this.ended, 30000, 'too late');
    if (how === 'too late') await this.kill();
    return how;
  }

  // Stops it; nothing bad may be in its log.
  async finish(what) {
    same(await this.stop(), 0, `${what}: the server stops`);
    const log = this.log();
    ok(!/Sanitizer|runtime error|"bug"|level=bug/.test(log), `${what}: no sanitizer and no fault of ours spoke`, log.slice(-4000));
    let said = '';
    try { said = call('check', '--data', this.data, ...this.words); } catch (e) { said = String(e.stdout) + e.stderr; }
    same(said, 'ok\n', `${what}: check finds nothing`);
  }

  residentMb() {
    return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024;
  }

  async metric(name) {
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await (await fetch(this.metricsUrl)).text())?.[1]);
  }

  token(role) {
    return call('token', 'new', '--data', this.data, '--user', people[role].email, '--scope', 'documents', ...this.words).trim();
  }

  newDocument(title = 'Test') {
    return Number(call('document', 'new', '--data', this.data, '--owner', people.trainee.email, '--title', title, ...this.words));
  }
}

// ---- people

export class Visitor {
  constructor(site) {
    this.site = site;
    this.cookies = new Map();
  }

  get cookie() {
    return [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
  }

  async send(method, target, fields) {
    const headers = { cookie: this.cookie, 'accept-language': 'nb' };
    if (method === 'POST') Object.assign(headers, { origin: this.site.url, 'content-type': 'application/x-www-form-urlencoded' });
    const r = await fetch(this.site.url + target, { method, headers, redirect: 'manual', body: fields && new URLSearchParams(fields).toString() });
    for (const line of r.headers.getSetCookie()) {
      const [pair, ...rest] = line.split(';');
      const at = pair.indexOf('=');
      if (rest.some((x) => /max-age=0\b/i.test(x))) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return { status: r.status, text: await r.text(), location: r.headers.get('location') };
  }

  get(target) {
    return this.send('GET', target);
  }

  // Sends a form of that page with these fields besides its hidden ones.
  async post(page, action, fields) {
    const text = (await this.get(page)).text;
    const form = text.split('<form').find((x) => x.includes(`action="${action}"`));
    const hidden = [...(form ?? text).matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]);
    const r = await this.send('POST', action, [...hidden, ...fields]);
    if (r.status !== 303) throw new Error(`${action}: ${r.status} ${/<h1[^]*?<\/h1>/.exec(r.text)?.[0]} ${[...r.text.matchAll(/ds-validation-message[^>]*>([^<]*)/g)].map((m) => m[1])}`);
    return r;
  }

  async logIn(role) {
    const who = people[role];
    await this.post('/login', '/login', [['email', who.email], ['password', who.password]]);
    return this;
  }
}

// account id of everybody in the owner's circle, by the name of the role as the page says it
export async function circle(owner, document) {
  const text = (await owner.get(`/documents/${document}/share`)).text;
  return [...text.matchAll(/<bdi>([^<]*)<\/bdi><span class="sb-sub">([^<·]*?)\s*(?:·[^<]*)?<\/span>[^]*?name="right-(\d+)"/g)].map((m) => ({ name: m[1], role: m[2].trim(), id: m[3] }));
}
export async function share(owner, document, account, right) {
  await owner.post(`/documents/${document}/share`, `/documents/${document}/share`, [[`right-${account}`, right]]);
}

// ---- stock clients

// A WebSocket class that logs in: how = {token} or {cookie}, headers.
export function polyfill({ token, cookie, headers = {} }) {
  return class extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols, { headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}), ...(cookie ? { cookie } : {}) } });
    }
  };
}

const clients = new Set();
// {doc, provider, closed}: y-websocket as it is. closed: the terminal close, when there was one.
export function client(site, document, how, { doc = new Y.Doc(), params = {}, keep = false, ...rest } = {}) {
  const provider = new WebsocketProvider(site.ws, String(document), doc, { WebSocketPolyfill: polyfill(how), disableBc: true, params, ...rest });
  const c = { site, doc, provider, closed: null, awareness: provider.awareness };
  provider.on('connection-error', () => {});
  provider.on('closed', (how2) => { c.closed = how2.code; });
  c.end = () => { clients.delete(c); provider.destroy(); doc.destroy(); };
  if (!keep) clients.add(c);
  return c;
}
export function endClients(site) {
  for (const c of [...clients]) if (c.site === site) c.end();
}
export const synced = (c, ms) => until(() => c.provider.synced, ms);
// The other has all that this one has: by clocks and by what was deleted.
export function holds(c, other) {
  const sv = Y.decodeStateVector(Y.encodeStateVector(c.doc));
  const have = Y.decodeStateVector(Y.encodeStateVector(other.doc));
  return [...sv].every(([id, clock]) => (have.get(id) ?? 0) >= clock);
}
// Maps in the order of their keys, runs of the same format as one: both depend on the way a document came.
const sorted = (k, v) => (v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([x], [y]) => (x < y ? -1 : 1))) : v);
function runs(delta) {
  const out = [];
  for (const d of delta) {
    const attributes = JSON.stringify(d.attributes ?? {}, sorted);
    if (out.length && out.at(-1)[1] === attributes && typeof d.insert === 'string') out.at(-1)[0] += d.insert;
    else out.push([d.insert, attributes]);
  }
  return out;
}
export function content(doc) {
  return JSON.stringify({
    text: runs(doc.getText('text').toDelta()), xml: doc.getXmlFragment('xml').toString(), map: doc.getMap('map').toJSON(), list: doc.getArray('list').toJSON(),
  }, sorted);
}
export const allEqual = (cs) => cs.every((c) => content(c.doc) === content(cs[0].doc));
export const converged = (cs, ms) => until(() => allEqual(cs) && cs.every((c) => holds(c, cs[0]) && holds(cs[0], c)), ms);
