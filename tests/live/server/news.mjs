// What clients that ask with news=1 are told: what is on disk, comments, rights. And what people without the right cannot do.
import WebSocket from 'ws';
import * as Y from 'yjs';
import { Site, Visitor, circle, client, endClients, newData, ok, people, same, share, synced, turn, until } from './lib.mjs';
import { Wire, newsOf, read, step1, update, updatesOf } from './raw.mjs';

const STORED = 100;
const COMMENTS = 101;
const RIGHT = 102;

// A stock client with handlers for the news; counts the updates that it sends as an editor does.
function editor(site, id, how) {
  const c = client(site, id, how, { params: { news: '1' }, connect: false });
  Object.assign(c, { sent: 0, stored: 0, comments: 0, rights: [], order: true });
  const send = WebSocket.prototype.send;
  for (const kind of [STORED, COMMENTS, RIGHT, 103]) {
    c.provider.messageHandlers[kind] = (encoder, decoder) => {
      let n = 0;
      let shift = 0;
      for (;;) {
        const b = decoder.arr[decoder.pos++];
        n += (b & 127) * 2 ** shift;
        shift += 7;
        if (!(b & 128)) break;
      }
      if (kind === STORED) { c.order &&= n > c.stored && n <= c.sent; c.stored = n; }
      if (kind === COMMENTS) c.comments++;
      if (kind === RIGHT) c.rights.push(n);
    };
  }
  c.provider.on('status', ({ status }) => {
    if (status !== 'connected') return;
    c.sent = c.stored = 0;
    const ws = c.provider.ws;
    ws.send = (data, ...more) => {
      const b = new Uint8Array(data);
      if (b[0] === 0 && b[1] > 0) c.sent++;
      return send.call(ws, data, ...more);
    };
  });
  c.provider.connect();
  return c;
}

// The bytes that a client which comes now is given.
async function stateNow(site, id, how) {
  const c = client(site, id, how);
  await synced(c);
  const text = c.doc.getText('text').toString();
  c.end();
  return text;
}

async function acknowledged(site, id, owner) {
  const a = editor(site, id, owner);
  ok(await synced(a) && await until(() => a.sent > 0 && a.stored === a.sent), 'news: what a client brings when it comes is acknowledged', [a.sent, a.stored]);
  for (let i = 0; i < 300; i++) {
    a.doc.getText('text').insert(0, `${i};`);
    if (i % 7 === 0) await turn();
  }
  ok(await until(() => a.stored === a.sent) && a.sent > 300, 'news: all that was sent is acknowledged', [a.sent, a.stored]);
  ok(a.order, 'news: the count only grows and is never over what was sent');
  // Only what is on disk counts: the same edits, and a kill at the first acknowledgement of all.
  for (let k = 0; k < 5; k++) {
    const before = a.sent;
    let n = 0;
    while (n < 10) a.doc.getText('text').insert(0, `<${k}.${n++}>`);
    const words = [];
    while (a.stored < before + 10) await turn();
    site.child.kill('SIGKILL');
    for (let i = 0; i < n; i++) words.push(`<${k}.${i}>`);
    a.provider.disconnect();
    await site.ended;
    await site.start();
    const text = await stateNow(site, id, owner);
    same(words.filter((w) => !text.includes(w)), [], `news: what was acknowledged is there after a kill (${k + 1})`);
    a.provider.connect();
    await synced(a);
    await until(() => a.stored === a.sent);
  }
  const plain = await Wire.open(site, id, owner);
  plain.message(step1());
  plain.message(update(Y.encodeStateAsUpdate(new Y.Doc())));
  await plain.until((w) => updatesOf(w).length > 0);
  same(newsOf(plain, STORED).length, 0, 'news: who does not ask gets none');
  plain.end();
  return a;
}

async function rights(site, id, owner, a) {
  const all = await circle(owner, id);
  const leader = all.find((p) => /leder/i.test(p.role));
  const mentor = all.find((p) => /mentor/i.test(p.role));
  if (!ok(leader && mentor, 'news: the circle has a project leader and a mentor', all)) return;
  const how = { leader: { token: site.token('project-leader') }, mentor: { token: site.token('mentor') } };
  await share(owner, id, leader.id, 'write');
  const l = editor(site, id, how.leader);
  ok(await synced(l), 'news: who has it shared comes in');
  l.doc.getText('text').insert(0, 'leder;');
  ok(await until(() => a.doc.getText('text').toString().startsWith('leder;')), 'news: control: who may write is heard');

  await owner.post(`/documents/${id}/comments`, `/documents/${id}/comments`, [['new-text', 'Fint.'], ['new-mark', ''], ['new-quote', ''], ['text', 'Fint.']]);
  ok(await until(() => a.comments === 1 && l.comments === 1, 3000), 'news: a comment over HTTP is told to both', [a.comments, l.comments]);

  for (const [right, n] of [['read', 1], ['comment', 2]]) {
    await share(owner, id, leader.id, right);
    ok(await until(() => l.rights.at(-1) === n, 1000), `news: the right to ${right} is told at once`, l.rights);
    const word = `stille-${right};`;
    const seen = a.doc.getText('text').toString();
    l.doc.getText('text').insert(0, word);
    const w = await Wire.open(site, id, how.leader); // by hand too: not only as a well-behaved client
    const d = new Y.Doc();
    d.getText('text').insert(0, word);
    w.message(update(Y.encodeStateAsUpdate(d)));
    w.message(step1());
    await w.until((x) => updatesOf(x).length > 0);
    a.doc.getText('text').insert(a.doc.getText('text').length, '.');
    await until(() => a.stored === a.sent);
    const text = await stateNow(site, id, { cookie: owner.cookie });
    ok(!text.includes(word) && a.doc.getText('text').toString() === seen + '.' && w.code === null, `news: with the right to ${right} nothing is written, shown or stored`);
    w.end();
  }
  await share(owner, id, leader.id, 'write');
  ok(await until(() => l.rights.at(-1) === 3, 1000), 'news: the right to write is told');
  l.end();

  // Taken away
  const again = editor(site, id, how.leader);
  await synced(again);
  let t = Date.now();
  await share(owner, id, leader.id, 'none');
  t = Date.now();
  ok(await until(() => again.closed === 4403, 8000) && Date.now() - t < 5000, 'news: whose share is taken away is put out at once', again.closed);
  again.end();
  const out = await Wire.open(site, id, how.leader);
  same(await out.closed(), 4404, 'news: and does not come in again');

  // The mentorship ends
  await share(owner, id, mentor.id, 'write');
  const m = editor(site, id, how.mentor);
  ok(await synced(m), 'news: the mentor comes in');
  const boss = await new Visitor(site).logIn('project-leader');
  const [first, last] = people.trainee.email.split('@')[0].split('.');
  const list = [...new Set([...(await boss.get('/trainees')).text.matchAll(/\/trainees\/(\d+)/g)].map((x) => x[1]))];
  let trainee = null;
  for (const t2 of list) {
    const page = (await boss.get(`/trainees/${t2}`)).text.toLowerCase();
    if (page.includes(people.trainee.email) || /<h1[^]*?<\/h1>/.exec(page)?.[0].includes(`${first} ${last}`)) trainee ??= t2;
  }
  if (ok(trainee, 'news: the leader finds the trainee')) {
    const today = new Date().toLocaleDateString('nb-NO', { timeZone: 'Europe/Oslo', day: '2-digit', month: '2-digit', year: 'numeric' });
    await boss.post(`/trainees/${trainee}/end`, `/trainees/${trainee}/end`, [['what', 'pair'], ['ended_on', today], ['reason', 'Flyttet.']]);
    t = Date.now();
    ok(await until(() => m.closed === 4403, 8000) && Date.now() - t < 5000, 'news: whose mentorship ends is put out at once', m.closed);
  }
  m.end();
}

async function logOut(site, id, stays) {
  const person = await new Visitor(site).logIn('trainee');
  const c = client(site, id, { cookie: person.cookie });
  ok(await synced(c), 'news: a session comes in');
  await person.post('/documents', '/logout', []);
  const t = Date.now();
  ok(await until(() => c.closed === 4401, 8000) && Date.now() - t < 5000, 'news: who logs out is put out at once', c.closed);
  stays.doc.getText('text').insert(0, 'til stede;');
  ok(await until(() => stays.stored === stays.sent) && stays.provider.wsconnected && stays.closed === null, 'news: control: the others stay');
  c.end();
}

export default async function news() {
  const site = await new Site(newData('news')).start();
  const id = site.newDocument();
  const token = { token: site.token('trainee') };
  const a = await acknowledged(site, id, token);
  const owner = await new Visitor(site).logIn('trainee');
  await rights(site, id, owner, a);
  await logOut(site, id, a);
  endClients(site);
  await site.finish('news');
  void read;
}
