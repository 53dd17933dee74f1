// A client without awareness that only reads: in a document where nobody writes, and in one where others always do.
import { Site, client, long, newData, ok, same, sleep, synced, until } from './lib.mjs';

export default async function idle() {
  const site = await new Site(newData('idle')).start();
  const token = { token: site.token('trainee') };
  const [quiet, busy] = [site.newDocument('quiet'), site.newDocument('busy')];
  const readers = [quiet, busy].map((id) => client(site, id, token, { keep: true }));
  let losses = 0;
  for (const c of readers) {
    c.awareness.setLocalState(null);
    c.provider.on('connection-close', () => losses++);
    ok(await synced(c), 'idle: a client without awareness comes in');
  }
  const writer = client(site, busy, token, { keep: true });
  const text = writer.doc.getText('text');
  const end = Date.now() + (long ? 150000 : 68000);
  let n = 0;
  while (Date.now() < end) {
    text.insert(0, `${n++} `);
    await sleep(500);
  }
  same(losses, 0, 'idle: neither loses its connection');
  ok(await until(() => readers[1].doc.getText('text').length === text.length) && n > 80, 'idle: and hears what is written');
  for (const c of [...readers, writer]) c.end();
  await site.finish('idle');
}
