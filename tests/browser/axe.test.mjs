// axe-core on every kind of page of every role: wide and narrow, light and dark, and right to left; nothing wider than its window.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { logIn, newPage, roles, someone, startBrowser, startServer } from './lib.mjs';
import { reader, Visitor, walk } from './site.mjs';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let server;
let browser;
before(async () => {
  [server, browser] = [await startServer(), await startBrowser()];
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// One page of each kind that this role can reach.
async function kinds(role) {
  const visitor = new Visitor(server.url);
  if (role !== 'nobody') await visitor.logIn(someone(server, role));
  const read = await reader(await browser.newPage());
  const pages = await walk(visitor, read, { from: role === 'nobody' ? ['/login'] : ['/'], like: 1 });
  return pages.filter((p) => p.isPage && p.answer.status === 200).map((p) => p.target);
}

async function violations(page, where, only) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: tags };
  const found = await page.evaluate((o) => window.axe.run(document, { runOnly: o, resultTypes: ['violations'] }), runOnly);
  return found.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${where}: ${v.id}: ${n.target.join(' ')}: ${n.any[0]?.message ?? n.failureSummary}`));
}

async function overflow(page, where, width) {
  await page.setViewportSize({ width, height: 800 });
  const by = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return by > 0 ? [`${where}: ${by} px wider than a window of ${width}`] : [];
}

async function look(page, target) {
  const wrong = [];
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(server.url + target);
  wrong.push(...(await violations(page, `${target} wide`)));
  await page.emulateMedia({ colorScheme: 'dark' });
  wrong.push(...(await violations(page, `${target} dark`, ['color-contrast'])));
  await page.setViewportSize({ width: 390, height: 844 });
  wrong.push(...(await violations(page, `${target} narrow and dark`, ['color-contrast', 'target-size'])));
  await page.emulateMedia({ colorScheme: 'light' });
  wrong.push(...(await violations(page, `${target} narrow`)));
  wrong.push(...(await overflow(page, target, 390)), ...(await overflow(page, target, 320)));
  return wrong;
}

for (const role of ['nobody', ...roles])
  test(`${role}: every kind of page`, async () => {
    const page = await newPage(browser);
    if (role !== 'nobody') await logIn(page, server, someone(server, role));
    const wrong = [];
    const targets = await kinds(role);
    for (const target of targets) wrong.push(...(await look(page, target)));
    wrong.push(...page.complaints.map((c) => `console: ${c}`));
    await page.context().close();
    console.log(`# ${role}: ${targets.length} kinds of pages`);
    assert.deepEqual(wrong, []);
  });

for (const role of ['trainee', 'mentor'])
  test(`${role}: every kind of page, from the right to the left`, async () => {
    const page = await newPage(browser, { width: 390 });
    await logIn(page, server, someone(server, role));
    const wrong = [];
    for (const target of await kinds(role)) {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(server.url + target + (target.includes('?') ? '&' : '?') + 'lang=ar');
      assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
      wrong.push(...(await violations(page, `${target} ar`)), ...(await overflow(page, `${target} ar`, 320)));
    }
    await page.context().close();
    assert.deepEqual(wrong, []);
  });

test('menus open without script, and are right when open', async () => {
  const page = await newPage(browser, { width: 390 });
  await logIn(page, server, someone(server, 'project-leader'));
  const wrong = [];
  for (const id of ['p-menu', 'p-lang', 'p-user']) {
    await page.goto(server.url + '/');
    await page.click(`[popovertarget=${id}]`);
    assert.ok(await page.isVisible(`#${id} a`), id);
    await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished))); // half shown has half the contrast
    wrong.push(...(await violations(page, id)));
    await page.keyboard.press('Escape');
    assert.ok(!(await page.isVisible(`#${id}`)), `${id} closes with Escape`);
  }
  await page.context().close();
  assert.deepEqual(wrong, []);
});

test('control: a page with faults is found out', async () => {
  const page = await newPage(browser);
  await page.goto(server.url + '/login');
  await page.evaluate(() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/favicon.svg"><input>'); });
  const found = (await violations(page, 'x')).join('\n');
  for (const what of ['image-alt', 'label']) assert.match(found, new RegExp(what));
  await page.evaluate(() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(4000) + '</pre>'); });
  assert.equal((await overflow(page, 'x', 390)).length, 1);
  await page.context().close();
});
