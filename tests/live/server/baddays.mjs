// Those who mean ill, or are only slow: the offender is closed or waits, the others notice nothing, memory stays bounded.
import * as Y from 'yjs';
import { Site, Visitor, client, converged, endClients, long, newData, ok, same, sleep, synced, turn, until } from './lib.mjs';
import { Wire, frame, step1, text, uint, update, updatesOf } from './raw.mjs';

// Two decent clients on a document of their own: how long an edit takes, and none is lost.
class Pair {
  static async on(site, id, token) {
    const p = new Pair();
    p.a = client(site, id, token);
    p.b = client(site, id, token);
    p.losses = 0;
    p.n = 0;
    for (const c of [p.a, p.b]) c.provider.on('connection-close', () => p.losses++);
    p.fine = await synced(p.a) && await synced(p.b);
    return p;
  }

  // Edits one after the other until done() says so; the times in ms, sorted.
  async edit(done, most = 100000) {
    const times = [];
    const list = [this.a.doc.getArray('list'), this.b.doc.getArray('list')];
    for (let i = 0; i < most && !done(); i++) {
      const t = performance.now();
      list[0].push([this.n++]);
      const want = list[0].length;
      if (!await new Promise((go) => {
        const timer = setTimeout(() => { list[1].unobserve(see); go(false); }, 10000);
        const see = () => { if (list[1].length >= want) { clearTimeout(timer); list[1].unobserve(see); go(true); } };
        list[1].observe(see);
        see();
      })) this.losses++;
      times.push(performance.now() - t);
      await sleep(10);
    }
    return times.sort((x, y) => x - y);
  }
}
const at = (v, share) => Math.round(v[Math.min(v.length - 1, Math.floor(v.length * share))] ?? 99999);

// No figure of speed: that others go on at all. When a fault held up a loop, they waited for minutes.
const STALLED = 15000;

async function silent(site, id, token, pair) {
  const all = [];
  const lost = [];
  const t = Date.now();
  for (let i = 0; i < 20; i++) {
    const some = await Promise.allSettled(Array.from({ length: 50 }, () => Wire.open(site, id[(i + all.length) % 2], token)));
    for (const s of some) (s.status === 'fulfilled' ? all : lost).push(s.value ?? s.reason);
  }
  const full = all.filter((w) => w.ends);
  ok(lost.length === 0, 'baddays: 1,000 come who never speak', String(lost[0] ?? ''));
  const times = await pair.edit(() => false, 30);
  ok(pair.losses === 0 && at(times, 0.9) < STALLED, `baddays: the others are served (p90 ${at(times, 0.9)} ms)`, times);
  ok(full.length > 400 && full.length < 600, `baddays: ${all.length - full.length} sit in two documents, the rest was told to come again`, full.length);
  if (long) {
    ok(await until(() => all.every((w) => w.ends), 45000), 'baddays: those who never speak are closed');
    const first = Math.min(...all.filter((w) => !full.includes(w)).map((w) => w.ends));
    ok(first - t > 25000, 'baddays: but not before half a minute', first - t);
  }
  for (const w of all) w.end();
  ok(await until(async () => await site.metric('springbrett_live_connections') <= 2, 5000), 'baddays: and nothing is left of them', await site.metric('springbrett_live_connections'));
}

async function slowReader(site, id, token, pair) {
  const before = site.residentMb();
  const slow = await Wire.open(site, id, token);
  slow.message(step1());
  await slow.until((w) => w.messages(0).length > 0);
  slow.socket.pause();
  const reader = client(site, id, token);
  const writer = client(site, id, token);
  await synced(writer);
  const paste = 'x'.repeat(200000);
  let most = 0;
  const watching = setInterval(() => { most = Math.max(most, site.residentMb()); }, 20);
  const list = writer.doc.getArray('big');
  for (let i = 0; i < 100; i++) {
    list.push([paste]);
    if (i % 10 === 9) await until(() => reader.doc.getArray('big').length >= i - 20, 20000);
  }
  ok(await until(() => reader.doc.getArray('big').length === 100, 30000), 'baddays: 20 MB arrive at who reads', reader.doc.getArray('big').length);
  clearInterval(watching);
  ok(most - before < 220, `baddays: memory stays bounded beside one who does not (${Math.round(before)} MB, at most ${Math.round(most)})`);
  slow.socket.resume();
  ok(await slow.closed() !== null && updatesOf(slow).length < 95, 'baddays: who does not read was closed', [slow.ends, updatesOf(slow).length]);
  const times = await pair.edit(() => false, 10);
  ok(pair.losses === 0, 'baddays: the others noticed nothing', times);
  // The document is nearly full now: more is refused, and the refusal says so.
  writer.provider.shouldReconnect = () => false;
  for (let i = 0; i < 40 && writer.closed === null; i++) {
    list.push([paste]);
    await sleep(20);
  }
  ok(await until(() => writer.closed === 4413, 5000), 'baddays: a document has an end', writer.closed);
  reader.end();
  writer.end();
}

async function flood(site, id, token, pair) {
  const d = new Y.Doc();
  const all = [];
  d.on('update', (u) => all.push(frame(2, update(u))));
  const n = long ? 200000 : 30000;
  for (let i = 0; i < n; i++) d.getText('text').insert(i, String(i % 10));
  const same2 = client(site, id, token);
  await synced(same2);
  const w = await Wire.open(site, id, token, '?news=1');
  let sending = true;
  const measured = pair.edit(() => !sending);
  const there = () => Y.decodeStateVector(Y.encodeStateVector(same2.doc)).get(d.clientID) ?? 0;
  const t = Date.now();
  for (let i = 0; i < n; i += 500) {
    if (!w.socket.write(Buffer.concat(all.slice(i, i + 500)))) await new Promise((go) => w.socket.once('drain', go));
  }
  // The server reads a thousand a second: as long as more arrive there is nothing to complain of.
  let seen = -1;
  while (there() < n && there() > seen) {
    seen = there();
    await until(() => there() === n, 15000);
  }
  ok(there() === n, `baddays: none of the ${n} updates of one who floods is lost`, there());
  const s = (Date.now() - t) / 1000;
  sending = false;
  const times = await measured;
  ok(pair.losses === 0 && times.length > 1 && at(times, 0.5) < STALLED, `baddays: while it lasted (${s.toFixed(1)} s) the others' edits took ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`, times.slice(-5));
  w.end();
  same2.end();
}

// Asks for what is new in a document of many pieces, thousands of times in one breath, and knows it all already: short to ask, short to answer.
async function asking(site, id, token, pair) {
  const d = new Y.Doc();
  const w = await Wire.open(site, id, token, '?news=1');
  d.transact(() => { for (let i = 0; i < 100000; i++) d.getArray('list').insert(0, [i]); }); // backwards: a struct for each
  w.message(update(Y.encodeStateAsUpdate(d)));
  ok(await w.until((x) => x.messages(100).length === 1, 20000), 'baddays: a document of 100,000 pieces is stored');
  const ask = frame(2, step1(Y.encodeStateVector(d)));
  w.socket.write(Buffer.concat(Array.from({ length: 10000 }, () => ask)));
  const times = await pair.edit(() => false, 30);
  ok(pair.losses === 0 && at(times, 0.95) < STALLED, `baddays: beside one who asks 10,000 times the others' edits take ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`, times.slice(-5));
  ok(!w.ends, 'baddays: who asks too often only waits');
  w.end();
}

// Sends faster than one may, and is gone: what was sent counts.
async function hitAndRun(site, id, token) {
  const d = new Y.Doc();
  const w = await Wire.open(site, id, token);
  // A kind of message that nobody knows: more than the eight seconds' worth one may send ahead, so that the end of the line comes while the rest waits.
  const frames = Array.from({ length: long ? 60000 : 12000 }, () => frame(2, Buffer.from([57])));
  d.on('update', (u) => frames.push(frame(2, update(u))));
  for (let i = 0; i < 40; i++) d.getArray('run').push(['y'.repeat(10000)]);
  w.socket.end(Buffer.concat(frames));
  const c = client(site, id, token);
  ok(await synced(c) && await until(() => c.doc.getArray('run').length === 40, 30000 + 2 * frames.length), 'baddays: what was sent too fast before the line closed counts', c.doc.getArray('run').length);
  await w.over;
  c.end();
}

async function halfOpen(site, id, token) {
  const ws = await Promise.all(Array.from({ length: 20 }, () => Wire.open(site, id, token)));
  const open = () => site.metric('springbrett_live_connections');
  ok(await until(async () => await open() >= 22, 5000), 'baddays: 20 come');
  for (const w of ws) w.socket.end(); // only our half is closed
  await Promise.all(ws.map((w) => w.over));
  ok(await until(async () => await open() === 2, 5000), 'baddays: half-closed ones are let go', await open());
  if (!long) return;
  const dead = await Wire.open(site, id, token); // speaks once, then neither reads nor answers
  dead.message(step1());
  await dead.until((w) => updatesOf(w).length > 0);
  dead.socket._handle.readStop();
  dead.socket.pause();
  ok(await until(async () => await open() === 3, 5000) && await until(async () => await open() === 2, 90000), 'baddays: one that is half open is let go after a minute');
  dead.end();
}

// An update by hand: structs of one client, then no deletions.
const structs = (clientId, clock, ...items) => Buffer.concat([uint(1), uint(items.length), uint(clientId), uint(clock), ...items, uint(0)]);
const inText = (content) => Buffer.concat([Buffer.from([4]), uint(1), text('text'), content]);
const inList = (ref, content) => Buffer.concat([Buffer.from([ref]), uint(1), text('list'), content]);

async function odd(site, id, token, pair) {
  let seed = 5000;
  const strikes = [
    ['structs that are not there', Buffer.concat([uint(1), uint(2 ** 40), uint(7), uint(0)])],
    ['clients that are not there', uint(2 ** 40)],
    ['a text longer than the message', structs(seed, 0, inText(Buffer.concat([uint(2 ** 31), Buffer.from('x')])))],
    ['deletions that are not there', Buffer.concat([uint(0), uint(1), uint(7), uint(2 ** 30)])],
    ['a clock beyond all numbers', structs(seed, 2n ** 60n, inText(text('x')))],
    ['a number without end', Buffer.alloc(40, 0xff)],
    ['a skip that runs over', structs(seed, 2 ** 53 - 1, Buffer.concat([Buffer.from([10]), uint(2 ** 53 - 1)]))],
    ['an unknown kind of content', structs(seed, 0, Buffer.concat([Buffer.from([31]), uint(1), text('text'), uint(0)]))],
    ['an unknown type', structs(seed, 0, Buffer.concat([Buffer.from([7]), uint(1), text('x'), uint(99)]))],
    ['text that is no UTF-8', structs(seed, 0, inText(Buffer.from([2, 0xff, 0xfe])))],
    ['values nested a hundred thousand deep', structs(seed, 0, inList(8, Buffer.concat([uint(1), Buffer.alloc(200000, Buffer.from([117, 1])), Buffer.from([126])])))],
  ];
  for (const [what, u] of strikes) {
    const w = await Wire.open(site, id, token);
    for (let i = 0; i < 3; i++) w.message(update(u));
    w.message(step1());
    same(await w.closed(), 4400, `baddays: ${what}: three strikes`);
  }
  // What is odd but can be said: taken or struck, never more.
  for (const [what, u] of [
    ['a clock near the end of numbers', structs(seed++, 2 ** 52, inText(text('x')))],
    ['a client id near the end of numbers', structs(2 ** 53 - 1, 0, inText(text('x')))],
    ['values nested 90 deep', structs(seed++, 0, inList(8, Buffer.concat([uint(1), Buffer.alloc(180, Buffer.from([117, 1])), Buffer.from([126])])))],
    ['an item that refers to itself', structs(seed, 0, Buffer.concat([Buffer.from([0x84]), uint(seed++), uint(0), text('x')]))],
    ['deletions of what never was', Buffer.concat([uint(0), uint(1), uint(123456), uint(1), uint(5), uint(2 ** 40)])],
    ['a piece of garbage-collected text', structs(seed++, 0, Buffer.concat([Buffer.from([0]), uint(2 ** 40)]))],
    ['a subdocument', structs(seed++, 0, inList(9, Buffer.concat([text('a-b-c'), Buffer.from([118, 0])])))],
    ['an embed', structs(seed++, 0, Buffer.concat([Buffer.from([5]), uint(1), text('text'), text('{"a":1}')]))],
  ]) {
    const w = await Wire.open(site, id, token);
    w.message(update(u));
    w.message(step1());
    ok(await w.until((x) => updatesOf(x).length > 0), `baddays: ${what}`, w.code);
    w.end();
  }
  // Types within types, 3,000 deep; the page that reads it must stand.
  const d = new Y.Doc();
  let inner = d.getXmlFragment('xml');
  for (let i = 0; i < 3000; i++) {
    const e = new Y.XmlElement('blockquote');
    inner.insert(0, [e]);
    inner = e;
  }
  const w = await Wire.open(site, id, token, '?news=1');
  w.message(update(Y.encodeStateAsUpdate(d)));
  ok(await w.until((x) => x.messages(100).length > 0), 'baddays: elements within elements, 3,000 deep, are stored');
  w.end();
  const owner = await new Visitor(site).logIn('trainee');
  const page = await owner.get(`/documents/${id}`);
  ok([200, 422, 503].includes(page.status), 'baddays: and the page that shows it answers', page.status);
  same((await owner.get('/documents')).status, 200, 'baddays: and the next one too');
  const fresh = client(site, id, token);
  ok(await synced(fresh), 'baddays: a stock client still reads the document');
  fresh.end();
  const times = await pair.edit(() => false, 10);
  ok(pair.losses === 0, 'baddays: the others noticed nothing of all that', times);
}

// Updates that refer to what has not come: stored, relayed, and whole when the missing part comes, also after a new start.
async function missingPart(site, id, token) {
  const d = new Y.Doc();
  const u = [];
  d.on('update', (x) => u.push(x));
  for (const word of ['en ', 'to ', 'tre ']) d.getText('text').insert(d.getText('text').length, word);
  const watcher = await Wire.open(site, id, token);
  watcher.message(step1());
  await watcher.until((x) => updatesOf(x).length > 0);
  const w = await Wire.open(site, id, token, '?news=1');
  w.message(update(u[2]));
  ok(await w.until((x) => x.messages(100).length === 1) && await watcher.until((x) => updatesOf(x).some((y) => Buffer.from(u[2]).equals(y))), 'baddays: an update whose first parts are missing is stored and relayed');
  let c = client(site, id, token);
  ok(await synced(c) && !c.doc.getText('text').toString().includes('tre '), 'baddays: nobody reads it yet');
  c.end();
  await site.kill();
  await site.start();
  const again = await Wire.open(site, id, token, '?news=1');
  again.message(update(u[0]));
  again.message(update(u[1]));
  ok(await again.until((x) => x.messages(100).length >= 2), 'baddays: after a kill the missing parts come');
  c = client(site, id, token);
  ok(await synced(c) && await until(() => c.doc.getText('text').toString() === 'en to tre '), 'baddays: and all of it is read', c.doc.getText('text').toString());
  c.end();
  again.end();
  watcher.end();
  w.end();
}

export default async function baddays() {
  const site = await new Site(newData('baddays')).start();
  const token = { token: site.token('trainee') };
  const ids = Array.from({ length: 9 }, (_, i) => site.newDocument(`b${i}`));
  const pair = await Pair.on(site, ids[0], token);
  ok(pair.fine, 'baddays: two decent clients come in');
  const calm = await pair.edit(() => false, 20);
  console.log(`# an edit takes ${at(calm, 0.5)} ms when all is calm`);
  await silent(site, [ids[1], ids[2]], token, pair);
  await halfOpen(site, ids[3], token);
  await hitAndRun(site, ids[3], token);
  same((ids[8] - ids[0]) % 8, 0, 'baddays: on the same loop as the decent ones, whether there are 1, 2, 4 or 8');
  await asking(site, ids[8], token, pair);
  await odd(site, ids[3], token, pair);
  await flood(site, ids[4], token, pair);
  await slowReader(site, ids[5], token, pair);
  ok(await converged([pair.a, pair.b]) && pair.b.doc.getArray('list').length === pair.n, `baddays: all ${pair.n} edits of the decent ones are there`);
  endClients(site);
  await missingPart(site, ids[6], token);
  await turn();
  await site.finish('baddays');
}
