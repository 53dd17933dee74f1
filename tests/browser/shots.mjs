// shots.mjs OUT [ROLE...]: a picture of every kind of page of every role: wide, narrow, dark, and in Arabic for trainee and mentor.
//   SPRINGBRETT=build/springbrett node shots.mjs /tmp/shots project-leader
import fs from 'node:fs';
import path from 'node:path';
import { logIn, newPage, roles, someone, startBrowser, startServer } from './lib.mjs';
import { reader, Visitor, walk } from './site.mjs';

const [out, ...chosen] = process.argv.slice(2);
if (!out) {
  console.error('usage: node shots.mjs OUT [ROLE...]');
  process.exit(2);
}
fs.mkdirSync(out, { recursive: true });
const server = await startServer();
const browser = await startBrowser();
const ways = [['wide', { width: 1440 }], ['narrow', { width: 390, scale: 2 }], ['dark', { width: 1440, dark: true }], ['ar', { width: 390, scale: 2, lang: 'ar' }]];
try {
  const read = await reader(await browser.newPage());
  for (const role of chosen.length ? chosen : ['nobody', ...roles]) {
    const visitor = new Visitor(server.url);
    if (role !== 'nobody') await visitor.logIn(someone(server, role));
    const pages = await walk(visitor, read, { from: role === 'nobody' ? ['/login'] : ['/'], like: 1 });
    for (const [name, how] of ways) {
      if (how.lang && !['trainee', 'mentor', 'nobody'].includes(role)) continue;
      const page = await newPage(browser, how);
      if (role !== 'nobody') await logIn(page, server, someone(server, role));
      for (const p of pages.filter((x) => x.isPage && x.answer.status === 200)) {
        await page.goto(server.url + p.target + (how.lang ? (p.target.includes('?') ? '&' : '?') + 'lang=' + how.lang : ''));
        await page.evaluate(() => document.fonts.ready);
        const file = `${role}${p.kind === '/' ? '-start' : p.kind.replace(/[/?&:]+/g, '-')}-${name}.png`;
        await page.screenshot({ path: path.join(out, file), fullPage: true });
      }
      await page.context().close();
    }
    console.log(`${role}: ${pages.length} pages`);
  }
} finally {
  await browser.close();
  await server.stop();
}
