// What every browser test needs: the program on a free port with a fresh demo, a browser, people who log in.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const roles = ['project-leader', 'adviser', 'nav-contact', 'trainee', 'mentor', 'supervisor', 'administrator'];

function binary() {
  const known = [process.env.SPRINGBRETT, 'build-run/springbrett', 'build-test/springbrett', 'build/springbrett'];
  const found = known.filter(Boolean).map((p) => path.resolve(top, p)).find((p) => fs.existsSync(p));
  if (!found) throw new Error('no springbrett is built; set SPRINGBRETT to the program');
  return found;
}

export async function freePort() {
  const s = net.createServer();
  await new Promise((ok, bad) => s.once('error', bad).listen(0, '127.0.0.1', ok));
  const { port } = s.address();
  await new Promise((ok) => s.close(ok));
  return port;
}

// "project-leader  kari@...  password", one a line; other lines are for people.
function readLogins(text) {
  const logins = {};
  for (const line of text.split('\n')) {
    const m = /^\W*([a-z][a-z-]*[a-z])[\s:|,;]+(\S+@[^\s|,;]+)[\s|,;]+(\S+)/.exec(line);
    if (m) (logins[m[1]] ??= []).push({ role: m[1], email: m[2], password: m[3] });
  }
  return logins;
}

// Under tests/pg each data folder has a database on that server: the words for its commands. like: the folder whose copy it is.
function database(dir, like) {
  const server = process.env.TEST_DATABASE;
  if (!server) return [];
  const name = (d) => path.basename(d).toLowerCase().replace(/\W/g, '_');
  execFileSync('psql', ['-Xq', server, '-c', `CREATE DATABASE "${name(dir)}"` + (like ? ` TEMPLATE "${name(like)}"` : '')]);
  return ['--database', server.replace(/[^/]*$/, name(dir))];
}

// A demo takes a while to fill, so one is made for the whole run and copied for each server.
function demoData() {
  const kept = process.env.SPRINGBRETT_DEMO;
  if (kept && fs.existsSync(path.join(kept, 'logins.txt'))) return kept;
  const dir = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'sb-demo-'));
  const text = execFileSync(binary(), ['demo', '--data', path.join(dir, 'data'), ...database(dir)], { encoding: 'utf8', maxBuffer: 1 << 24 });
  fs.writeFileSync(path.join(dir, 'logins.txt'), text);
  if (!kept) process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
  process.env.SPRINGBRETT_DEMO = dir;
  return dir;
}

// {url, logins, log(), stop()}. stop() ends exactly the process that was started here.
// conf: lines for its springbrett.conf.
export async function startServer(conf = '') {
  const demo = demoData();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sb-data-'));
  fs.cpSync(path.join(demo, 'data'), path.join(dir, 'data'), { recursive: true });
  if (conf) fs.writeFileSync(path.join(dir, 'data', 'springbrett.conf'), conf);
  const port = await freePort();
  const words = ['serve', '--data', path.join(dir, 'data'), '--listen', `127.0.0.1:${port}`, ...database(dir, demo)];
  const child = spawn(binary(), words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let ended = null;
  const done = new Promise((ok) => child.once('exit', (code, signal) => ok((ended = signal ?? code))));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => { said = (said + d).slice(-200000); });
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; ; i++) {
    if (ended !== null || i > 400) throw new Error(`the server did not start (${ended}):\n${said}`);
    try {
      if ((await fetch(url + '/healthz')).ok) break;
    } catch { /* not yet */ }
    await new Promise((ok) => setTimeout(ok, 50));
  }
  return {
    url,
    logins: readLogins(fs.readFileSync(path.join(demo, 'logins.txt'), 'utf8')),
    log: () => said,
    alive: () => ended === null,
    async stop() {
      if (ended === null) child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 8000);
      const how = await done;
      clearTimeout(late);
      fs.rmSync(dir, { recursive: true, force: true });
      if (/AddressSanitizer|runtime error|LeakSanitizer/.test(said)) throw new Error('a sanitizer spoke:\n' + said.slice(-6000));
      if (how !== 0) throw new Error(`the server ended with ${how}:\n${said.slice(-3000)}`);
    },
  };
}

export async function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// A person at a machine of her own. how: {width, dark, js, locale}. Everything the page complains about lands in page.complaints.
export async function newPage(browser, how = {}) {
  const width = how.width ?? 1440;
  const context = await browser.newContext({
    viewport: { width, height: width < 800 ? 844 : 900 },
    isMobile: width < 800,
    hasTouch: width < 800,
    deviceScaleFactor: how.scale ?? 1,
    colorScheme: how.dark ? 'dark' : 'light',
    javaScriptEnabled: how.js ?? true,
    locale: how.locale ?? 'nb-NO',
    timezoneId: 'Europe/Oslo',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', (e) => page.complaints.push('script: ' + e.message));
  page.on('console', (m) => {
    // The browser also reports answers such as 422 here; tests look at those themselves.
    if (m.type() === 'error' && !/Failed to load resource: the server responded with a status of 4(09|22|03|04|13)/.test(m.text())) page.complaints.push('console: ' + m.text());
  });
  return page;
}

// As a person does it: by the labels.
export async function logIn(page, server, who) {
  await page.goto(server.url + '/login');
  await page.getByLabel('E-post', { exact: true }).fill(who.email);
  await page.getByLabel('Passord', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Logg inn' }).click();
  await page.waitForURL((u) => !u.pathname.startsWith('/login'));
}

export function someone(server, role, nth = 0) {
  const who = server.logins[role]?.[nth];
  if (!who) throw new Error(`the demo names no ${role}; it names ${Object.keys(server.logins).join(', ') || 'nobody'}`);
  return who;
}
