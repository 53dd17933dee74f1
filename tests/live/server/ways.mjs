// Ways in, and ways that are none.
import { createHash } from 'node:crypto';
import { Site, Visitor, call, client, endClients, newData, ok, same, synced } from './lib.mjs';
import { Wire, handshake, step1, updatesOf } from './raw.mjs';

// What a refused one gets: all bytes until the end.
async function refusal(site, document, how) {
  const h = await handshake(site, `/ws/documents/${document}`, how);
  const w = new Wire(h.socket, h.rest);
  await w.closed();
  const head = h.head.split('\r\n').filter((x) => !/^(date|sec-websocket-accept|set-cookie|x-request-id):/i.test(x));
  return { code: w.code, bytes: JSON.stringify([head, w.frames.map((f) => [f.op, f.data.toString('hex')])]), ms: h.ms };
}
const median = (v) => v.toSorted((x, y) => x - y)[v.length >> 1];

export default async function ways() {
  const site = await new Site(newData('ways')).start();
  const id = site.newDocument();
  const path = `/ws/documents/${id}`;
  const token = { token: site.token('trainee') };
  const stranger = { token: site.token('nav-contact') };

  let h = await handshake(site, path, token);
  same(h.status, 101, 'ways: with a token');
  const want = createHash('sha1').update(h.key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  ok(new RegExp(`^sec-websocket-accept: ${want.replace(/[+/]/g, '\\$&')}$`, 'im').test(h.head) && !/sec-websocket-extensions|sec-websocket-protocol/i.test(h.head),
    'ways: the answer to the key is right, and nothing is agreed on that was not asked for', h.head);
  h.socket.destroy();
  const person = await new Visitor(site).logIn('trainee');
  h = await handshake(site, path, { cookie: person.cookie }, { Origin: site.url });
  same(h.status, 101, 'ways: with a session, from our own page');
  h.socket.destroy();
  const early = await Wire.open(site, id, token, '', step1Frame());
  ok(await early.until((w) => updatesOf(w).length > 0), 'ways: what is sent before the answer came is not lost');
  early.end();

  same((await refusal(site, id, {})).code, 4401, 'ways: without a login');
  same((await refusal(site, id, { cookie: 'sb=' + 'a'.repeat(43) })).code, 4401, 'ways: with a cookie of nobody');
  const notThere = [];
  const notMine = [];
  for (let i = 0; i < 25; i++) {
    notThere.push(await refusal(site, 987654 + i, stranger));
    notMine.push(await refusal(site, id, stranger));
  }
  same(notMine[0].code, 4404, 'ways: a document that is not shared');
  same(new Set([...notThere, ...notMine].map((x) => x.bytes)).size, 1, 'ways: and one that is not there answer alike');
  const [t1, t2] = [median(notThere.map((x) => x.ms)), median(notMine.map((x) => x.ms))];
  ok(Math.abs(t1 - t2) < Math.max(2, 0.6 * Math.max(t1, t2)), 'ways: and as fast', [t1, t2]);

  for (const [what, status, how, over, more] of [
    ['from another site', 403, { cookie: person.cookie }, { Origin: 'https://example.org' }],
    ['from a page of no site', 403, { cookie: person.cookie }, { Origin: 'null' }],
    ['from another port', 403, { cookie: person.cookie }, { Origin: 'http://127.0.0.1:1' }],
    ['no handshake', 426, token, { Upgrade: null, Connection: null }],
    ['another protocol', 426, token, { Upgrade: 'h2c' }],
    ['no Connection: Upgrade', 426, token, { Connection: 'keep-alive' }],
    ['version 8', 426, token, { 'Sec-WebSocket-Version': '8' }],
    ['no version', 426, token, { 'Sec-WebSocket-Version': null }],
    ['no key', 400, token, { 'Sec-WebSocket-Key': null }],
    ['a short key', 400, token, { 'Sec-WebSocket-Key': 'YWJj' }],
    ['a long key', 400, token, { 'Sec-WebSocket-Key': 'a'.repeat(200) }],
    ['a key that is no base64', 400, token, { 'Sec-WebSocket-Key': '!'.repeat(24) }],
    ['HEAD', [400, 404, 405, 426], token, {}, { method: 'HEAD' }],
    ['POST', [403, 404, 405], token, { 'Content-Length': '0' }, { method: 'POST' }],
    ['HTTP/1.0', [400, 426, 505], token, {}, { version: '1.0' }],
    ['with a body', [400, 413], token, { 'Content-Length': '5' }, { body: 'hello' }],
    ['with a chunked body', [400, 411, 413, 501], token, { 'Transfer-Encoding': 'chunked' }, { body: '0\r\n\r\n' }],
    ['a number too large', [101, 404], token, {}, {}, '/ws/documents/99999999999999999999'],
    ['no number', [101, 404], token, {}, {}, '/ws/documents/abc'],
    ['no document', 404, token, {}, {}, '/ws/documents'],
  ]) {
    const got = await handshake(site, arguments_path(path, what), how, over, more);
    const all = [].concat(status);
    ok(all.includes(got.status), `ways: ${what} is refused`, `${got.status}, wanted ${all}: ${got.head.slice(0, 300)}`);
    if (got.status === 426) ok(/^upgrade: websocket/im.test(got.head) && /^sec-websocket-version: 13/im.test(got.head), `ways: ${what}: it says what it speaks`, got.head);
    if (got.status === 101) same(await new Wire(got.socket, got.rest).closed(), 4404, `ways: ${what}: let in to be told`);
    got.socket.destroy();
  }
  const narrow = { token: call('token', 'new', '--data', site.data, '--user', (await import('./lib.mjs')).people.trainee.email, '--scope', 'calendar').trim() };
  const got = await handshake(site, path, narrow);
  if (got.status === 101) same(await new Wire(got.socket, got.rest).closed(), 4401, 'ways: a token without the scope');
  else ok([401, 403].includes(got.status), 'ways: a token without the scope', got.head);
  got.socket.destroy();

  const list = call('token', 'list', '--data', site.data, '--user', (await import('./lib.mjs')).people.trainee.email).split('\n');
  const c = client(site, id, token);
  ok(await synced(c), 'ways: control: the token is good');
  c.end();
  for (const line of list) if (/documents/.test(line)) call('token', 'end', line.split('\t')[0], '--data', site.data);
  h = await handshake(site, path, token);
  const ended = h.status === 101 ? await new Wire(h.socket, h.rest).closed() : h.status;
  ok([401, 403, 4401].includes(ended), 'ways: a token that was ended', ended);
  h.socket.destroy();
  endClients(site);
  await site.finish('ways');

  function step1Frame() {
    const m = step1();
    return Buffer.concat([Buffer.from([0x82, 0x80 | m.length, 0, 0, 0, 0]), m]);
  }
}

function arguments_path(usual, what) {
  return { 'a number too large': '/ws/documents/99999999999999999999', 'no number': '/ws/documents/abc', 'no document': '/ws/documents' }[what] ?? usual;
}
