// Stock y-websocket providers, unchanged: they find each other, come late, come again, and read the same after a restart.
import * as Y from 'yjs';
import { Site, Visitor, allEqual, client, content, converged, dice, endClients, newData, ok, same, synced, until } from './lib.mjs';

// One edit of any kind; what is written carries `word`.
export function edit(doc, r, word) {
  doc.transact(() => {
    const text = doc.getText('text');
    const xml = doc.getXmlFragment('xml');
    const list = doc.getArray('list');
    switch (r.upTo(8)) {
      case 0:
      case 1:
      case 2:
        text.insert(r.upTo(text.length + 1), word);
        break;
      case 3:
        if (text.length > 3) text.format(r.upTo(text.length - 2), 2, { bold: r.upTo(2) ? true : null });
        else text.insert(0, word);
        break;
      case 4:
        if (text.length > 40) text.delete(r.upTo(text.length - 3), 3);
        else text.insert(0, word);
        break;
      case 5: {
        const p = new Y.XmlElement('paragraph');
        p.setAttribute('id', word);
        p.insert(0, [new Y.XmlText(word)]);
        xml.insert(r.upTo(xml.length + 1), [p]);
        if (xml.length > 20) xml.delete(r.upTo(xml.length), 1);
        break;
      }
      case 6:
        doc.getMap('map').set('k' + r.upTo(5), word);
        break;
      default:
        list.insert(r.upTo(list.length + 1), [word]);
        if (list.length > 20) list.delete(0, 1);
    }
  });
}

export default async function stock() {
  const site = await new Site(newData('stock')).start();
  const id = site.newDocument();
  const token = { token: site.token('trainee') };
  const person = await new Visitor(site).logIn('trainee');
  const r = dice(1);
  const a = client(site, id, token);
  const b = client(site, id, { cookie: person.cookie });
  ok(await synced(a) && await synced(b), 'stock: a client with a token and one with a cookie come in and are in step');
  ok(!/(^|\W)x1(\W|$)/.test(content(b.doc)), 'stock: control: what is not written yet is not read');
  a.doc.getText('text').insert(0, 'Hei ');
  a.doc.getText('text').insert(4, 'verden', { bold: true });
  const h = new Y.XmlElement('heading');
  h.setAttribute('level', '1');
  h.insert(0, [new Y.XmlText('Om meg')]);
  a.doc.getXmlFragment('xml').insert(0, [h]);
  b.doc.getMap('map').set('k', { deep: [1, 2.5, null, true, 'æøå 🙂', new Uint8Array([0, 255])] });
  b.doc.getArray('list').insert(0, ['x1', 'x2']);
  ok(await converged([a, b]), 'stock: text with formatting, XML, map and array arrive', [content(a.doc), content(b.doc)]);
  ok(a.doc.getText('text').toDelta()[1].attributes.bold && b.doc.getXmlFragment('xml').toString() === '<heading level="1">Om meg</heading>' && content(a.doc).includes('x2'),
    'stock: and are what was written', content(a.doc));
  for (let i = 0; i < 120; i++) edit(r.one([a, b]).doc, r, `w${i}`);
  ok(await converged([a, b]), 'stock: 120 edits at the same time arrive');
  const late = client(site, id, token);
  ok(await synced(late) && await converged([a, late]), 'stock: who comes late reads all of it');
  a.provider.disconnect();
  for (let i = 0; i < 20; i++) edit(a.doc, r, `off${i}`);
  for (let i = 0; i < 20; i++) edit(b.doc, r, `on${i}`);
  ok(await converged([b, late]) && !allEqual([a, b]), 'stock: control: who is offline does not get it');
  a.provider.connect();
  ok(await converged([a, b, late]), 'stock: who was offline gets it and gives what was written meanwhile');
  const undo = new Y.UndoManager(a.doc.getText('text'));
  a.doc.getText('text').insert(0, 'angret');
  undo.undo();
  ok(await converged([a, b, late]) && !content(b.doc).includes('angret'), 'stock: an undo arrives');
  const want = content(a.doc);
  endClients(site);
  same(await site.stop(), 0, 'stock: the server stops');
  await site.start();
  const fresh = client(site, id, token);
  ok(await synced(fresh), 'stock: after a new start a fresh client comes in');
  same(content(fresh.doc), want, 'stock: and reads the same');
  const old = client(site, id, token, { doc: (() => { const d = new Y.Doc(); Y.applyUpdate(d, Y.encodeStateAsUpdate(fresh.doc)); return d; })() });
  ok(await synced(old), 'stock: one that has it all already comes in');
  old.doc.getText('text').insert(0, 'mer ');
  ok(await until(() => content(fresh.doc).includes('mer ')), 'stock: and writes on');
  await handedOver(site, fresh, old);
  endClients(site);
  await site.finish('stock');
}

// A stop while people write: they are told to come again, do so by themselves, and nothing is lost that any of them had.
async function handedOver(site, one, two) {
  const codes = [];
  for (const c of [one, two]) c.provider.once('connection-close', (e) => codes.push(e?.code)); // later ones: nobody is there yet
  let n = 0;
  const writing = setInterval(() => one.doc.getText('text').insert(0, `s${n++} `), 5);
  await until(() => content(two.doc).includes('s9 '));
  const stopped = await site.stop();
  await until(() => codes.length === 2); // the process may be gone before this one has read what it said last
  clearInterval(writing);
  same(stopped, 0, 'stock: the server stops while somebody writes');
  same(codes, [1001, 1001], 'stock: both are told that it goes, with a code after which y-websocket comes again');
  await site.start();
  ok(await until(() => one.provider.wsconnected && two.provider.wsconnected), 'stock: they come again by themselves');
  ok(await converged([one, two]) && content(two.doc).includes(`s${n - 1} `), 'stock: and have all that was written, before, during and after', n);
}
