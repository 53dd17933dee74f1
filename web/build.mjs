// Builds dist/: one stylesheet, the script of every page and the one of a document's page, one icon sprite, the favicon and the fonts, each compressed beside itself.
// Names here carry no hash; tools/assets.py gives every file its address /assets/NAME-HASH.EXT when the program is built.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import esbuild from 'esbuild';

const here = import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url));
process.chdir(here);
const out = 'dist';
const modules = 'node_modules/';
// The oldest browsers that get the whole look; older ones show plain, readable HTML.
const target = ['chrome105', 'safari15.4', 'firefox121'];
const fonts = {
  'inter-latin': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  'inter-latin-ext': '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  vazirmatn: '@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2',
};

// Must agree with tools/assets.py, which serves the file under the address that the stylesheet asks for.
function address(name, ext, bytes) {
  return `/assets/${name}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.${ext}`;
}

function put(name, bytes, compress) {
  const file = path.join(out, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
  if (!compress) return;
  const raw = Buffer.from(bytes);
  const br = zlib.brotliCompressSync(raw, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: raw.length },
  });
  const gz = zlib.gzipSync(raw, { level: 9 });
  if (br.length < raw.length) fs.writeFileSync(file + '.br', br);
  if (gz.length < raw.length) fs.writeFileSync(file + '.gz', gz);
}

async function bundle(entry, extra) {
  const made = await esbuild.build({
    absWorkingDir: here, entryPoints: [entry], bundle: true, minify: true, target, write: false, logLevel: 'warning', charset: 'utf8', legalComments: 'none', ...extra,
  });
  return made.outputFiles[0].text;
}

// Two decimals of a 24 unit drawing are a hundredth of a pixel; the files carry five.
function round(drawing) {
  if (/\d[eE][-+]?\d/.test(drawing)) throw new Error('an icon with exponents: look at round()');
  return drawing.replace(/-?\d*\.\d{3,}/g, (number) => {
    const short = String(Math.round(Math.abs(Number(number)) * 100) / 100).replace(/^0\./, '.');
    if (number.startsWith('-')) return '-' + short;
    return number.startsWith('.') && !short.startsWith('.') ? ' ' + short : short; // 1.5.996 is two numbers
  });
}

function sprite() {
  const names = fs.readFileSync('icons.txt', 'utf8').split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean);
  if (new Set(names).size !== names.length) throw new Error('icons.txt names an icon twice');
  const symbols = names.map((name) => {
    const svg = fs.readFileSync(`${modules}@navikt/aksel-icons/dist/svg/${name}.svg`, 'utf8');
    const inner = round(svg.replace(/<\/?svg[^>]*>/g, '').replace(/\s*\n\s*/g, '').replaceAll(' fill="currentColor"', ''));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  const mark = fs.readFileSync('theme/mark.svg', 'utf8').replace(/<!--[^]*?-->/g, '').replace(/\s*\n\s*/g, '').replace(/<\/?svg[^>]*>/g, '');
  return `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="mark" viewBox="0 0 40 40">${mark}</symbol>${symbols.join('')}</svg>`;
}

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out);
let css = await bundle('css/site.css', { external: ['/fonts/*'] });
for (const [name, file] of Object.entries(fonts)) {
  const bytes = fs.readFileSync(modules + file);
  put(`fonts/${name}.woff2`, bytes, false);
  css = css.replaceAll(`/fonts/${name}.woff2`, address(name, 'woff2', bytes));
}
if (css.includes('/fonts/')) throw new Error('a font of the stylesheet is not built in');
put('site.css', css, true);
put('site.js', await bundle('islands/site.ts', { format: 'esm' }), true);
put('document.js', await bundle('editor/document.ts', { format: 'esm' }), true);
put('icons.svg', sprite(), true);
put('favicon.svg', fs.readFileSync('theme/favicon.svg', 'utf8').replace(/\s*\n\s*/g, ''), true);
