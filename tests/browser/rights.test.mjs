// A person's rights on a cheap phone, in Arabic: what is kept, who has looked, a consent given and withdrawn, everything downloaded; and nothing of it is
// wider than the screen. Once with JavaScript and once without. SHOTS=DIR keeps pictures.
import test from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { startServer, startBrowser, newPage, logIn, someone } from './lib.mjs';

const fits = async (page) => {
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= screen, `${page.url()} is ${wide} px wide on a screen of ${screen}`);
};
const shot = async (page, name) => {
  if (!process.env.SHOTS) return;
  fs.mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(process.env.SHOTS, name + '.png'), fullPage: true });
};
const press = async (page, name) => { await page.getByRole('button', { name }).first().click(); await page.waitForLoadState(); };
const follow = async (page, name) => { await page.getByRole('link', { name }).first().click(); await page.waitForLoadState(); };

async function journey(server, browser, js) {
  const who = someone(server, 'trainee');
  const page = await newPage(browser, { width: 390, js });
  page.setDefaultTimeout(15000);
  await logIn(page, server, who);
  await page.goto(server.url + '/account');
  await press(page, 'العربية');
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  await follow(page, /^معلوماتي/);
  assert.equal(new URL(page.url()).pathname, '/my-data');
  await fits(page);
  await page.locator('summary').first().click();
  await shot(page, `my-data-ar-${js}`);

  // who has looked
  const looked = page.getByRole('link', { name: 'من اطّلع على معلوماتي' });
  assert.equal(await looked.count(), 1, 'no way to who has looked');
  await looked.click();
  await page.waitForLoadState();
  assert.equal(new URL(page.url()).pathname, '/my-log');
  await fits(page);
  await page.goto(server.url + '/my-data');

  // a consent
  await press(page, /^أوافق ?: مشاركة سيرتي الذاتية/);
  assert.match(await page.locator('main').innerText(), /شكرًا/);
  assert.equal(await page.getByRole('button', { name: /^سحب الموافقة ?: مشاركة سيرتي الذاتية/ }).count(), 1);
  await press(page, /^سحب الموافقة ?: مشاركة سيرتي الذاتية/);
  assert.match(await page.locator('main').innerText(), /سُحبت الموافقة/);
  assert.equal(await page.getByRole('button', { name: /^سحب الموافقة/ }).count(), 0);

  // everything in one file; the wrong password gives nothing
  await page.getByLabel('كلمة المرور الخاصة بك').fill('feil passord');
  await press(page, 'تنزيل');
  assert.match(await page.locator('main').innerText(), /كلمة المرور غير صحيحة/);
  await page.getByLabel('كلمة المرور الخاصة بك').fill(who.password);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'تنزيل', exact: true }).click()]);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sb-rights-'));
  const file = path.join(dir, 'alt.zip');
  await download.saveAs(file);
  const names = execFileSync('python3', ['-m', 'zipfile', '-l', file], { encoding: 'utf8' });
  assert.match(names, /data\.json/);
  execFileSync('python3', ['-m', 'zipfile', '-e', file, dir]);
  const data = JSON.parse(fs.readFileSync(path.join(dir, 'data.json'), 'utf8'));
  assert.equal(data.tables.account[0].email, who.email);
  assert.equal(data.tables.participant.length, 1);
  const html = fs.readFileSync(path.join(dir, 'mine-opplysninger.html'), 'utf8');
  assert.match(html, /dir="rtl"/);
  assert.ok(html.includes(data.tables.participant[0].first_name));
  if (data.tables.document?.length) assert.match(names, /dokumenter\/.*\.pdf/);
  fs.rmSync(dir, { recursive: true, force: true });

  // asks for something, and the leader answers
  await page.goto(server.url + '/my-data/ask');
  await fits(page);
  await shot(page, `ask-ar-${js}`);
  await page.getByLabel('تصحيح شيء خاطئ').check();
  await page.locator('textarea[name=text]').fill('اسم العائلة مكتوب خطأ');
  await press(page, 'إرسال');
  const leader = await newPage(browser, { js });
  await logIn(leader, server, someone(server, 'project-leader'));
  await leader.goto(server.url + '/rights');
  await follow(leader, /Rette noe som er feil/);
  await leader.locator('textarea[name=answer]').fill('Det er rettet nå.');
  await shot(leader, `answer-${js}`);
  await press(leader, 'Send svaret');
  await page.goto(server.url + '/my-data');
  assert.match(await page.locator('main').innerText(), /Det er rettet nå/);
  await page.goto(server.url + '/privacy');
  await fits(page);
  await shot(page, `privacy-ar-${js}`);
  assert.deepEqual(page.complaints, []);
  await leader.context().close();
  await page.context().close();
}

for (const js of [true, false])
  test(`a trainee's own data on a phone, in Arabic, ${js ? 'with' : 'without'} JavaScript`, async () => {
    const server = await startServer();
    const browser = await startBrowser();
    try {
      await journey(server, browser, js);
    } finally {
      await browser.close();
      await server.stop();
    }
  });
