// Who is here: stock clients, those who come again, and those who lie.
import { Site, Visitor, circle, client, endClients, newData, ok, people, same, share, synced, until } from './lib.mjs';
import { Wire, awareness as said, read, step1 } from './raw.mjs';

const sees = (c, id) => c.awareness.getStates().get(id);

export default async function awareness() {
  const site = await new Site(newData('awareness')).start();
  const id = site.newDocument();
  const owner = await new Visitor(site).logIn('trainee');
  const leader = await new Visitor(site).logIn('project-leader');
  const all = await circle(owner, id);
  for (const who of all) await share(owner, id, who.id, 'write');
  const [tokenA, tokenB] = [{ token: site.token('trainee') }, { token: site.token('project-leader') }];

  // Two people, two windows each: stock clients send back all they hear.
  const [a, a2, b, b2] = [client(site, id, tokenA), client(site, id, { cookie: owner.cookie }), client(site, id, tokenB), client(site, id, { cookie: leader.cookie })];
  const cs = [a, a2, b, b2];
  let losses = 0;
  for (const c of cs) {
    c.provider.on('connection-close', () => losses++);
    ok(await synced(c), 'awareness: a client comes in');
  }
  for (let i = 0; i < 10; i++) for (const c of cs) c.awareness.setLocalState({ user: { name: 'Kongen', color: '#123456' }, cursor: { at: i } });
  ok(await until(() => cs.every((c) => cs.every((o) => sees(c, o.doc.clientID)?.cursor?.at === 9))), 'awareness: all see all cursors');
  const names = new Set(cs.map((c) => sees(a === c ? b : a, c.doc.clientID).user.name));
  ok(names.size === 2 && !names.has('Kongen') && sees(b, a.doc.clientID).user.color === '#123456', 'awareness: names are those of the logins, whatever is claimed', [...names]);
  same(losses, 0, 'awareness: nobody is closed for what a stock client sends back');

  // Gone at once; the other window of the same person stays.
  let t = Date.now();
  a2.provider.disconnect();
  ok(await until(() => !sees(b, a2.doc.clientID), 8000) && Date.now() - t < 5000, 'awareness: who goes is gone at once');
  t = Date.now();
  b2.provider.shouldConnect = false;
  b2.provider.ws.terminate();
  ok(await until(() => !sees(a, b2.doc.clientID), 8000) && Date.now() - t < 5000, 'awareness: whose line breaks too');
  ok(sees(b, a.doc.clientID) && sees(a, b.doc.clientID), 'awareness: their other windows are still here');

  // Comes again with the clock it had (y-websocket issue 122).
  for (let i = 0; i < 3; i++) {
    a.provider.ws.terminate();
    await until(() => !a.provider.wsconnected);
    t = Date.now();
    await until(() => a.provider.wsconnected);
    const up = Date.now();
    ok(await until(() => sees(b, a.doc.clientID)?.cursor, 8000) && Date.now() - up < 5000, `awareness: who comes again is seen at once (${i + 1})`);
  }
  // The new line is there before the server knows that the old one is dead.
  const half = a.provider.ws;
  a.provider.ws = null;
  half.onmessage = half.onclose = null;
  a.provider.wsconnected = false;
  a.provider.connect();
  await until(() => a.provider.wsconnected && a.provider.synced);
  half.terminate();
  const w0 = await Wire.open(site, id, tokenB);
  await w0.until((w) => w.messages(1).length > 0);
  ok(read(w0.messages(1)[0]).entries.some((e) => e.client === a.doc.clientID) && await until(() => sees(b, a.doc.clientID), 1000), 'awareness: a new line that overtakes the old one keeps the person here');
  w0.end();

  // Lies.
  const liar = await Wire.open(site, id, tokenB);
  await liar.until((w) => w.messages(1).length > 0);
  const victim = a.doc.clientID;
  const clock = () => a.awareness.meta.get(victim).clock;
  const before = JSON.stringify(sees(b, victim).user);
  liar.message(said({ client: victim, clock: clock() + 4, state: { user: { name: 'En annen' } } }));
  liar.message(said({ client: victim, clock: clock() + 5, state: null }));
  liar.message(said({ client: victim, clock: clock(), state: null }));
  liar.message(step1());
  ok(await liar.until((w) => w.messages(0).some((d) => d[1] === 1)), 'awareness: lies about another are passed over');
  a.awareness.setLocalStateField('cursor', { at: 11 });
  ok(await until(() => sees(b, victim)?.cursor?.at === 11) && JSON.stringify(sees(b, victim).user) === before && sees(a, victim), 'awareness: and change nothing', sees(b, victim));
  liar.end();
  for (const [what, message] of [
    ['no JSON', said({ client: 77, clock: 1, state: '{"a":' })], ['a clock beyond all', said({ client: 77, clock: 2n ** 40n, state: {} })],
    ['a count that lies', Buffer.from([1, 2, 60, 1])],
  ]) {
    const w = await Wire.open(site, id, tokenB);
    for (let i = 0; i < 3; i++) w.message(message);
    same(await w.closed(), 4400, `awareness: ${what}, three times, closes`);
  }
  const large = await Wire.open(site, id, tokenB);
  for (let i = 0; i < 4; i++) {
    large.message(said({ client: 77, clock: 1, state: { x: 'x'.repeat(5000) } }));
    large.message(said({ client: 77, clock: 1, state: 'x'.repeat(70000) }));
    large.message(said(...Array.from({ length: 65 }, (_, k) => ({ client: k + 100, clock: 1, state: {} }))));
  }
  large.message(step1());
  ok(await large.until((w) => w.messages(0).length > 1) && !sees(b, 77) && !sees(b, 100), 'awareness: what is too large is passed over');
  large.end();
  const many = await Wire.open(site, id, tokenB);
  for (let k = 0; k < 40; k++) many.message(said(...Array.from({ length: 64 }, (_, i) => ({ client: 1000 + 64 * k + i, clock: 1, state: {} }))));
  many.message(step1());
  ok(await many.until((w) => w.messages(0).length > 1) && await until(() => sees(b, 1000)) && b.awareness.getStates().size <= 1024, 'awareness: who claims to be thousands is not believed for all');
  many.end();
  ok(await until(() => [...b.awareness.getStates().keys()].every((k) => k < 1000 || k >= 1000 + 64 * 40)), 'awareness: and they are gone with the line');
  const w = await Wire.open(site, id, tokenB);
  w.message(Buffer.from([3]));
  ok(await w.until((x) => x.messages(1).length >= 2) && read(w.messages(1)[1]).entries.some((e) => e.client === victim), 'awareness: who asks is told who is here');
  ok(read(w.messages(1)[0]).entries.every((e) => !/"En annen"|"Kongen"/.test(JSON.stringify(e.state))) && people.mentor, 'awareness: nobody goes by another name');
  w.end();
  b.awareness.setLocalStateField('cursor', { at: 10 }); // a came again: y-protocols shows it the others only when they say something new
  ok(await until(() => sees(b, victim) && sees(a, b.doc.clientID)), 'awareness: the two who write are still here',
    [sees(b, victim), sees(a, b.doc.clientID)]);
  endClients(site);
  await site.finish('awareness');
}
