// The disk is full: editors are told, nothing is shown that is not stored, and all of it is stored and shown when there is room again.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Site, client, endClients, newData, ok, same, sleep, synced, until } from './lib.mjs';

// A small room of its own, or null where this machine does not let us.
function mounted(size) {
  const room = fs.mkdtempSync(path.join(os.tmpdir(), 'sb-room-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', room], { stdio: 'pipe' });
    return room;
  } catch (e) {
    fs.rmdirSync(room);
    console.log(`# skipped: a full disk needs a mount (${String(e.stderr ?? e).trim()})`);
    return null;
  }
}

function fill(room) {
  const f = fs.openSync(path.join(room, 'filler'), 'a');
  const block = Buffer.alloc(4096, 'x');
  try { for (;;) fs.writeSync(f, block); } catch { /* full */ }
  fs.closeSync(f);
}

function editor(site, id, how) {
  const c = client(site, id, how, { params: { news: '1' }, connect: false });
  Object.assign(c, { stored: 0, trouble: [] });
  const number = (d) => { let n = 0; let s = 0; for (;;) { const b = d.arr[d.pos++]; n += (b & 127) * 2 ** s; s += 7; if (!(b & 128)) return n; } };
  c.provider.messageHandlers[100] = (e, d) => { c.stored = number(d); };
  c.provider.messageHandlers[101] = c.provider.messageHandlers[102] = (e, d) => number(d);
  c.provider.messageHandlers[103] = (e, d) => { c.trouble.push(number(d)); };
  c.provider.connect();
  return c;
}

async function use(site, room) {
  const token = { token: site.token('trainee') };
  const [id, other] = [site.newDocument('full'), site.newDocument('other')];
  const a = editor(site, id, token);
  const b = editor(site, id, token);
  const o = editor(site, other, token);
  for (const c of [a, b, o]) ok(await synced(c), 'disk: a client comes in');
  const words = (c) => c.doc.getArray('list').length;
  a.doc.getArray('list').push(['before']);
  ok(await until(() => words(b) === 1), 'disk: before, an edit is shown');
  fill(room);
  let n = 0;
  const large = 'y'.repeat(20000);
  while (!a.trouble.length && n < 500) {
    a.doc.getArray('list').push([`${n++}${large}`]);
    await sleep(10);
  }
  if (!ok(a.trouble[0] === 1, `disk: full after ${n} edits: the editor is told`, a.trouble)) return;
  ok(await until(() => b.trouble[0] === 1), 'disk: so are the others');
  const [shown, stored] = [words(b), a.stored];
  for (let i = 0; i < 20; i++) a.doc.getArray('list').push([`hidden${i}`]);
  b.doc.getArray('list').insert(0, ['of the other']);
  const late = editor(site, id, token);
  ok(await synced(late) && await until(() => late.trouble[0] === 1), 'disk: who comes now reads it, and is told');
  await sleep(2500); // two more tries
  ok(words(b) - 1 === shown && words(late) === shown && a.stored === stored, 'disk: nothing is shown or acknowledged that is not stored', [words(b), words(late), shown]);
  same((await fetch(site.url + '/healthz')).status, 200, 'disk: it still answers');
  fs.unlinkSync(path.join(room, 'filler'));
  ok(await until(() => a.trouble.at(-1) === 0 && b.trouble.at(-1) === 0, 8000), 'disk: with room again they are told so', a.trouble);
  ok(await until(() => words(b) === words(a) && words(late) === words(a), 8000) && words(a) === n + 22, 'disk: and all of it is shown', [words(a), words(b), words(late), n + 22]);
  const want = JSON.stringify(a.doc.getArray('list').toJSON());
  await site.kill();
  endClients(site);
  await site.start();
  const fresh = client(site, id, token);
  ok(await synced(fresh), 'disk: after a kill it comes up');
  ok(JSON.stringify(fresh.doc.getArray('list').toJSON()) === want, 'disk: and nothing is lost');
  endClients(site);
}

export default async function disk() {
  const room = mounted('40m');
  if (!room) return;
  try {
    const data = newData('disk', path.join(room, 'data'));
    const site = await new Site(data, { log: path.join(os.tmpdir(), path.basename(room) + '.log') }).start();
    await use(site, room);
    await site.finish('disk');
    fs.unlinkSync(site.logName);
  } finally {
    execFileSync('umount', ['-l', room]);
    fs.rmdirSync(room);
  }
}
