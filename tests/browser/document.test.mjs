// The editor of living documents in real browsers: two people and more, against the relay of relay.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as Y from 'yjs';
import { away, caretAt, heard, html, marks, pause, plain, press, same, select, state, tool, until, violations, written } from './document-lib.mjs';
import { newPage, startBrowser } from './lib.mjs';
import { startRelay, texts } from './relay.mjs';

const words = texts();
const shots = process.env.SHOTS;
let relay;
let browser;
let nextRoom = 1;
before(async () => {
  [relay, browser] = [await startRelay(), await startBrowser()];
});
after(async () => {
  await browser?.close();
  await relay?.stop();
});

// A room with these paragraphs, and people who open it: {open(name, how), doc, id, close()}.
function world(...paragraphs) {
  const id = String(nextRoom++);
  const { y } = relay.room(id);
  const fragment = y.getXmlFragment('prosemirror');
  fragment.insert(0, paragraphs.map((p) => {
    const block = new Y.XmlElement('paragraph');
    block.insert(0, [new Y.XmlText(p)]);
    return block;
  }));
  const contexts = [];
  return {
    id, room: relay.room(id), fragment,
    async open(name, { right = 'write', account = String(contexts.length + 1), lang = 'nb', ...how } = {}) {
      const page = await newPage(browser, how);
      contexts.push(page.context());
      await page.context().addCookies([{ name: 'who', value: encodeURIComponent([name, account, right, lang].join('|')), url: relay.url }]);
      await page.context().addInitScript(() => {
        window.broken = [];
        document.addEventListener('securitypolicyviolation', (e) => window.broken.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
      });
      await page.goto(`${relay.url}/documents/${id}`);
      page.setDefaultTimeout(6000);
      await page.waitForSelector('#document-text');
      return page;
    },
    async close(but = []) {
      for (const context of contexts) {
        for (const page of context.pages()) {
          const wrong = page.complaints.filter((c) => !but.some((b) => b.test(c)));
          assert.deepEqual(wrong, [], 'nothing on the console');
          assert.deepEqual(await page.evaluate(() => window.broken), [], 'the policy was kept');
        }
        await context.close();
      }
    },
  };
}

test('two people type at the same time and nothing is lost', async () => {
  const w = world('Første avsnitt.', 'Andre avsnitt.');
  const [a, b] = [await w.open('Amal Haddad'), await w.open('Ingrid Solbakken')];
  await caretAt(a, 'p:first-child');
  await caretAt(b, 'p:last-child');
  const [left, right] = [' Jeg er utdannet farmasøyt fra Aleppo, og har arbeidet seks år på apotek.', ' Hos oss får du en rolig start, og en veileder som følger deg. 😀'];
  await Promise.all([a.keyboard.type(left, { delay: 12 }), b.keyboard.type(right, { delay: 9 })]);
  assert.equal(await same(a, b), `Første avsnitt.${left}|Andre avsnitt.${right}`);
  await caretAt(a, 'p:first-child', 'Home');
  await caretAt(b, 'p:first-child');
  await Promise.all([a.keyboard.type('AAAAAAAAAAAAAAAAAAAA', { delay: 15 }), b.keyboard.type('BBBBBBBBBBBBBBBBBBBB', { delay: 15 })]);
  assert.equal(await same(a, b), `AAAAAAAAAAAAAAAAAAAAFørste avsnitt.${left}BBBBBBBBBBBBBBBBBBBB|Andre avsnitt.${right}`);
  await state(a, 'saved');
  await w.close();
});

test('who is here: a list, a caret with the name, a word to the screen reader', async () => {
  const w = world('Et avsnitt.');
  const a = await w.open('Amal Haddad');
  assert.equal((await a.textContent('#document-people')).trim(), words.get('alone'));
  const b = await w.open('Ingrid <b>Solbakken</b>');
  await caretAt(b, 'p');
  await until(() => a.locator('.sb-caret__name').allTextContents(), (t) => t[0] === 'Ingrid <b>Solbakken</b>');
  assert.match(await a.textContent('#document-people'), /Ingrid <b>Solbakken<\/b>/);
  await until(() => heard(a), (t) => t.includes(words.get('joined').replace('%s', 'Ingrid <b>Solbakken</b>')));
  await b.close();
  await until(() => a.textContent('#document-people'), (t) => t.trim() === words.get('alone'));
  await until(() => heard(a), (t) => t.includes(words.get('left').replace('%s', 'Ingrid <b>Solbakken</b>')));
  await w.close();
});

test('a comment with the keyboard alone, and back', async () => {
  const w = world('Jeg har seks års erfaring fra apotek.', 'Jeg lærer raskt.');
  const [a, b] = [await w.open('Amal Haddad'), await w.open('Ingrid Solbakken')];
  await a.focus('#document-text');
  await press(a, 'Control+Home', ...Array(8).fill('ArrowRight'));
  for (let i = 0; i < 8; i++) await press(a, 'Shift+ArrowRight');
  await press(a, 'Control+Alt+m');
  assert.equal(await a.evaluate(() => document.activeElement.name), 'text');
  assert.equal(await a.textContent('.sb-draft blockquote'), 'seks års');
  await a.keyboard.type('Hvor mange av dem i Norge?');
  await press(a, 'Tab', 'Enter');
  await until(() => marks(b), (t) => t === 'seks års');
  assert.equal(await a.evaluate(() => document.activeElement.id), 'document-text', 'the writer is back in the text');
  assert.equal(w.room.threads[0].quote, 'seks års');
  assert.match(w.room.threads[0].mark, /^[a-z0-9-]{1,40}$/);
  await until(() => heard(b), (t) => t.includes(words.get('comment-new')));
  // The caret in the words leads to the thread, and the thread back to the words.
  await press(b, 'Escape');
  await b.focus('#document-text');
  await press(b, 'Control+Home', ...Array(10).fill('ArrowRight'), 'Control+Alt+m');
  assert.match(await b.evaluate(() => document.activeElement.id), /^thread-/);
  await b.getByRole('button', { name: words.get('comment-show') }).press('Enter');
  assert.equal(await b.evaluate(() => String(getSelection())), 'seks års');
  // A reply half written stays when the panel comes anew.
  await b.fill('article textarea', 'Et halvt svar');
  await a.fill('article textarea', 'To av dem.');
  await a.click('article form:has(textarea) button');
  await until(() => b.locator('#comments').textContent(), (t) => t.includes('To av dem.'));
  assert.equal(await b.inputValue('article textarea'), 'Et halvt svar');
  // Resolved: no light any more.
  await a.getByRole('button', { name: 'Merk som løst' }).click();
  for (const p of [a, b]) await until(() => marks(p), (t) => t === '');
  // Nothing selected, no comment there: told so.
  await a.focus('#document-text');
  await press(a, 'Control+End', 'Control+Alt+m');
  assert.equal(await a.textContent('.sb-note'), words.get('comment-pick'));
  await w.close();
});

test('a comment that is refused or cannot be sent stays in its form', async () => {
  const w = world('Noen ord her.');
  const a = await w.open('Amal Haddad');
  await select(a, 'ord');
  await press(a, 'Control+Alt+m');
  await a.click('#comments form:first-of-type button[class]:not([data-cancel])');
  await a.waitForSelector('#comments textarea[aria-invalid]');
  assert.equal(await a.textContent('.sb-draft blockquote'), 'ord', 'what it is about is still there');
  await a.fill('#ct', 'Hva slags ord?');
  await a.context().setOffline(true);
  await a.click('#comments form:first-of-type button[class]:not([data-cancel])');
  await a.waitForSelector('.sb-comment__failed');
  assert.equal(await a.inputValue('#ct'), 'Hva slags ord?');
  assert.equal(w.room.threads.length, 0);
  await a.context().setOffline(false);
  await a.click('#comments form:first-of-type button[class]:not([data-cancel])');
  await until(() => marks(a), (t) => t === 'ord');
  await w.close(away);
});

test('the place of a comment survives what is written around it', async () => {
  const w = world('Før merket og etter.', 'Neste.');
  const [a, b] = [await w.open('Amal Haddad'), await w.open('Ingrid Solbakken')];
  await select(a, 'merket');
  await press(a, 'Control+Alt+m');
  await a.keyboard.type('Her');
  await press(a, 'Tab', 'Enter');
  const holds = async (what) => { await same(a, b); for (const p of [a, b]) await until(() => marks(p), (t) => t === 'merket').catch((e) => assert.fail(`${what}: ${e.message}`)); };
  await holds('set');
  await caretAt(b, 'p:first-child', 'Home');
  await b.keyboard.type('Nytt. ');
  await holds('typing before');
  await press(b, 'Enter');
  await holds('Enter before it');
  await tool(b, 'bullets').click();
  await holds('a list');
  await tool(b, 'bullets').click();
  await b.selectOption('.sb-block', 'h2');
  await holds('a heading');
  await press(b, 'Home', 'Backspace');
  await holds('joined with the paragraph above');
  await select(b, 'merket');
  await press(b, 'Control+b');
  await holds('bold');
  await press(b, 'Control+a', 'Control+x');
  await until(() => written(a), (t) => t.trim() === '');
  await press(b, 'Control+v');
  await holds('cut and pasted');
  await caretAt(b, 'p:last-child, h2:last-child');
  await press(b, 'Control+a', 'Delete');
  await until(() => a.locator('.sb-comment__place').textContent(), (t) => t === words.get('comment-gone'));
  await b.focus('#document-text');
  await press(b, 'Control+z');
  await holds('deleted and undone');
  await w.close();
});

test('offline on both sides, a reload, and together again', async () => {
  const w = world('Felles start.');
  const [a, b] = [await w.open('Amal Haddad'), await w.open('Ingrid Solbakken')];
  await state(a, 'saved');
  await state(b, 'saved');
  relay.down();
  await caretAt(a, 'p');
  await a.keyboard.type(' Fra Amal uten nett.');
  await caretAt(b, 'p', 'Home');
  await b.keyboard.type('Fra Ingrid uten nett. ');
  for (const p of [a, b]) await state(p, 'offline');
  await until(() => heard(a), (t) => t.includes(words.get('offline')));
  // The page itself comes from the browser's memory here; the words come from IndexedDB.
  relay.up();
  const kept = a.context();
  await a.route('**/ws/**', () => {});
  await a.routeWebSocket(/\/ws\//, (ws) => ws.close());
  await a.reload();
  await a.waitForSelector('#document-text');
  assert.equal(await written(a), 'Felles start. Fra Amal uten nett.', 'still there after a reload without the server');
  await a.close();
  const again = await kept.newPage();
  again.complaints = [];
  await again.goto(`${relay.url}/documents/${w.id}`);
  await again.waitForSelector('#document-text');
  const t = await same(again, b, 15000);
  assert.equal(t, 'Fra Ingrid uten nett. Felles start. Fra Amal uten nett.');
  for (const p of [again, b]) await state(p, 'saved', 15000);
  await w.close(away);
});

test('a first visit without the server shows the text and cannot be written in', async () => {
  const w = world('Teksten fra serveren.');
  const page = await newPage(browser);
  await page.context().addCookies([{ name: 'who', value: encodeURIComponent('Amal|1|write|nb'), url: relay.url }]);
  await page.routeWebSocket(/\/ws\//, (ws) => ws.close());
  await page.goto(`${relay.url}/documents/${w.id}`);
  await pause(2500);
  assert.equal(await page.locator('#document-text').count(), 0, 'no editor on a text that nobody has seen');
  assert.match(await page.textContent('#document'), /Teksten fra serveren/);
  assert.equal(w.fragment.length, 1, 'nothing was put into the document');
  await page.context().close();
});

test('saved means stored: slow, full and again', async () => {
  const w = world('Tekst.');
  const a = await w.open('Amal Haddad');
  await state(a, 'saved');
  relay.slow(1500);
  await caretAt(a, 'p');
  await a.keyboard.type('x');
  await state(a, 'saving');
  await state(a, 'saved');
  relay.slow(0);
  relay.trouble(true);
  await state(a, 'store-full');
  await a.keyboard.type('yz');
  assert.equal(w.fragment.toString().includes('yz'), false);
  await until(() => heard(a), (t) => t.includes(words.get('store-full')));
  relay.trouble(false);
  await state(a, 'saved');
  assert.match(w.fragment.toString(), /Tekst\.xyz/);
  await w.close();
});

test('leaving asks only when the text is nowhere', async () => {
  const w = world('Tekst.');
  const asked = async (how) => {
    const a = await w.open('Amal Haddad', how);
    if (how.forget) await a.evaluate(() => indexedDB.databases().then((all) => Promise.all(all.map((d) => new Promise((ok) => { indexedDB.deleteDatabase(d.name).onsuccess = ok; })))));
    await state(a, 'saved');
    relay.slow(4000);
    await caretAt(a, 'p');
    await a.keyboard.type('x');
    await pause(300);
    let questions = 0;
    a.on('dialog', (d) => { questions += 1; void d.accept(); });
    await a.close({ runBeforeUnload: true });
    await pause(500);
    relay.slow(0);
    return questions;
  };
  assert.equal(await asked({}), 0, 'it is on this device');
  assert.equal(await asked({ forget: true }), 1, 'it is nowhere');
  await w.close();
});

test('undo takes back only what one wrote oneself', async () => {
  const w = world('Start.');
  const [a, b] = [await w.open('Amal Haddad'), await w.open('Ingrid Solbakken')];
  await caretAt(a, 'p');
  await a.keyboard.type(' Mitt.');
  await same(a, b);
  await caretAt(b, 'p', 'Home');
  await b.keyboard.type('Ditt. ');
  await same(a, b);
  await press(a, 'Control+z');
  assert.equal(await same(a, b), 'Ditt. Start.');
  await press(a, 'Control+y');
  assert.equal(await same(a, b), 'Ditt. Start. Mitt.');
  await tool(b, 'undo').click();
  assert.equal(await same(a, b), 'Start. Mitt.');
  await w.close();
});

test('the toolbar has one tab stop, and Tab leaves the text', async () => {
  const w = world('Et avsnitt.');
  const a = await w.open('Amal Haddad');
  await caretAt(a, 'p');
  await press(a, 'Alt+F10');
  assert.equal(await a.evaluate(() => document.activeElement.tagName), 'SELECT');
  assert.equal(await a.locator('#document-tools [tabindex="0"]').count(), 1);
  await press(a, 'ArrowRight', 'Enter');
  assert.equal(await a.evaluate(() => document.activeElement.id), 'document-text', 'a tool gives the text back');
  await a.keyboard.type(' fet');
  assert.match(await html(a), /<strong> fet<\/strong>/);
  await press(a, 'Alt+F10', 'End');
  assert.equal(await a.evaluate(() => document.activeElement.dataset.tool), 'more');
  await press(a, 'Enter', 'ArrowRight');
  assert.equal(await a.evaluate(() => document.activeElement.dataset.tool), 'underline');
  await press(a, 'Escape');
  assert.equal(await a.evaluate(() => document.activeElement.id), 'document-text');
  await press(a, 'Tab');
  assert.notEqual(await a.evaluate(() => document.activeElement.id), 'document-text', 'Tab leaves');
  await w.close();
});

test('lists: Tab goes in and out, Escape and Tab leave', async () => {
  const w = world('');
  const a = await w.open('Amal Haddad');
  await a.focus('#document-text');
  await a.keyboard.type('- en');
  await press(a, 'Enter');
  await a.keyboard.type('to');
  await press(a, 'Tab');
  assert.match(await html(a), /<ul[^>]*><li[^>]*><p[^>]*>en<\/p><ul[^>]*><li[^>]*><p[^>]*>to/);
  await press(a, 'Shift+Tab');
  assert.doesNotMatch(await html(a), /<ul[^>]*><li[^>]*><p[^>]*>en<\/p><ul/);
  await press(a, 'Escape', 'Tab');
  assert.notEqual(await a.evaluate(() => document.activeElement.id), 'document-text');
  await caretAt(a, 'li:last-child p');
  await tool(a, 'numbers').click();
  assert.match(await html(a), /<ol/);
  await press(a, 'Enter', 'Enter');
  await a.keyboard.type('# Overskrift');
  await press(a, 'Enter');
  await a.keyboard.type('> sitat');
  assert.match(await html(a), /<h2[^>]*>Overskrift<\/h2><blockquote[^>]*><p[^>]*>sitat/);
  await w.close();
});

test('tables: made, grown, shrunk, seen by the other', async () => {
  const w = world('Før.', 'Etter.');
  const [a, b] = [await w.open('Amal Haddad'), await w.open('Ingrid Solbakken')];
  await caretAt(a, 'p:first-child');
  await press(a, 'Enter');
  await tool(a, 'table').click();
  await a.keyboard.type('Krav');
  await press(a, 'Tab');
  await a.keyboard.type('Mitt svar');
  const size = (p) => p.evaluate(() => [...document.querySelectorAll('#document-text tr')].map((r) => r.cells.length).join());
  await until(() => size(b), (s) => s === '3,3,3');
  await until(() => plain(b, 'th'), (t) => t === 'Krav,Mitt svar,');
  await tool(a, 'row-add').click();
  await tool(a, 'column-add').click();
  await until(() => size(b), (s) => s === '4,4,4,4');
  await tool(a, 'column-remove').click();
  await caretAt(a, 'tr:nth-child(2) td:first-child p');
  await tool(a, 'row-remove').click();
  await until(() => size(b), (s) => s === '3,3,3');
  await caretAt(b, 'tr:last-child td:last-child p');
  await Promise.all([a.keyboard.type('aaaa'), b.keyboard.type('bbbb')]);
  await same(a, b);
  assert.match(w.fragment.toString(), /<table_header colspan="1" rowspan="1">/);
  await tool(a, 'table-remove').click();
  await until(() => size(b), (s) => s === '');
  assert.equal((await same(a, b)).replace(/\|+/g, '|'), 'Før.|Etter.');
  await w.close();
});

test('a link: by dialog, told what is wrong, only safe addresses', async () => {
  const w = world('Se nettsiden her.');
  const a = await w.open('Amal Haddad');
  await select(a, 'nettsiden');
  await press(a, 'Control+k');
  await a.fill('#link-address', 'javascript:alert(1)');
  await press(a, 'Enter');
  assert.equal(await a.textContent('#link-wrong'), words.get('link-wrong'));
  await a.fill('#link-address', 'nav.no/jobb');
  await press(a, 'Enter');
  assert.match(await html(a), /<a href="https:\/\/nav\.no\/jobb" rel="nofollow noopener">nettsiden<\/a>/);
  await caretAt(a, 'p');
  await press(a, 'Control+k');
  await a.fill('#link-address', 'kari@eksempel.no');
  await a.fill('#link-words', ' Skriv til Kari');
  await press(a, 'Enter');
  assert.match(await html(a), /<a href="mailto:kari@eksempel\.no"[^>]*>Skriv til Kari<\/a>/);
  await select(a, 'nettsiden');
  await press(a, 'Control+k');
  await a.getByRole('button', { name: words.get('link-remove') }).click();
  assert.doesNotMatch(await html(a), /nav\.no/);
  await w.close();
});

test('suggestions: written, deleted, accepted, declined', async () => {
  const w = world('Jeg har jobbet lenge der.', 'Andre avsnitt.');
  const [a, b] = [await w.open('Amal Haddad'), await w.open('Ingrid Solbakken')];
  await tool(b, 'suggest').click();
  assert.equal(await tool(b, 'suggest').getAttribute('aria-pressed'), 'true');
  await select(b, 'lenge');
  await b.keyboard.type('i seks år');
  await until(() => html(a), (h) => /<del[^>]*>lenge<\/del><ins[^>]*>i seks år<\/ins>/.test(h));
  assert.match(w.fragment.toString(), /Ingrid Solbakken/);
  // One's own suggestion is changed, not suggested to be changed.
  await press(b, 'Backspace', 'Backspace');
  await b.keyboard.type('måneder');
  await until(() => html(a), (h) => /<ins[^>]*>i seks måneder<\/ins>/.test(h));
  // Delete forward goes on through the words; Backspace too.
  await caretAt(b, 'p:last-child', 'Home');
  await press(b, 'Delete', 'Delete', 'Delete');
  await caretAt(b, 'p:last-child');
  await press(b, 'Backspace', 'Backspace');
  await until(() => html(a), (h) => /<del[^>]*>And<\/del>re avsnit<del|<del[^>]*>And<\/del>re avsni<del[^>]*>t\.<\/del>/.test(h));
  const panel = a.locator('#document-suggestions');
  await until(() => panel.locator('li').count(), (n) => n === 3);
  assert.match(await panel.textContent(), new RegExp(words.get('suggestion-by').replace('%s', 'Ingrid Solbakken')));
  await panel.locator('li').first().getByRole('button', { name: /^Godta/ }).click();
  await until(() => written(b), (t) => t.startsWith('Jeg har jobbet i seks måneder der.'));
  assert.match(await a.evaluate(() => document.activeElement.getAttribute('aria-label')), /^Godta/, 'the focus goes to the next one');
  await panel.getByRole('button', { name: words.get('decline-all') }).click();
  await until(() => html(b), (h) => !/<(ins|del)/.test(h));
  assert.equal(await same(a, b), 'Jeg har jobbet i seks måneder der.|Andre avsnitt.');
  await until(() => heard(a), (t) => t.includes(words.get('all-done')));
  // Accepting can be undone, by the one who did it.
  await a.focus('#document-text');
  await press(a, 'Control+z');
  await until(() => html(b), (h) => /<del/.test(h));
  // A paragraph more is made at once, and the writer is told.
  await caretAt(b, 'p:first-child');
  await press(b, 'Enter');
  await until(() => b.textContent('.sb-note'), (t) => t === words.get('suggest-text-only'));
  await b.keyboard.type('Nytt.');
  await until(() => html(a), (h) => /<p[^>]*><ins[^>]*>Nytt\.<\/ins>/.test(h));
  // Without the switch, what is typed inside words that are to go does not go with them.
  await tool(b, 'suggest').click();
  await select(b, 'And');
  await press(b, 'ArrowRight', 'ArrowLeft');
  await b.keyboard.type('X');
  await until(() => html(a), (h) => />An<\/del>X<del|>X</.test(h));
  assert.doesNotMatch(await html(a), /<del[^>]*>[^<]*X/);
  await w.close();
});

test('an Arabic paragraph turns by itself, and the Arabic page works', async () => {
  const w = world('Et norsk avsnitt.');
  const a = await w.open('Amal Haddad', { lang: 'ar' });
  await caretAt(a, 'p');
  await press(a, 'Enter');
  await a.keyboard.type('عملت ست سنوات في صيدلية');
  const ways = await a.evaluate(() => [...document.querySelectorAll('#document-text > p')].map((p) => getComputedStyle(p).direction));
  assert.deepEqual(ways, ['ltr', 'rtl']);
  assert.equal(await a.getAttribute('html', 'dir'), 'rtl');
  await press(a, 'Alt+F10', 'ArrowLeft');
  assert.equal(await a.evaluate(() => document.activeElement.dataset.tool), 'bold', 'left is forward');
  assert.doesNotMatch(w.fragment.toString(), /dir=/, 'nothing is stored about it');
  if (shots) await a.screenshot({ path: `${shots}/document-ar.png`, fullPage: true });
  await w.close();
});

test('who may only read cannot write; who may comment can comment', async () => {
  const w = world('Et ord som er spesielt, og andre ord.');
  const reader = await w.open('Per Leser', { right: 'read' });
  assert.equal(await reader.getAttribute('#document-text', 'contenteditable'), 'false');
  assert.ok(!(await reader.isVisible('#document-tools')));
  await state(reader, 'may-read');
  const guest = await w.open('Nora Mentor', { right: 'comment' });
  await state(guest, 'may-comment');
  assert.equal(await guest.textContent('.sb-note'), words.get('comment-only'));
  assert.deepEqual(await guest.locator('#document-tools button:visible').allTextContents(), [words.get('comment')]);
  await caretAt(guest, 'p');
  await guest.keyboard.type('inn med tekst');
  await press(guest, 'Backspace', 'Enter', 'Control+b', 'Control+z', 'Control+a', 'Delete', 'Control+x');
  assert.equal(await written(guest), 'Et ord som er spesielt, og andre ord.');
  await select(guest, 'spesielt');
  await press(guest, 'Control+Alt+m');
  await guest.keyboard.type('Hvorfor?');
  await press(guest, 'Tab', 'Enter');
  await until(() => Promise.resolve(w.room.threads.length), (n) => n === 1);
  await pause(400);
  assert.equal(await marks(guest), '', 'no mark yet: she may not write');
  const writer = await w.open('Amal Haddad');
  await until(() => marks(guest), (t) => t === 'spesielt', 8000);
  assert.equal(await marks(writer), 'spesielt', 'the writer’s browser set it');
  // Words that stand twice are left alone.
  await select(guest, 'ord');
  await press(guest, 'Control+Alt+m');
  await guest.keyboard.type('Hvilket?');
  await press(guest, 'Tab', 'Enter');
  await until(() => Promise.resolve(w.room.threads.length), (n) => n === 2);
  await pause(3500);
  assert.equal(await marks(writer), 'spesielt');
  await w.close();
});

test('the right changes while one is there', async () => {
  const w = world('Tekst.');
  const a = await w.open('Eva Endring', { right: 'read' });
  await state(a, 'may-read');
  relay.right('Eva Endring', 'write');
  await until(() => a.getAttribute('#document-text', 'contenteditable'), (v) => v === 'true');
  await caretAt(a, 'p');
  await a.keyboard.type(' Mer.');
  await until(() => Promise.resolve(w.fragment.toString()), (t) => t.includes('Tekst. Mer.'));
  relay.right('Eva Endring', 'read');
  await until(() => a.getAttribute('#document-text', 'contenteditable'), (v) => v === 'false');
  await until(() => heard(a), (t) => t.includes(words.get('may-read-now')));
  await w.close();
});

test('logged out: said, kept here, the way back', async () => {
  const w = world('Tekst.');
  const a = await w.open('Lars Logg');
  await state(a, 'saved');
  relay.kick('Lars Logg', 4401);
  await state(a, 'logged-out');
  assert.equal(await a.getAttribute('#document-state a', 'href'), `/login?next=${encodeURIComponent(`/documents/${w.id}`)}`);
  await caretAt(a, 'p');
  await a.keyboard.type(' Kladd.');
  await pause(300);
  const b = await a.context().newPage();
  b.complaints = [];
  await b.goto(`${relay.url}/documents/${w.id}`);
  await b.waitForSelector('#document-text');
  await until(() => Promise.resolve(w.fragment.toString()), (t) => t.includes('Tekst. Kladd.'));
  await w.close();
});

const databases = (page) => page.evaluate(() => indexedDB.databases().then((all) => all.map((d) => d.name)));

test('access lost: read only, and the copy on the device is gone', async () => {
  const w = world('Tekst.');
  const a = await w.open('Nils Nektet', { account: '77' });
  await state(a, 'saved');
  assert.deepEqual(await databases(a), [`springbrett-77-${w.id}`]);
  relay.kick('Nils Nektet', 4403);
  await state(a, 'no-access');
  assert.equal(await a.getAttribute('#document-text', 'contenteditable'), 'false');
  await until(() => databases(a), (d) => d.length === 0);
  await w.close();
});

test('a full document says so and keeps what was written', async () => {
  const w = world('Tekst.');
  const a = await w.open('Frida Full');
  await state(a, 'saved');
  relay.kick('Frida Full', 4413);
  await state(a, 'document-full');
  assert.equal((await databases(a)).length, 1);
  await w.close();
});

test('logging out clears this device', async () => {
  const w = world('Tekst.');
  const a = await w.open('Ulla Ut');
  await state(a, 'saved');
  assert.equal((await databases(a)).length, 1);
  await a.getByRole('button', { name: 'Logg ut' }).click();
  await a.waitForURL('**/login');
  assert.deepEqual(await databases(a), []);
  await w.close();
});

const fromWord = `<html xmlns:o="x"><head><style>p{color:red}</style><!--[if gte mso 9]><xml>x</xml><![endif]--></head><body lang=NO style="tab-interval:35pt"><!--StartFragment-->
<h1 style="mso-outline">Erfaring<o:p></o:p></h1><p class=MsoNormal style='text-align:center'><b style="mso-bidi-font-weight:normal">Apotek</b> <span style="font-style:italic">Aleppo</span> <a href="javascript:x()">lenke</a><a href="https://nav.no">Nav</a></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Første</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Under</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Andre</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>Nummer</p><img src="https://eksempel.no/x.png"><script>x</script><!--EndFragment--></body></html>`;

test('what is pasted from Word is cleaned', async () => {
  const w = world('');
  const a = await w.open('Amal Haddad');
  await a.focus('#document-text');
  await a.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/html', text);
    data.setData('text/plain', 'x');
    document.querySelector('#document-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, fromWord);
  const got = (await html(a)).replace(/ (dir|data-level)="[^"]*"/g, '');
  assert.match(got, /<h2>Erfaring<\/h2>/);
  assert.match(got, /<p data-align="center"><strong>Apotek<\/strong> <em>Aleppo<\/em> lenke<a href="https:\/\/nav.no" rel="nofollow noopener">Nav<\/a><\/p>/);
  assert.match(got, /<ul><li><p>Første<\/p><ul><li><p>Under<\/p><\/li><\/ul><\/li><li><p>Andre<\/p><\/li>/);
  assert.match(got, /<ol><li><p>Nummer<\/p><\/li><\/ol>/);
  assert.doesNotMatch(got, /style=|Mso|script|<img src/);
  await w.close();
});

test('axe finds nothing, wide and narrow, light and dark, and nothing is wider than the window', async () => {
  const w = world('Jeg har seks års erfaring fra apotek, og ønsker å bruke den i Norge.', 'Neste avsnitt her.');
  const b = await w.open('Ingrid Solbakken');
  await select(b, 'seks års');
  await press(b, 'Control+Alt+m');
  await b.keyboard.type('Hvor mange i Norge?');
  await press(b, 'Tab', 'Enter');
  await until(() => marks(b), (t) => t === 'seks års');
  await tool(b, 'suggest').click();
  await select(b, 'ønsker');
  await b.keyboard.type('vil gjerne');
  for (const how of [{ width: 1440 }, { width: 390 }, { width: 1440, dark: true }, { width: 390, dark: true }]) {
    const a = await w.open('Amal Haddad', how);
    await until(() => a.locator('.sb-caret').count(), (n) => n === 1);
    await caretAt(a, 'p:last-child');
    await tool(a, 'more').click();
    assert.deepEqual(await violations(a), [], JSON.stringify(how));
    const over = await a.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${over} px too wide`);
    if (shots) await a.screenshot({ path: `${shots}/document-${how.width}${how.dark ? '-dark' : ''}.png`, fullPage: true });
    await press(a, 'Control+k');
    assert.deepEqual(await violations(a), [], 'the dialog');
    if (shots && how.width === 390) await a.screenshot({ path: `${shots}/document-link-390${how.dark ? '-dark' : ''}.png` });
    assert.deepEqual([a.complaints, await a.evaluate(() => window.broken)], [[], []]);
    await a.context().close();
  }
  await w.close();
});

test('control: a style attribute is seen by the policy, and a text that differs is seen', async () => {
  const w = world('Tekst.');
  const a = await w.open('Amal Haddad');
  await a.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color:red">x</p>'));
  await until(() => a.evaluate(() => window.broken.length), (n) => n > 0);
  await assert.rejects(same(a, await newPage(browser).then(async (p) => { await p.setContent('<div id="document-text"><p>annet</p></div>'); return p; }), 300));
  await a.close();
  await w.close();
});
