// Every link and every form as every role: nothing breaks, nothing leads nowhere, all of it is valid HTML; then hostile answers to
// every form, and the whole walk again over what they left behind.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { html as rules } from './config.mjs';
import { roles, someone, startBrowser, startServer } from './lib.mjs';
import { pattern, reader, Visitor, walk } from './site.mjs';

const checker = new HtmlValidate(new StaticConfigLoader([], rules));
let browser;
let read;
before(async () => {
  browser = await startBrowser();
  read = await reader(await browser.newPage());
});
after(async () => browser?.close());

async function invalid(text) {
  const r = await checker.validateString(text);
  return r.results.flatMap((x) => x.messages.map((m) => `${m.ruleId}: ${m.message} (${text.split('\n')[m.line - 1]?.trim().slice(0, 120)})`));
}

// The stylesheet and the sprite of a page; they are the same on all.
let looks;
async function look(visitor, parts) {
  const sheet = parts?.find((p) => p?.endsWith('.css'));
  if (!visitor || !sheet) return {};
  looks ??= { css: (await visitor.get(sheet)).text, sprite: fs.readFileSync(new URL('../../web/dist/icons.svg', import.meta.url), 'utf8') };
  return looks;
}

// What is wrong with one page that was come to by a link.
async function faults({ target, answer, isPage, h1, lang, title, links, forms, ids, icons, classes, parts }, visitor) {
  const out = [];
  const say = (what) => out.push(`${target}: ${what}`);
  if (answer.status >= 400) say(`status ${answer.status}`);
  if (!isPage || answer.status >= 300) return out;
  for (const f of await invalid(answer.text)) say(f);
  if (h1 !== 1) say(`${h1} h1`);
  if (!title.includes('Springbrett')) say(`title "${title}"`);
  if (!lang) say('no lang');
  const { css, sprite } = await look(visitor, parts);
  for (const c of classes) if (css && !css.includes('.' + c)) say(`class ${c}, which the stylesheet does not know`);
  for (const i of new Set(icons)) if (sprite && !sprite.includes(`id="${i}"`)) say(`icon ${i}, which the sprite does not have`);
  for (const l of links) {
    if (l.to === null || l.href === '#') say(`a link to nothing: "${l.text}" (${l.href})`);
    const hash = l.href.startsWith('#') ? l.href.slice(1) : '';
    if (hash && !ids.includes(decodeURIComponent(hash))) say(`a link to #${hash}, which is not there`);
  }
  for (const f of forms) {
    if (f.method === 'post' && !f.fields.some((x) => x.name === 'csrf' && x.value)) say(`a form to ${f.to} without csrf`);
    if (f.method === 'post' && !f.fields.some((x) => x.name === 'once' && x.value)) say(`a form to ${f.to} without once`);
  }
  if (/\{[0-9]\}|\[\[|\]\]|\{\{|\}\}|\(null\)/.test(answer.text)) say('a placeholder shows');
  return out;
}

const hostile = `"><b>x</b>'&lt;æ\u0000\u202e; DROP TABLE account;-- `;
const long = 'å'.repeat(3000);
const answers = {
  empty: () => '',
  kept: (f) => f.value,
  // an address with a NUL in it is refused before it comes to a page
  hostile: (f, method) => (f.type === 'hidden' ? f.value : method === 'get' ? hostile.replace('\u0000', '') : hostile + long),
  broken: (f) => (f.type === 'hidden' && /^\d+$/.test(f.value) ? '999999999999' : f.type === 'hidden' ? f.value : '-1'),
};

async function submit(visitor, form, how) {
  const fields = [];
  for (const f of form.fields) {
    if (['submit', 'button', 'reset', 'file', 'image'].includes(f.type)) continue;
    if (['csrf', 'once'].includes(f.name)) fields.push([f.name, f.name === 'csrf' ? f.value : f.value + how]);
    else if (['radio', 'checkbox'].includes(f.type) && how !== 'hostile' && !f.checked) continue;
    else fields.push([f.name, answers[how](f, form.method)]);
  }
  const button = form.fields.find((f) => f.type === 'submit' && f.name);
  if (button) fields.push([button.name, how === 'hostile' ? hostile : button.value]);
  const u = new URL(form.to);
  const target = u.pathname + u.search;
  if (form.method === 'get') return visitor.get(u.pathname + '?' + new URLSearchParams(fields));
  const files = form.fields.filter((f) => f.type === 'file').map((f) => [f.name, 'å"x.csv', how === 'empty' ? '' : hostile]);
  return form.multipart ? visitor.upload(target, fields, files) : visitor.post(target, fields);
}

// Forms that end the visit come last, or not at all.
const skip = /^\/(logout|account\/(role|sessions))/;

for (const role of ['nobody', ...roles]) {
  describe(role, { concurrency: false }, () => {
    let server;
    let visitor;
    let pages = [];
    before(async () => {
      server = await startServer();
      visitor = new Visitor(server.url);
      if (role !== 'nobody') await visitor.logIn(someone(server, role));
    });
    after(async () => server?.stop());
    const from = role === 'nobody' ? ['/login', '/'] : ['/'];

    test(`${role}: every link leads to a page that is right`, async () => {
      const wrong = [];
      pages = await walk(visitor, read, { from, each: async (p) => wrong.push(...(await faults(p, visitor))) });
      assert.ok(pages.length > (role === 'nobody' ? 1 : 3), `only ${pages.length} pages found`);
      assert.deepEqual(wrong, []);
      console.log(`# ${role}: ${pages.length} pages, ${new Set(pages.map((p) => p.kind)).size} kinds`);
    });

    test(`${role}: every form answers politely, whatever is in it`, async () => {
      const wrong = [];
      const tried = new Map();
      // First those that only ask: the others may take away what they ask for.
      for (const method of ['get', 'post']) for (const p of pages) {
        for (const form of (p.forms ?? []).filter((f) => f.method === method)) {
          if (!form.to?.startsWith(server.url) || skip.test(new URL(form.to).pathname)) continue;
          const kind = form.method + pattern(form.to) + form.fields.map((f) => f.name).join();
          for (const how of Object.keys(answers)) {
            if ((tried.get(kind + how) ?? 0) >= 1) continue;
            tried.set(kind + how, 1);
            const r = await submit(visitor, form, how);
            const ok = form.method === 'get' ? [200, 303, 422] : [200, 303, 400, 403, 404, 409, 413, 422];
            if (!ok.includes(r.status)) wrong.push(`${p.target}: form to ${form.to} (${how}): status ${r.status}`);
            if (r.kind.startsWith('text/html') && r.status !== 303) for (const f of await invalid(r.text)) wrong.push(`${p.target}: answer to ${how}: ${f}`);
            if (r.text.includes('<b>x</b>')) wrong.push(`${p.target}: form to ${form.to} (${how}) gives back markup`);
          }
        }
      }
      assert.deepEqual(wrong, []);
      assert.ok(server.alive(), server.log());
      console.log(`# ${role}: ${tried.size} answers to forms`);
    });

    test(`${role}: what the forms left behind is right too`, async () => {
      const wrong = [];
      const again = new Visitor(server.url);
      if (role !== 'nobody') await again.logIn(someone(server, role));
      await walk(again, read, {
        from,
        like: 2,
        each: async (p) => {
          wrong.push(...(await faults(p, again)));
          if (p.answer.text.includes('<b>x</b>')) wrong.push(`${p.target}: markup that somebody typed`);
        },
      });
      assert.deepEqual(wrong, []);
      assert.ok(server.alive(), server.log());
    });
  });
}

// The checks above must be able to fail.
test('control: a page with faults is found out', async () => {
  const text = '<!doctype html><html lang="nb"><head><title>x</title><link rel="stylesheet" href="/x.css"></head><body><h1>a</h1><h1 class="sb-unheard">b</h1><svg><use href="/assets/icons.svg#Unseen"/></svg><p id="a"></p><p id="a"></p><a href="#">x</a><a href="#no">y</a><form method="post"></form>{1}</body></html>';
  const page = { target: '/x', answer: { status: 200, text }, isPage: true, ...(await read(text, 'http://127.0.0.1/x')) };
  looks = undefined;
  const found = (await faults(page, { get: async () => ({ text: '.sb-known{}' }) })).join('\n');
  looks = undefined;
  for (const what of ['no-dup-id', '2 h1', 'title', 'link to nothing', '#no', 'csrf', 'placeholder', 'sb-unheard', 'Unseen']) assert.match(found, new RegExp(what));
});
