// The pictures of the user guide, made from the demo: node guide.mjs [FOLDER]  (default: docs/user/pictures)
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer, startBrowser, newPage, logIn, someone } from './lib.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, '../../docs/user/pictures'));
// name, role, way there (a path, or names of links to follow from the start page), height of the picture, width
const pictures = [
  ['leder-oversikt', 'project-leader', '/', 900],
  ['deltakere', 'project-leader', '/participants', 900],
  ['import', 'project-leader', '/participants/import', 700],
  ['utvelgelse', 'project-leader', '/screening', 900],
  ['deltaker', 'project-leader', ['/participants?stage=recommended', 'main table a'], 1300],
  ['pulje', 'project-leader', '/cohorts/3', 1100],
  ['mentorer', 'project-leader', '/mentors', 900],
  ['matching', 'project-leader', '/matching', 1250],
  ['trainee', 'project-leader', ['/cohorts/3', 'main table a'], 1200],
  ['resultater', 'project-leader', '/results', 1400],
  ['min-vei', 'trainee', '/', 1500, 390],
  ['utviklingspermen', 'trainee', '/workbook/7', 1200],
  ['dokumenter', 'trainee', '/documents', 900],
  ['dokument', 'trainee', ['/documents?q=CV', '.sb-docs a'], 1300, 1440],
  ['mentor', 'mentor', '/', 900],
  ['nav', 'nav-contact', '/', 1000],
  ['radgiver', 'adviser', '/', 1000],
];
fs.mkdirSync(out, { recursive: true });
const server = await startServer();
const browser = await startBrowser();
const pages = {};
for (const [name, role, way, height, width = 1200] of pictures) {
  const key = role + width;
  if (!pages[key]) await logIn((pages[key] = await newPage(browser, { width })), server, someone(server, role));
  const page = pages[key];
  const [first, selector] = [].concat(way);
  await page.goto(server.url + first);
  if (selector) {
    await page.locator(selector).first().click();
    await page.waitForLoadState();
  }
  await page.mouse.move(0, 0);
  if (await page.locator('#document-state').count()) await page.locator('#document-state', { hasText: 'Lagret' }).waitFor();
  await page.setViewportSize({ width, height });
  await page.screenshot({ path: path.join(out, name + '.png'), clip: { x: 0, y: 0, width, height: Math.min(height, await page.evaluate(() => document.documentElement.scrollHeight)) }, fullPage: true });
}
await browser.close();
await server.stop();
console.log(`${pictures.length} pictures in ${path.relative(process.cwd(), out)}`);
