// main.mjs PROGRAM: two servers on one PostgreSQL, and what may happen to them.
import { Visitor, allEqual, circle, client, closing, content, converged, dice, endClients, long, ok, people, same, share, sleep, synced, turn, until } from '../server/lib.mjs';
import { edit } from '../server/stock.mjs';
import { Postgres, Relay, server } from './lib.mjs';

const sees = (c, other) => c.awareness.getStates().get(other.doc.clientID);
const word = (c, w) => c.doc.getText('text').insert(0, w);
const has = (c, w) => content(c.doc).includes(w);

// Goes on with the other server, as a load balancer would send it.
function move(c, site) {
  c.provider.disconnect();
  c.provider.serverUrl = site.ws;
  c.provider.connect();
}

async function typing(x) {
  const r = dice(1);
  const id = x.a.newDocument();
  const cs = [client(x.a, id, x.token), client(x.b, id, x.token), client(x.b, id, x.token)];
  for (const c of cs) ok(await synced(c), 'typing: a client comes in');
  for (let i = 0; i < (long ? 2000 : 200); i++) {
    edit(r.one(cs).doc, r, `w${i} `);
    if (i % 5 === 0) await turn();
  }
  ok(await converged(cs), 'typing: what is written on both servers at the same time arrives on both', cs.map((c) => content(c.doc)));
  const late = client(x.a, id, x.token);
  ok(await synced(late) && await converged([late, ...cs]), 'typing: who comes late reads all of it');
  cs[0].provider.disconnect();
  word(cs[0], 'alene');
  word(cs[1], 'ute');
  ok(await until(() => has(late, 'ute')) && !has(cs[0], 'ute') && !has(late, 'alene'), 'typing: control: who is not connected neither hears nor is heard');
  cs[0].provider.connect();
  ok(await converged([late, ...cs]), 'typing: and catches up');
  // Opened on the other server while it is written: nothing falls between.
  let lost = 0;
  for (let k = 0; k < (long ? 100 : 15); k++) {
    const fresh = x.a.newDocument(`ny ${k}`);
    const one = client(x.a, fresh, x.token);
    await synced(one);
    const two = client(x.b, fresh, x.token);
    for (let i = 0; i < 40 && !two.provider.synced; i++) { word(one, `${i};`); await sleep(2); }
    word(one, 'slutt');
    if (!await until(() => has(two, 'slutt') && allEqual([one, two]), 8000)) lost++;
    one.end();
    two.end();
  }
  same(lost, 0, 'typing: a document that is opened on the second server while somebody writes on the first misses nothing');
}

async function presence(x) {
  const id = x.a.newDocument();
  const a = client(x.a, id, x.token);
  const a2 = client(x.a, id, x.token);
  const b = client(x.b, id, x.token);
  for (const c of [a, a2, b]) await synced(c);
  for (const c of [a, a2, b]) c.awareness.setLocalState({ user: { name: 'Kongen' }, cursor: { at: 1 } });
  ok(await until(() => sees(b, a)?.cursor && sees(b, a2)?.cursor && sees(a, b)?.cursor), 'presence: both see who is on the other server');
  ok(sees(b, a).user.name !== 'Kongen' && sees(b, a).user.name === sees(a2, a).user.name, 'presence: by the name of the login', sees(b, a));
  for (let i = 2; i < 100; i++) a.awareness.setLocalStateField('cursor', { at: i });
  ok(await until(() => sees(b, a)?.cursor.at === 99), 'presence: the last place of the cursor arrives');
  ok(!sees(b, { doc: { clientID: 1 } }), 'presence: control: nobody is seen who is not there');
  a2.provider.disconnect();
  ok(await until(() => !sees(b, a2), 8000) && sees(b, a), 'presence: who goes is gone on the other server, and nobody else');
  move(a, x.b);
  ok(await until(() => a.provider.synced) && await until(() => sees(b, a)), 'presence: who goes on with the other server is there');
  move(a, x.a);
  word(a, 'tilbake');
  ok(await until(() => has(b, 'tilbake')) && await until(() => sees(b, a), 20000), 'presence: and back');
}

async function moving(x) {
  const r = dice(2);
  const id = x.a.newDocument();
  const stay = [client(x.a, id, x.token), client(x.b, id, x.token)];
  const c = client(x.a, id, x.token);
  for (const k of [...stay, c]) await synced(k);
  for (let k = 0; k < (long ? 60 : 8); k++) {
    for (let i = 0; i < 15; i++) { edit(c.doc, r, `m${k}.${i} `); edit(r.one(stay).doc, r, `s${k}.${i} `); if (i % 4 === 0) await turn(); }
    move(c, k % 2 ? x.a : x.b);
    edit(c.doc, r, `under${k} `);
    await until(() => c.provider.synced);
  }
  ok(await converged([c, ...stay]), 'moving: who goes back and forth between the servers in the middle of writing loses nothing');
}

async function rights(x) {
  const id = x.a.newDocument();
  const owner = await new Visitor(x.a).logIn('trainee');
  const all = await circle(owner, id);
  const leader = all.find((p) => /leder/i.test(p.role)) ?? all[0];
  for (const p of all) await share(owner, id, p.id, 'write');
  const c = client(x.b, id, { token: x.a.token('project-leader') });
  const stays = client(x.b, id, x.token);
  ok(await synced(c) && await synced(stays), 'rights: who may write comes in on the other server', people['project-leader'].email);
  for (const p of all) await share(owner, id, p.id, 'none');
  ok(await until(() => c.closed === 4403, 8000), 'rights: a right taken away on one server closes the connection on the other', [c.closed, leader]);
  word(stays, 'til stede');
  ok(await until(() => stays.provider.synced) && stays.closed === null, 'rights: control: the owner stays');
  const person = await new Visitor(x.a).logIn('trainee');
  const mine = client(x.b, id, { cookie: person.cookie });
  ok(await synced(mine), 'rights: a login of one server holds on the other');
  await person.post('/documents', '/logout', []);
  ok(await until(() => mine.closed === 4401, 8000) && stays.closed === null, 'rights: who logs out on one is put out on the other', mine.closed);
}

// The words that were seen on B when A was killed, and are not there for somebody who reads from the database.
async function killed(x) {
  const r = dice(3);
  const rounds = long ? 50 : 5;
  let seen = 0;
  const lost = [];
  for (let k = 0; k < rounds; k++) {
    const id = x.b.newDocument(`drept ${k}`);
    const a = client(x.a, id, x.token);
    const b = client(x.b, id, x.token);
    await synced(a);
    await synced(b);
    // Three are seen; of the others some are on their way.
    const visible = new Promise((go) => { b.doc.on('update', () => { if (has(b, `<${k}.2>`)) go(); }); });
    const n = 5 + r.upTo(20);
    for (let i = 0; i < n; i++) { word(a, `<${k}.${i}>`); if (r.upTo(3) === 0) await turn(); }
    await visible;
    x.a.child.kill('SIGKILL');
    const text = b.doc.getText('text').toString();
    const words = Array.from({ length: n }, (_, i) => `<${k}.${i}>`).filter((w) => text.includes(w));
    seen += words.length;
    a.end();
    b.end();
    await x.a.ended;
    await x.a.start(); // a new server: it has only what is stored, and the journal of the dead one
    const c = client(x.a, id, x.token);
    if (!await synced(c)) lost.push('nobody comes in');
    lost.push(...words.filter((w) => !has(c, w)));
    c.end();
  }
  ok(lost.length === 0 && seen >= 3 * rounds, `killed: of ${seen} edits that were seen on the other server when theirs was killed none is lost`, lost);
  // Goes on with the one that lives.
  const id = x.b.newDocument();
  const [a, b] = [client(x.a, id, x.token), client(x.b, id, x.token)];
  await synced(a);
  await synced(b);
  a.awareness.setLocalState({ cursor: 1 });
  await until(() => sees(b, a));
  for (let i = 0; i < 50; i++) word(a, `${i};`);
  x.a.child.kill('SIGKILL');
  await x.a.ended;
  const gone = until(() => !sees(b, a), 40000);
  word(a, 'uten tjener');
  ok(!has(b, 'uten tjener'), 'killed: control: what is written without a server stays where it is');
  move(a, x.b);
  ok(await converged([a, b]) && has(b, 'uten tjener'), 'killed: who goes on with the other server has lost nothing');
  a.provider.disconnect();
  ok(await gone, 'killed: nobody is seen for long who was on the dead server');
  await x.a.start();
}

async function database(x) {
  const r = dice(4);
  const id = x.a.newDocument();
  const cs = [client(x.a, id, x.token), client(x.b, id, x.token)];
  for (const c of cs) await synced(c);
  for (const how of long ? ['stop', 'kill', 'stop', 'kill'] : ['stop', 'kill']) {
    for (let i = 0; i < 30; i++) { edit(r.one(cs).doc, r, `f${i} `); await turn(); }
    await x.pg.say(how);
    for (let i = 0; i < 30; i++) { edit(r.one(cs).doc, r, `u${i} `); await turn(); }
    word(cs[0], 'uten base');
    await sleep(500);
    ok(!has(cs[1], 'uten base'), `database: ${how}: control: what cannot be stored is not shown`);
    await x.pg.say('start');
    ok(await converged(cs, 40000) && has(cs[1], 'uten base'), `database: ${how}: it arrives when the database is back`);
    cs[0].doc.getText('text').delete(0, cs[0].doc.getText('text').length);
    await converged(cs);
  }
}

async function cut(x) {
  const r = dice(5);
  const id = x.a.newDocument();
  const a = client(x.a, id, x.token);
  const [b, b2] = [client(x.b, id, x.token), client(x.b, id, x.token)];
  for (const c of [a, b, b2]) await synced(c);
  word(a, 'før;');
  await converged([a, b, b2]);
  for (const how of long ? ['cut', 'hold'] : ['cut']) {
    await x.relay.say(how);
    for (let i = 0; i < 40; i++) { edit(r.one([a, b, b2]).doc, r, `d${i} `); await turn(); }
    word(b, `fra ${how};`);
    word(a, `til ${how};`);
    await sleep(how === 'hold' ? 15000 : 2500);
    ok(!has(a, `fra ${how};`) && !has(b2, `fra ${how};`), `cut: ${how}: control: what is written where the database cannot be reached is shown to nobody`);
    ok(!has(b, `til ${how};`), `cut: ${how}: control: and nothing is heard there`);
    await x.relay.say('heal');
    ok(await converged([a, b, b2], 60000) && has(a, `fra ${how};`) && has(b2, `til ${how};`), `cut: ${how}: when the line is back both have everything`, [a, b, b2].map((c) => content(c.doc)));
  }
}

// A server that others have buried while it lived.
async function buried(x) {
  const id = x.b.newDocument();
  const [a, b] = [client(x.a, id, x.token), client(x.b, id, x.token)];
  await synced(a);
  await synced(b);
  word(b, 'først;');
  await converged([a, b]);
  x.b.child.kill('SIGSTOP');
  word(a, 'uten b;');
  await sleep(80000);
  x.b.child.kill('SIGCONT');
  word(b, 'lever;');
  ok(await converged([a, b], 60000) && has(a, 'lever;') && has(b, 'uten b;'), 'buried: a server that was taken for dead goes on with the others');
}

const parts = { typing, presence, moving, rights, killed, cut, database, ...(long ? { buried } : {}) };
const only = process.env.ONLY?.split(',');
process.on('unhandledRejection', (e) => { ok(false, 'nothing is left to chance', String(e?.stack ?? e)); });
const pg = await new Postgres().start();
try {
  const url = await pg.say('create springbrett');
  const relay = await new Relay(pg.port).start();
  const x = { pg, relay, a: server('a', url), b: server('b', url, url.replace(`:${pg.port}/`, `:${relay.port}/`)) };
  await x.a.start();
  await x.b.start();
  x.token = { token: x.a.token('trainee') };
  for (const [name, part] of Object.entries(parts)) {
    if (only && !only.includes(name)) continue;
    const t = Date.now();
    try {
      await part(x);
    } catch (e) {
      ok(false, `${name}: ran to its end`, e.stack);
    }
    endClients(x.a);
    endClients(x.b);
    console.log(`# ${name}: ${((Date.now() - t) / 1000).toFixed(1)} s`);
  }
  await x.b.finish('servers: b');
  await x.a.finish('servers: a');
  await relay.say('end');
} catch (e) {
  ok(false, 'servers: ran to its end', e.stack);
}
await pg.end();
process.exit(closing());
