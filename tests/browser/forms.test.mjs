// The script of every page: forms are sent once, and text that is not saved is not lost by accident. All else works without it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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

// A form of our own in a page of the program, so that its script and its Content-Security-Policy are those of every page.
async function pageWithForm(attributes) {
  const page = await newPage(browser);
  await logIn(page, server, someone(server, 'project-leader'));
  await page.route('**/answer', async (route) => {
    page.sent = (page.sent ?? 0) + 1;
    page.body = route.request().postData();
    await new Promise((ok) => setTimeout(ok, 300));
    await route.fulfill({ status: 204 });
  });
  await page.goto(server.url + '/account');
  await page.evaluate((a) => {
    document.querySelector('main').innerHTML = `<form method="post" action="/answer" ${a}><textarea name="t" aria-label="t"></textarea><input type="checkbox" name="c" aria-label="c"><button name="b" value="1">Send</button></form>`;
  }, attributes);
  return page;
}

test('a form pressed twice is sent once, with the value of its button', async () => {
  const page = await pageWithForm('');
  const button = page.getByRole('button', { name: 'Send' });
  await button.dblclick();
  await button.click({ force: true });
  await page.waitForTimeout(600);
  assert.equal(page.sent, 1);
  assert.match(page.body, /b=1/);
  assert.equal(await button.getAttribute('aria-busy'), 'true');
  await page.context().close();
});

test('leaving text that is not saved asks first; leaving without text does not', async () => {
  for (const [attributes, typed, asks] of [['', true, true], ['', false, false], ['data-nowarn', true, false]]) {
    const page = await pageWithForm(attributes);
    let asked = false;
    page.on('dialog', async (d) => {
      asked = d.type() === 'beforeunload';
      await d.accept();
    });
    if (typed) await page.getByLabel('t', { exact: true }).fill('noe');
    await page.goto(server.url + '/');
    assert.equal(asked, asks, `${attributes} ${typed}`);
    await page.context().close();
  }
});

test('a form that saves by itself is sent by a tick', async () => {
  const page = await pageWithForm('data-auto');
  await page.getByLabel('c', { exact: true }).check();
  await page.waitForTimeout(500);
  assert.equal(page.sent, 1);
  await page.context().close();
});

test('nothing on the pages breaks the Content-Security-Policy, and the policy holds', async () => {
  const page = await newPage(browser);
  await logIn(page, server, someone(server, 'project-leader'));
  assert.deepEqual(page.complaints, []);
  const csp = (await page.goto(server.url + '/')).headers()['content-security-policy'];
  assert.doesNotMatch(csp, /unsafe-/);
  await page.evaluate(() => {
    const s = document.createElement('script');
    s.textContent = 'window.ran = true';
    document.body.append(s);
  });
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await page.context().close();
});

test('a first view stays under 100 kB and below five requests besides the icon of the tab', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  const urls = new Map();
  let bytes = 0;
  wire.on('Network.responseReceived', (e) => urls.set(e.requestId, new URL(e.response.url).pathname));
  wire.on('Network.loadingFinished', (e) => {
    if (!/favicon/.test(urls.get(e.requestId) ?? '')) bytes += e.encodedDataLength;
  });
  await page.goto(server.url + '/login', { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready);
  const asked = [...urls.values()].filter((u) => !/favicon/.test(u));
  console.log(`# ${(bytes / 1024).toFixed(1)} kB: ${asked.join(' ')}`);
  assert.ok(bytes < 100 * 1024, `${bytes} bytes`);
  assert.ok(asked.length <= 5, asked.join(' '));
  await context.close();
});
