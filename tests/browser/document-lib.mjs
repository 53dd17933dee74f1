// What the tests of living documents do in a browser: write, select, and look at the text, the state line, the voice.
import assert from 'node:assert/strict';
import axe from 'axe-core';

export const away = [/WebSocket connection/, /net::ERR_/, /Failed to load resource/];
export const pause = (ms) => new Promise((ok) => setTimeout(ok, ms));

// The text as it is written, block by block, without carets.
export const written = (page) => page.evaluate(() => [...document.querySelectorAll('#document-text > *')].map((block) => {
  const copy = block.cloneNode(true);
  copy.querySelectorAll('.sb-caret, .ProseMirror-trailingBreak').forEach((c) => c.remove());
  return copy.textContent;
}).join('|'));
export const plain = (page, selector) => page.evaluate((s) => [...document.querySelectorAll(`#document-text ${s}`)].map((e) => [...e.querySelectorAll('p')].map((p) => [...p.childNodes].filter((n) => !n.classList?.contains('sb-caret')).map((n) => n.textContent).join('')).join()).join(), selector);
export const marks = (page) => page.evaluate(() => [...document.querySelectorAll('#document-text .sb-commented')].map((e) => e.textContent).join(''));
export const state = (page, name, timeout = 8000) => page.waitForSelector(`#document-state[data-state="${name}"]`, { timeout });
export const html = (page) => page.evaluate(() => document.querySelector('#document-text').innerHTML);

export async function until(what, good, ms = 6000) {
  const start = Date.now();
  for (;;) {
    const got = await what();
    if (good(got)) return got;
    if (Date.now() - start > ms) assert.fail(`waited for something else than ${JSON.stringify(got)}`);
    await pause(40);
  }
}
export const same = (a, b, ms) => until(async () => [await written(a), await written(b)], ([x, y]) => x === y, ms).then(([x]) => x);

// To the end ("End") or the beginning ("Home") of a block, also where it takes more than one line.
export async function caretAt(page, selector, key = 'End') {
  await page.click(`#document-text ${selector}`);
  await pause(80); // the browser says a little later where its selection is
  await page.evaluate(([s, end]) => {
    getSelection().selectAllChildren(document.querySelector(`#document-text ${s}`));
    if (end) getSelection().collapseToEnd();
    else getSelection().collapseToStart();
  }, [selector, key === 'End']);
  await pause(120);
}
// Selects these words by the keyboard, as they stand in one text node.
export async function select(page, phrase) {
  await page.focus('#document-text');
  await page.evaluate((w) => {
    const walker = document.createTreeWalker(document.querySelector('#document-text'), NodeFilter.SHOW_TEXT);
    for (let n; (n = walker.nextNode());) {
      const at = n.data.indexOf(w);
      if (at >= 0) return getSelection().setBaseAndExtent(n, at, n, at + w.length);
    }
    throw new Error(`no ${w}`);
  }, phrase);
  await pause(120);
}
export const press = async (page, ...keys) => { for (const k of keys) { await page.keyboard.press(k); await pause(40); } };
export const tool = (page, name) => page.locator(`#document-tools [data-tool="${name}"]`);
export const heard = (page) => page.evaluate(() => document.getElementById('document-voice').textContent);

export async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'] }));
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.any[0]?.message ?? n.failureSummary}`));
}
