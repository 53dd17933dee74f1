// kill -9 again and again: what a second client has seen is there afterwards, and what a client still holds arrives.
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { Site, client, content, converged, dice, endClients, holds, long, newData, ok, same, synced, turn, until } from './lib.mjs';
import { edit } from './stock.mjs';

// Five clients on three documents, all editing, some leaving and coming, while the server is killed under them.
async function storms(site, ids, token) {
  const r = dice(2);
  const rounds = long ? 200 : 10;
  const groups = ids.map((id) => Array.from({ length: 5 }, () => client(site, id, token, { maxBackoffTime: 150 })));
  const all = groups.flat();
  let edits = 0;
  let drops = 0;
  let arrived = 0;
  for (let k = 0; k < rounds; k++) {
    await Promise.all(all.map((c) => until(() => c.provider.synced || !c.provider.shouldConnect, 20000)));
    const steps = 10 + r.upTo(20);
    for (let i = 0; i < steps; i++) {
      for (const c of all) {
        if (r.upTo(4)) continue;
        edit(c.doc, r, `r${k}e${edits++} `);
      }
      const c = r.one(all);
      if (r.upTo(8) === 0) {
        drops++;
        if (c.provider.shouldConnect) c.provider.disconnect();
        else c.provider.connect();
      } else if (r.upTo(8) === 0 && c.provider.ws) {
        drops++;
        c.provider.ws.terminate(); // the line is cut without a word
      }
      await turn();
      if (r.upTo(3) === 0) await new Promise((go) => setTimeout(go, r.upTo(12)));
    }
    arrived += all.some((c) => c.provider.synced) ? 1 : 0;
    await site.kill();
    await site.start();
  }
  for (const c of all) if (!c.provider.shouldConnect) c.provider.connect();
  for (const [i, g] of groups.entries()) ok(await converged(g, 40000), `kills: document ${i + 1}: after ${rounds} kills its five clients have the same`);
  ok(arrived === rounds && edits > rounds * 50 && drops > rounds, `kills: ${edits} edits, ${drops} lost lines`);
  const want = groups.map((g) => content(g[0].doc));
  const full = groups.map((g) => g[0]);
  await site.kill();
  await site.start();
  for (const [i, id] of ids.entries()) {
    const fresh = client(site, id, token);
    ok(await synced(fresh) && holds(full[i], fresh), `kills: document ${i + 1}: a fresh client gets all of it`);
    same(content(fresh.doc), want[i], `kills: document ${i + 1}: and reads the same`);
  }
  endClients(site);
}

// Kills it the moment a second client sees an edit; the words that a fresh client misses afterwards. With clients that hold nothing: those
// that wrote are gone, so nobody brings it back.
async function missing(server, id, how, rounds, r) {
  const lost = [];
  let seen = 0;
  for (let k = 0; k < rounds; k++) {
    const a = client(server, id, how);
    const b = client(server, id, how);
    if (!await synced(a) || !await synced(b)) return { lost: ['nobody came in'], seen };
    const words = [];
    const visible = new Promise((go) => {
      b.doc.on('update', (u, origin) => { if (origin === b.provider) go(); });
    });
    const n = 1 + r.upTo(20);
    for (let i = 0; i < n; i++) {
      a.doc.getText('text').insert(0, `<${k}.${i}>`);
      if (r.upTo(3) === 0) await turn();
    }
    await visible;
    server.child.kill('SIGKILL'); // in the same turn
    const text = b.doc.getText('text').toString();
    for (let i = 0; i < n; i++) if (text.includes(`<${k}.${i}>`)) words.push(`<${k}.${i}>`);
    seen += words.length;
    endClients(server);
    await server.ended;
    await server.start();
    const c = client(server, id, how);
    if (!await synced(c)) return { lost: ['it does not come up'], seen };
    const now = c.doc.getText('text').toString();
    lost.push(...words.filter((w) => !now.includes(w)));
    endClients(server);
  }
  return { lost, seen };
}

// A relay as others are: shows at once, stores a little later. Looks like a Site to missing().
class Relay {
  constructor() {
    this.stored = [];
    this.port = 0;
  }

  async start() {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.port });
    await new Promise((go) => server.once('listening', go));
    this.port = server.address().port;
    this.ws = `ws://127.0.0.1:${this.port}`;
    const doc = new Y.Doc();
    for (const u of this.stored) Y.applyUpdate(doc, u);
    let pending = [];
    const saver = setInterval(() => { this.stored.push(...pending); pending = []; }, 50);
    this.ended = new Promise((go) => { this.gone = go; });
    this.child = { kill: () => { pending = []; clearInterval(saver); for (const s of server.clients) s.terminate(); server.close(this.gone); } };
    const frame = (kind, u) => { // lengths in 7 bits a byte
      const head = [0, kind];
      let n = u.length;
      while (n > 127) { head.push(128 | (n & 127)); n = Math.floor(n / 128); }
      return Buffer.concat([Buffer.from([...head, n]), u]);
    };
    const body = (m) => { let at = 2; while (m[at] & 128) at++; return m.subarray(at + 1); };
    server.on('connection', (s) => s.on('message', (m) => {
      if (m[0] !== 0) return;
      if (m[1] === 0) { s.send(frame(1, Y.encodeStateAsUpdate(doc, new Uint8Array(body(m))))); return; }
      const u = new Uint8Array(body(m));
      Y.applyUpdate(doc, u);
      for (const o of server.clients) if (o !== s) o.send(frame(2, u));
      pending.push(u);
    }));
    return this;
  }
}

export default async function kills() {
  const data = newData('kills');
  let site = await new Site(data).start();
  const ids = [site.newDocument('a'), site.newDocument('b'), site.newDocument('c')];
  const own = site.newDocument('d');
  const token = { token: site.token('trainee') };
  await storms(site, ids, token);
  const rounds = long ? 200 : 20;
  const got = await missing(site, own, token, rounds, dice(3));
  ok(got.lost.length === 0 && got.seen >= rounds, `kills: ${rounds} right after something was visible: of ${got.seen} edits that were seen none is lost`, got);
  const relay = await new Relay().start();
  const control = await missing(relay, 1, {}, 5, dice(4));
  relay.child.kill();
  ok(control.lost.length > 0 && !control.lost[0].startsWith('n'), 'kills: control: a relay that shows before it stores is caught', control);
  await site.finish('kills');
}
