// Logging in with one-time codes and recovery codes; the idle end, which warns and loses nothing; a shared computer keeps nothing.
// LOGIN_SHOTS=DIR keeps pictures of the pages.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { logIn, newPage, someone, startBrowser, startServer } from './lib.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = [await startServer(), await startBrowser()];
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// What an app on the telephone shows: RFC 6238 in a few lines of its own.
function appCode(base32, at = Date.now()) {
  const bits = [...base32.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const n = (mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000;
  return String(n).padStart(6, '0');
}

// Each code is good once: waits for the next one.
async function nextCode(secret, last) {
  for (;;) {
    const code = appCode(secret);
    if (code !== last) return code;
    await new Promise((ok) => setTimeout(ok, 1000));
  }
}

async function picture(page, name) {
  if (!process.env.LOGIN_SHOTS) return;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(process.env.LOGIN_SHOTS, name + '.png'), fullPage: true });
}

async function clean(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  assert.deepEqual(found.violations.map((v) => v.id + ' ' + v.nodes.map((n) => n.target).join(' ')), []);
  assert.deepEqual(page.complaints, []);
}

async function startLogin(page, who) {
  await page.goto(server.url + '/login');
  await page.getByLabel('E-post', { exact: true }).fill(who.email);
  await page.getByLabel('Passord', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Logg inn' }).click();
}

test('one-time codes are set up, asked for, and a recovery code stands in', async () => {
  const page = await newPage(browser);
  const who = someone(server, 'mentor');
  await logIn(page, server, who);
  await page.goto(server.url + '/account');
  await clean(page);
  await picture(page, 'account');
  await page.getByRole('link', { name: 'Engangskoder' }).click();
  await picture(page, 'factor-before');
  await page.getByRole('button', { name: 'Slå på engangskoder' }).click();
  const secret = await page.locator('#secret').textContent();
  await clean(page);
  await picture(page, 'factor-set-up');
  for (const [name, how] of [['narrow', { width: 390, scale: 2 }], ['ar', { width: 390, scale: 2, lang: 'ar' }], ['dark', { dark: true }]]) {
    if (!process.env.LOGIN_SHOTS) break;
    const other = await newPage(browser, how);
    await logIn(other, server, who);
    await other.goto(server.url + '/account/code' + (how.lang ? '?lang=ar' : ''));
    await picture(other, 'factor-set-up-' + name);
    await other.goto(server.url + '/account' + (how.lang ? '?lang=ar' : ''));
    await picture(other, 'account-' + name);
    await other.goto(server.url + '/account/password');
    await picture(other, 'password-' + name);
    await other.context().close();
  }
  let code = appCode(secret);
  await page.getByLabel('Engangskode').fill(code);
  await page.getByRole('button', { name: 'Slå på' }).click();
  const recovery = await page.locator('.sb-codes code').allTextContents();
  assert.equal(recovery.length, 10);
  await clean(page);
  await picture(page, 'recovery');
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'recovery-print');
  assert.equal(await page.getByRole('button', { name: 'Skriv ut' }).isVisible(), false); // only the codes are on paper
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await page.getByRole('button', { name: 'Skriv ut' }).isVisible(), true);
  await page.goto(server.url + '/account/code');
  await clean(page);
  await picture(page, 'factor-on');
  await page.context().close();

  const again = await newPage(browser, { width: 390 });
  await startLogin(again, who);
  await again.waitForURL('**/login/step');
  await clean(again);
  await picture(again, 'step-narrow');
  await again.getByLabel('Engangskode').fill(code); // taken already
  await again.getByRole('button', { name: 'Fortsett' }).click();
  await again.getByRole('link', { name: /Koden er feil/ }).waitFor();
  code = await nextCode(secret, code);
  await again.getByLabel('Engangskode').fill(code);
  await again.getByRole('button', { name: 'Fortsett' }).click();
  await again.waitForURL(server.url + '/');
  await again.context().close();

  const paper = await newPage(browser, { js: false }); // and without a script
  await startLogin(paper, who);
  await paper.waitForURL('**/login/step');
  const without = paper.locator('details', { hasText: 'Har du ikke telefonen?' });
  for (let i = 0; i < 5 && (await without.getAttribute('open')) === null; i++) {
    await without.locator('summary').press('Enter'); // by keyboard, which no late font moves; a page that is not there yet takes none
    await paper.waitForTimeout(300);
  }
  await paper.getByLabel('Reservekode').fill(recovery[3].toLowerCase());
  await paper.getByRole('button', { name: 'Bruk reservekoden' }).click();
  await paper.waitForURL(server.url + '/');
  await paper.context().close();
});

test('the idle end warns, goes on when asked, hides the page, and loses nothing', async () => {
  const who = someone(server, 'trainee');
  const page = await newPage(browser);
  await page.clock.install();
  await logIn(page, server, who);
  await page.goto(server.url + '/self-assessment');
  await page.goto(server.url + '/preparation');
  const box = page.locator('main textarea').first();
  const field = await box.getAttribute('name');
  await box.fill('Jeg vil bli trygg i norsk fagspråk.');
  const notice = page.locator('#sb-idle .sb-idle__in');
  assert.equal(await notice.isVisible(), false);
  await page.clock.fastForward(7200_000 - 110_000);
  await notice.waitFor();
  assert.match(await notice.textContent(), /Du blir logget ut om to minutter/);
  await clean(page);
  await picture(page, 'idle-warning');
  await page.getByRole('button', { name: 'Fortsett' }).click();
  await notice.waitFor({ state: 'hidden' });

  // Meanwhile the login is ended from elsewhere, as the clock would do it.
  const elsewhere = await newPage(browser);
  await logIn(elsewhere, server, who);
  await elsewhere.goto(server.url + '/account');
  await elsewhere.getByRole('button', { name: 'Avslutt alle andre' }).click();
  await elsewhere.waitForURL('**/account?*');
  await elsewhere.context().close();
  await page.clock.fastForward(7200_000 + 10_000);
  await page.locator('#sb-over').waitFor();
  assert.equal(await box.isVisible(), false); // hidden from whoever looks over the shoulder
  assert.equal(await page.title(), 'Springbrett');
  await picture(page, 'idle-over');
  await clean(page);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#sb-over').isVisible(), true);
  await page.getByRole('link', { name: 'Logg inn igjen' }).click();
  await page.getByText('Det du skrev, er ikke borte.').waitFor();
  await page.getByLabel('E-post', { exact: true }).fill(who.email);
  await page.getByLabel('Passord', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Logg inn' }).click();
  await page.getByRole('button', { name: 'Send det jeg skrev' }).click();
  await page.waitForURL((u) => !u.pathname.startsWith('/login'));
  await page.goto(server.url + '/preparation');
  assert.equal(await page.locator(`[name="${field}"]`).first().inputValue(), 'Jeg vil bli trygg i norsk fagspråk.');
  await page.context().close();
});

test('who types is not idle, in any tab', async () => {
  const who = someone(server, 'trainee');
  const page = await newPage(browser);
  await page.clock.install();
  await logIn(page, server, who);
  await page.goto(server.url + '/preparation');
  let asked = 0;
  page.on('request', (r) => {
    asked += r.url().endsWith('/account/stay');
  });
  await page.clock.fastForward(3600_000);
  const heard = page.waitForResponse('**/account/stay');
  await page.locator('main textarea').first().press('End');
  await heard;
  await page.clock.fastForward(7200_000 - 180_000); // over two hours since the page came
  assert.equal(await page.locator('#sb-idle .sb-idle__in').isVisible(), false);
  assert.equal(asked, 1);
  await page.context().close();
});

test('a shared computer keeps nothing', async () => {
  const who = someone(server, 'trainee');
  const page = await newPage(browser);
  await page.goto(server.url + '/login');
  await page.getByLabel('Dette er en delt maskin').check();
  await picture(page, 'login');
  await clean(page);
  await page.getByLabel('E-post', { exact: true }).fill(who.email);
  await page.getByLabel('Passord', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Logg inn' }).click();
  await page.waitForURL(server.url + '/');
  const keep = () => page.evaluate(async () => {
    localStorage.setItem('sb-test', 'x');
    await new Promise((ok, bad) => {
      const asked = indexedDB.open('springbrett-test', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore('s');
      asked.onsuccess = () => ok(asked.result.close());
      asked.onerror = bad;
    });
  });
  const kept = () => page.evaluate(async () => [localStorage.length, (await indexedDB.databases()).length]);
  await keep();
  assert.deepEqual(await kept(), [1, 1]);
  assert.equal((await page.context().cookies()).some((c) => c.name === 'sb_d'), false);
  assert.equal((await page.context().cookies()).find((c) => c.name === 'sb').expires, -1);
  await page.locator('form[action="/logout"]').first().evaluate((f) => f.requestSubmit());
  await page.waitForURL('**/login?*');
  assert.deepEqual(await kept(), [0, 0]);

  // Somebody who leaves without logging out: cleared when the next one comes.
  await page.getByLabel('Dette er en delt maskin').check();
  await page.getByLabel('E-post', { exact: true }).fill(who.email);
  await page.getByLabel('Passord', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Logg inn' }).click();
  await page.waitForURL(server.url + '/');
  await keep();
  await page.context().clearCookies({ name: 'sb' });
  await page.goto(server.url + '/login');
  await page.goto(server.url + '/privacy');
  assert.deepEqual(await kept(), [0, 0]);
  await page.context().close();
});

test('a code from staff lets a participant in, who makes a password', async () => {
  const staff = await newPage(browser);
  await logIn(staff, server, someone(server, 'project-leader'));
  await staff.goto(server.url + '/participants?stage=invited');
  const people = await staff.locator('a[href^="/participants/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')).filter((h) => /^\/participants\/\d+$/.test(h)));
  let made = false;
  for (const href of people) {
    await staff.goto(server.url + href);
    const link = staff.getByRole('link', { name: 'Kode til innlogging' });
    if (!(await link.count())) continue;
    await picture(staff, 'person');
    await link.click();
    await picture(staff, 'code-before');
    await staff.getByRole('button', { name: 'Lag en kode' }).click();
    made = true;
    break;
  }
  assert.ok(made, 'nobody on the list can be given a code');
  const code = await staff.locator('#login-code').textContent();
  await clean(staff);
  await picture(staff, 'code-made');
  await staff.context().close();

  const page = await newPage(browser, { width: 390, scale: 2 });
  await page.goto(server.url + '/login?lang=ar');
  await picture(page, 'login-ar');
  await page.goto(server.url + '/login/code?lang=ar');
  await clean(page);
  await picture(page, 'code-ar');
  await page.locator('#code').fill(code.replaceAll('-', ' ').toLowerCase());
  await page.locator('main button[type=submit]').click();
  await page.waitForURL('**/account/password');
  await clean(page);
  await picture(page, 'password-ar');
  await page.locator('[name=password]').fill('kort');
  await page.locator('main button[type=submit]').click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  await page.locator('[name=password]').fill('tre kjekke geiter');
  await page.locator('[name=again]').fill('tre kjekke geiter');
  await page.locator('main button[type=submit]').click();
  await page.waitForURL((u) => u.pathname !== '/account/password');
  await page.goto(server.url + '/account');
  await picture(page, 'account-code-ar');
  await page.context().close();
});

test('the administrator decides about logging in', async () => {
  const page = await newPage(browser, { width: 390, scale: 2, dark: true });
  await logIn(page, server, someone(server, 'administrator'));
  await page.goto(server.url + '/settings/login');
  await clean(page);
  await picture(page, 'rules-dark-narrow');
  await page.getByLabel('Ansatte må bruke engangskoder').check();
  await page.locator('main button[type=submit]').click();
  await page.waitForURL('**/account/code');
  await clean(page);
  await picture(page, 'due-dark-narrow');
  await page.goto(server.url + '/users');
  assert.equal(new URL(page.url()).pathname, '/account/code');
  await page.context().close();
  const link = await newPage(browser);
  await link.goto(server.url + '/login/link');
  await clean(link);
  await picture(link, 'link');
  await link.getByLabel('E-post', { exact: true }).fill(someone(server, 'mentor').email);
  await link.getByRole('button', { name: 'Send meg en lenke' }).click();
  await link.getByRole('heading', { name: 'Se i e-posten din' }).waitFor();
  await picture(link, 'link-sent');
  await link.context().close();
});
