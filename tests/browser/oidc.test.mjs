// Logging in at a provider in a real browser: the way there and back through the page's own policy, tying, and logging out at both.
// SHOTS=DIR keeps pictures.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations } from './document-lib.mjs';
import { freePort, newPage, someone, startBrowser, startServer } from './lib.mjs';

const shots = process.env.SHOTS;
let server, browser, provider, port;
before(async () => {
  port = await freePort();
  provider = spawn('node', [path.join(path.dirname(fileURLToPath(import.meta.url)), '../oidc/evil.mjs'), String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((ok) => provider.stdout.once('data', ok));
  const at = (name, scenario) => `oidc.${name}.issuer = http://127.0.0.1:${port}/${scenario}\noidc.${name}.client_id = springbrett\noidc.${name}.pid_claim = pid\noidc.${name}.label = ID-porten\n`;
  server = await startServer(at('idporten', 'good'));
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  provider?.kill();
  await server?.stop();
});

async function seen(page, name) {
  assert.deepEqual(await violations(page), [], name);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${name} is wider than the screen`);
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
}
async function password(page) {
  const who = someone(server, 'trainee');
  await page.goto(server.url + '/login');
  await page.getByLabel('E-post', { exact: true }).fill(who.email);
  await page.getByLabel('Passord', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Logg inn', exact: true }).click();
  await page.waitForURL((u) => !u.pathname.startsWith('/login'));
}

test('somebody unknown is told what to do, and may log out there', async () => {
  const page = await newPage(browser, { width: 390 });
  await page.goto(server.url + '/login');
  await seen(page, 'login-390');
  await page.getByRole('button', { name: 'Logg inn med ID-porten' }).click();
  await page.waitForURL(/callback/);
  assert.match(await page.textContent('h1'), /Vi kjenner deg ikke igjen ennå/);
  await seen(page, 'unknown-390');
  await page.getByRole('button', { name: 'Logg ut av ID-porten' }).click();
  await page.waitForURL(server.url + '/login');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

for (const [name, how] of [['with scripts', {}], ['without scripts', { js: false }]]) {
  test(`an account is tied, logs in, and logs out at both: ${name}`, async () => {
    const page = await newPage(browser, how);
    await password(page);
    await page.goto(server.url + '/account');
    if (how.js ?? true) await seen(page, 'account');
    await page.getByRole('button', { name: 'Knytt ID-porten til kontoen' }).click();
    await page.waitForURL(/\/account\/oidc/);
    assert.match(await page.textContent('main'), /Sist brukt/);
    if (how.js ?? true) await seen(page, 'tied');
    await page.context().clearCookies();
    await page.goto(server.url + '/login');
    await page.getByRole('button', { name: 'Logg inn med ID-porten' }).click();
    await page.waitForURL(server.url + '/');
    await page.goto(server.url + '/account');
    await page.locator('main form[action="/logout"] button').click();
    if (how.js === false) {
      assert.match(await page.textContent('h1'), /Du er logget ut av Springbrett/);
      if (shots) await page.screenshot({ path: path.join(shots, 'leaving.png'), fullPage: true });
      await page.getByRole('button', { name: 'Logg ut av ID-porten' }).click();
    }
    await page.waitForURL(server.url + '/login');
    await page.goto(server.url + '/account');
    assert.match(page.url(), /\/login/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('in Arabic, dark and wide', async () => {
  for (const [name, how, lang] of [['ar', { width: 390, scale: 2 }, 'ar'], ['dark', { dark: true }, 'nb'], ['en', {}, 'en']]) {
    const page = await newPage(browser, how);
    await page.goto(`${server.url}/login?lang=${lang}`);
    await seen(page, `login-${name}`);
    await page.goto(`${server.url}/login/oidc/idporten/callback?state=x&lang=${lang}`);
    await seen(page, `refused-${name}`);
    await page.context().close();
  }
});
