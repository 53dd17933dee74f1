// Living documents with the program itself: the trainee and the mentor in two browsers, the server stopped and started under them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { away, caretAt, heard, html, marks, pause, press, same, select, state, tool, until, violations, written } from './document-lib.mjs';
import { logIn, newPage, someone, startBrowser, startServer } from './lib.mjs';
import { texts } from './relay.mjs';

const words = texts();
const shots = process.env.SHOTS;
let server;
let browser;
let trainee;
let mentor;
before(async () => {
  [server, browser] = [await startServer(), await startBrowser()];
  trainee = await person('trainee');
  mentor = await person('mentor');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function person(role, how = {}) {
  const page = await newPage(browser, how);
  page.setDefaultTimeout(8000);
  await page.context().addInitScript(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', (e) => window.broken.push(`${e.violatedDirective} ${e.sample}`));
  });
  await logIn(page, server, someone(server, role));
  page.person = await page.evaluate(() => document.querySelector('.sb-user bdi').textContent);
  return page;
}

// A new free document of the trainee, shared with the mentor: its path.
async function fresh(title, right = 'write') {
  await trainee.goto(server.url + '/documents/new');
  await trainee.getByLabel('Fritt dokument', { exact: true }).check();
  await trainee.getByLabel(/^Tittel/).fill(title);
  await trainee.locator('main form [type=submit]').last().click();
  await trainee.waitForURL(/\/documents\/\d+/);
  const path = new URL(trainee.url()).pathname;
  if (right) await share(path, right);
  await trainee.goto(server.url + path);
  return path;
}

async function share(path, right) {
  const page = await trainee.context().newPage();
  await page.goto(server.url + path + '/share');
  await page.getByLabel(new RegExp(mentor.person)).selectOption(right);
  await page.locator('main form [type=submit]').last().click();
  await page.waitForURL((u) => u.pathname === path);
  await page.close();
}

async function enter(page, path) {
  await page.goto(server.url + path);
  await page.waitForSelector('#document-text');
}

async function clean(pages, but = []) {
  for (const page of pages) {
    assert.deepEqual(page.complaints.filter((c) => !but.some((b) => b.test(c))), []);
    assert.deepEqual(await page.evaluate(() => window.broken), []);
    page.complaints.length = 0;
  }
}

test('typing together, carets with names, stored before it says so, there for a newcomer', async () => {
  const path = await fresh('Sammen');
  await enter(trainee, path);
  await enter(mentor, path);
  await state(trainee, 'saved');
  await state(mentor, 'saved');
  await trainee.focus('#document-text');
  await trainee.keyboard.type('# Om meg');
  await press(trainee, 'Enter');
  await trainee.keyboard.type('Jeg er farmasøyt. ');
  await same(trainee, mentor);
  await caretAt(mentor, 'h2');
  const [left, right] = ['Jeg har arbeidet seks år på apotek i Aleppo. 😀', ', kort fortalt'];
  await Promise.all([trainee.keyboard.type(left, { delay: 12 }), mentor.keyboard.type(right, { delay: 30 })]);
  assert.equal(await same(trainee, mentor), `Om meg${right}|Jeg er farmasøyt. ${left}`);
  await until(() => trainee.locator('.sb-caret__name').allTextContents(), (t) => t.join() === mentor.person);
  assert.match(await trainee.textContent('#document-people'), new RegExp(mentor.person));
  await state(trainee, 'saved');
  // Without JavaScript, or in any other way: what is said to be saved is there.
  const plain = await trainee.context().request.get(server.url + path);
  assert.ok((await plain.text()).includes(left));
  await clean([trainee, mentor]);
});

test('a comment by keyboard, its place, an answer, resolved', async () => {
  const path = await fresh('Kommentert');
  await enter(trainee, path);
  await trainee.focus('#document-text');
  await trainee.keyboard.type('Jeg har seks års erfaring.');
  await state(trainee, 'saved');
  await enter(mentor, path);
  await until(() => written(mentor), (t) => t.includes('seks års'));
  await select(mentor, 'seks års');
  await press(mentor, 'Control+Alt+m');
  assert.equal(await mentor.textContent('.sb-draft blockquote'), 'seks års');
  await mentor.keyboard.type('Hvor mange av dem i Norge?');
  await press(mentor, 'Tab', 'Enter');
  for (const p of [mentor, trainee]) await until(() => marks(p), (t) => t === 'seks års');
  await until(() => trainee.textContent('#comments'), (t) => t.includes('Hvor mange av dem i Norge?'));
  await until(() => heard(trainee), (t) => t.includes(words.get('comment-new')));
  await caretAt(trainee, 'p', 'Home');
  await trainee.keyboard.type('Kort: ');
  await press(trainee, 'Enter');
  await tool(trainee, 'bullets').click();
  for (const p of [mentor, trainee]) await until(() => marks(p), (t) => t === 'seks års');
  await trainee.locator('#comments article summary').click();
  await trainee.locator('#comments article textarea').fill('To av dem.');
  await trainee.locator('#comments article textarea').press('Tab');
  await press(trainee, 'Enter');
  await until(() => mentor.textContent('#comments'), (t) => t.includes('To av dem.'));
  await mentor.getByRole('button', { name: 'Merk som løst' }).click();
  for (const p of [mentor, trainee]) await until(() => marks(p), (t) => t === '');
  await clean([trainee, mentor]);
});

test('who may comment comments, who may read reads, and it changes while one is there', async () => {
  const path = await fresh('Rettigheter', 'comment');
  await enter(trainee, path);
  await trainee.focus('#document-text');
  await trainee.keyboard.type('Et spesielt ord.');
  await state(trainee, 'saved');
  await enter(mentor, path);
  await state(mentor, 'may-comment');
  await caretAt(mentor, 'p');
  await mentor.keyboard.type('slipper ikke inn');
  await select(mentor, 'spesielt');
  await press(mentor, 'Control+Alt+m');
  await mentor.keyboard.type('Hvorfor?');
  await press(mentor, 'Tab', 'Enter');
  for (const p of [mentor, trainee]) await until(() => marks(p), (t) => t === 'spesielt', 9000);
  assert.equal(await same(trainee, mentor), 'Et spesielt ord.');
  await share(path, 'read');
  await state(mentor, 'may-read');
  assert.equal(await mentor.getAttribute('#document-text', 'contenteditable'), 'false');
  await share(path, 'write');
  await until(() => mentor.getAttribute('#document-text', 'contenteditable'), (v) => v === 'true');
  await caretAt(mentor, 'p');
  await mentor.keyboard.type(' Nå med meg.');
  assert.equal(await same(trainee, mentor), 'Et spesielt ord. Nå med meg.');
  await share(path, 'none');
  await state(mentor, 'no-access');
  await until(() => mentor.evaluate(() => indexedDB.databases().then((all) => all.length)), (n) => n === 0 || n === undefined, 3000).catch(() => {});
  const left = await mentor.evaluate(() => indexedDB.databases().then((all) => all.map((d) => d.name)));
  assert.ok(!left.some((name) => name.endsWith('-' + path.split('/').pop())), left.join());
  await clean([trainee, mentor], away);
});

test('suggestions and a table reach the other, and what is accepted is the text', async () => {
  const path = await fresh('Forslag');
  await enter(trainee, path);
  await enter(mentor, path);
  await trainee.focus('#document-text');
  await trainee.keyboard.type('Jeg har jobbet lenge der.');
  await same(trainee, mentor);
  await tool(mentor, 'suggest').click();
  await select(mentor, 'lenge');
  await mentor.keyboard.type('i seks år');
  const panel = trainee.locator('#document-suggestions');
  await until(() => panel.locator('li').count(), (n) => n === 1);
  assert.match(await panel.textContent(), new RegExp(mentor.person));
  await state(mentor, 'saved');
  const file = async () => (await trainee.context().request.get(`${server.url}${path}/file/txt`)).text();
  assert.match(await file(), /jobbet lenge der/, 'not accepted: not in the file');
  await panel.getByRole('button', { name: /^Godta/ }).click();
  assert.equal(await same(trainee, mentor), 'Jeg har jobbet i seks år der.');
  await tool(mentor, 'suggest').click();
  await caretAt(trainee, 'p');
  await press(trainee, 'Enter');
  await tool(trainee, 'table').click();
  await trainee.keyboard.type('Krav');
  await until(() => mentor.locator('#document-text th').count(), (n) => n === 3);
  await state(trainee, 'saved');
  assert.match(await file(), /i seks år der[^]*Krav/);
  // Undo is one's own: the mentor's does not take the table.
  await mentor.focus('#document-text');
  await press(mentor, 'Control+z', 'Control+z', 'Control+z', 'Control+z');
  assert.equal(await trainee.locator('#document-text th').count(), 3);
  await clean([trainee, mentor]);
});

test('offline on both sides, a reload, and together again', async () => {
  const path = await fresh('Uten nett');
  await enter(trainee, path);
  await enter(mentor, path);
  await trainee.focus('#document-text');
  await trainee.keyboard.type('Felles.');
  await same(trainee, mentor);
  await state(trainee, 'saved');
  for (const p of [trainee, mentor]) await p.context().setOffline(true);
  for (const p of [trainee, mentor]) await state(p, 'offline');
  await caretAt(trainee, 'p');
  await trainee.keyboard.type(' Traineens ord.');
  await caretAt(mentor, 'p', 'Home');
  await mentor.keyboard.type('Mentorens ord. ');
  await pause(500);
  // The tab is closed; the net comes back; the page is opened again.
  const context = trainee.context();
  await trainee.close();
  await context.setOffline(false);
  trainee = Object.assign(await context.newPage(), { complaints: [], person: trainee.person });
  trainee.setDefaultTimeout(8000);
  await enter(trainee, path);
  await until(() => written(trainee), (t) => t === 'Felles. Traineens ord.');
  await mentor.context().setOffline(false);
  assert.equal(await same(trainee, mentor, 15000), 'Mentorens ord. Felles. Traineens ord.');
  for (const p of [trainee, mentor]) await state(p, 'saved', 15000);
  await clean([mentor], away);
});

test('axe finds nothing on the real page, wide, narrow, dark, from the right to the left', async () => {
  const path = await fresh('Til gjennomsyn');
  await enter(trainee, path);
  await enter(mentor, path);
  await mentor.focus('#document-text');
  await mentor.keyboard.type('# Motivasjon');
  await press(mentor, 'Enter');
  await mentor.keyboard.type('Jeg har seks års erfaring fra apotek i Aleppo, og ønsker å bruke den i Norge.');
  await press(mentor, 'Enter');
  await mentor.keyboard.type('- Reseptekspedisjon');
  await press(mentor, 'Enter');
  await mentor.keyboard.type('Veiledning');
  await press(mentor, 'Enter', 'Enter');
  await mentor.keyboard.type('أعمل الآن على لغتي النرويجية.');
  await select(mentor, 'seks års');
  await press(mentor, 'Control+Alt+m');
  await mentor.keyboard.type('Hvor mange av dem i Norge?');
  await press(mentor, 'Tab', 'Enter');
  await until(() => marks(trainee), (t) => t === 'seks års');
  await tool(mentor, 'suggest').click();
  await select(mentor, 'ønsker');
  await mentor.keyboard.type('vil gjerne');
  const looks = [['wide', 1440, 'light', ''], ['narrow', 390, 'light', ''], ['wide-dark', 1440, 'dark', ''], ['narrow-dark', 390, 'dark', ''], ['ar', 1440, 'light', '?lang=ar'], ['ar-narrow', 390, 'light', '?lang=ar']];
  for (const [name, width, colorScheme, query] of looks) {
    await trainee.setViewportSize({ width, height: width < 800 ? 844 : 900 });
    await trainee.emulateMedia({ colorScheme });
    await enter(trainee, path + query);
    await until(() => trainee.locator('.sb-caret').count(), (n) => n === 1);
    await caretAt(trainee, 'p');
    assert.deepEqual(await violations(trainee), [], name);
    const over = await trainee.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${name}: ${over} px too wide`);
    if (shots) await trainee.screenshot({ path: `${shots}/real-${name}.png`, fullPage: true });
  }
  await trainee.goto(server.url + '/?lang=nb');
  await clean([mentor], away);
});

test('logging out clears this device', async () => {
  const names = () => mentor.evaluate(() => indexedDB.databases().then((all) => all.map((d) => d.name).filter((n) => n.startsWith('springbrett-'))));
  assert.ok((await names()).length > 0);
  await mentor.locator('.sb-user').click();
  await mentor.getByRole('button', { name: 'Logg ut' }).click();
  await mentor.waitForURL((u) => u.pathname !== '/' && !u.pathname.startsWith('/documents'));
  assert.deepEqual(await names(), []);
  assert.ok(await html(mentor).then(() => false, () => true), 'the text is gone from the page');
});
