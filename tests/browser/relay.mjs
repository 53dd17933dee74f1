// A stand-in for the program, for the editor alone: draws the page of a document as its template does, relays and keeps the text, tells the
// news (web/editor/connection.ts). What it lacks on purpose is everything else. Who comes says so in a cookie.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocketServer } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../web');
const types = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2' };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";
const escape = (s) => String(s).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function texts() {
  const rows = fs.readFileSync(path.join(web, 'editor/texts.md'), 'utf8').matchAll(/^\| ([a-z0-9-]+) \| (.+) \|$/gm);
  return new Map([...rows].map((m) => [m[1], m[2]]).filter(([name]) => name !== 'name'));
}

const hidden = (fields) => Object.entries(fields).map(([k, v]) => `<input type="hidden" name="${k}" value="${escape(v)}">`).join('');

function thread(doc, t) {
  const form = (what, words) => `<form method="post" action="/documents/${doc.id}/comments/${t.id}/${what}">${hidden({ csrf: 'x' })}<button class="ds-button" data-size="sm" data-variant="tertiary">${words}</button></form>`;
  const reply = `<form method="post" action="/documents/${doc.id}/comments/${t.id}/reply">${hidden({ csrf: 'x' })}<div class="ds-field"><label class="ds-label" for="r${t.id}">Svar</label><textarea class="ds-input" id="r${t.id}" name="text" rows="2"></textarea></div><button class="ds-button" data-size="sm">Svar</button></form>`;
  return `<article class="ds-card" id="thread-${t.id}" data-mark="${escape(t.mark)}" data-quote="${escape(t.quote)}"${t.resolved ? ' data-resolved' : ''}>
<div>${t.quote ? `<blockquote class="sb-quote sb-comment__quote" dir="auto">${escape(t.quote)}</blockquote>` : ''}</div>
<div id="comment-${t.id}"><p><b>${escape(t.who)}</b></p><p dir="auto">${escape(t.text)}</p></div>
${t.replies.map((r) => `<div id="comment-${r.id}"><p><b>${escape(r.who)}</b></p><p dir="auto">${escape(r.text)}</p></div>`).join('')}
${reply}${form(t.resolved ? 'reopen' : 'resolve', t.resolved ? 'Åpne igjen' : 'Merk som løst')}</article>`;
}

function comments(doc, wrong) {
  return `<section id="comments" aria-labelledby="ch" class="sb-stack"><h2 class="ds-heading" data-size="xs" id="ch">Kommentarer</h2>
<form method="post" action="/documents/${doc.id}/comments" class="sb-form sb-form--tight">${hidden({ csrf: 'x', mark: '', quote: '' })}<div class="ds-field"><label class="ds-label" for="ct">Ny kommentar</label>
<textarea class="ds-input" id="ct" name="text" rows="3"${wrong ? ' aria-invalid="true"' : ''}></textarea></div><button class="ds-button" data-size="sm">Legg til kommentar</button></form>
${doc.threads.map((t) => thread(doc, t)).join('')}</section>`;
}

function frame(lang, main) {
  return `<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}" data-color-scheme="auto"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Dokument – Springbrett</title>
<link rel="stylesheet" href="/assets/site.css"><script type="module" src="/assets/site.js"></script></head><body data-color="accent" data-size="md">
<header class="sb-header"><div class="sb-wrap"><svg class="sb-icon" aria-hidden="true"><use href="/assets/icons.svg#House"/></svg><form method="post" action="/logout"><button class="ds-button" data-variant="tertiary">Logg ut</button></form></div></header>
<main id="main" class="sb-main"><div class="sb-wrap sb-content"><h1 class="ds-heading">Søknad</h1>${main}</div></main></body></html>`;
}

function page(doc, who, lang) {
  const words = [...texts()].map(([k, v]) => `data-text-${k}="${escape(v)}"`).join(' ');
  const ready = doc.y.getXmlFragment('prosemirror').toString().replace(/<(\/?)(paragraph|heading)[^>]*>/g, '<$1p>');
  return frame(lang, `<div class="sb-cols"><div class="sb-stack"><p id="document-state" role="status" class="sb-document-state"></p><ul id="document-people"></ul><div id="document-tools" role="toolbar"></div>
<div id="document" class="sb-document" data-id="${doc.id}" data-account="${who.account}" data-name="${escape(who.name)}" data-right="${who.right}" data-kind="free" data-lang="${lang}" ${words}>${ready}</div></div>
${comments(doc)}</div><script type="module" src="/assets/document.js"></script>`);
}

class Room {
  constructor(id) {
    Object.assign(this, { id, y: new Y.Doc(), threads: [], next: 1, sockets: new Set(), people: new Map() });
  }
}

const frameOf = (...parts) => {
  const e = encoding.createEncoder();
  for (const p of parts) encoding.writeVarUint(e, p);
  return encoding.toUint8Array(e);
};
const ranks = { none: 0, read: 1, comment: 2, write: 3 };

// {url, room(id), kick(name, code), right(name, right), trouble(on), down(), up(), stop()}
export async function startRelay() {
  const rooms = new Map();
  const changed = new Map(); // name -> right, when it is no longer the one of the cookie
  const room = (id) => rooms.get(id) ?? rooms.set(id, new Room(id)).get(id);
  const people = (request) => {
    const value = /(?:^|; )who=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
    const [name, account, right, lang] = value ? decodeURIComponent(value).split('|') : [];
    return name ? { name, account, right: changed.get(name) ?? right, lang: lang || 'nb' } : null;
  };
  let trouble = false;
  let slow = 0;
  let refuse = false; // as when the server is away
  const news = (id, but) => room(id).sockets.forEach((s) => s !== but && s.send(frameOf(101)));

  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    const send = (status, type, body, more = {}) => response.writeHead(status, { 'content-type': type, 'content-security-policy': policy, ...more }).end(body);
    if (refuse) return request.socket.destroy();
    const asset = /^\/(assets\/)?([a-z-]+)(-[0-9a-f]{12})?\.(js|css|svg|woff2)$/.exec(pathname);
    if (asset) {
      const file = [asset[2], `fonts/${asset[2]}`].map((f) => path.join(web, 'dist', `${f}.${asset[4]}`)).find((f) => fs.existsSync(f));
      return file ? send(200, types[asset[4]], fs.readFileSync(file)) : send(404, 'text/plain', '');
    }
    const who = people(request);
    if (pathname === '/login') return send(200, 'text/html; charset=utf-8', frame('nb', 'Logg inn'));
    if (pathname === '/logout') return send(303, 'text/plain', '', { location: '/login' });
    const m = /^\/documents\/(\d+)(\/comments(?:\/(\d+)\/(reply|resolve|reopen))?)?$/.exec(pathname);
    if (!m || !who) return send(404, 'text/html; charset=utf-8', frame('nb', 'Finnes ikke'));
    const doc = room(m[1]);
    if (request.method !== 'POST') return send(200, 'text/html; charset=utf-8', m[2] ? frame(who.lang, comments(doc)) : page(doc, who, who.lang));
    let body = '';
    request.on('data', (d) => { body += d; }).on('end', () => {
      const f = new URLSearchParams(body);
      const words = (f.get('text') ?? '').trim();
      const t = doc.threads.find((x) => String(x.id) === m[3]);
      if (!words && (!m[4] || m[4] === 'reply')) return send(422, 'text/html; charset=utf-8', frame(who.lang, comments(doc, true)));
      if (m[4] === 'reply') t.replies.push({ id: doc.next++, who: who.name, text: words });
      else if (m[4]) t.resolved = m[4] === 'resolve';
      else doc.threads.push({ id: doc.next++, who: who.name, mark: f.get('mark'), quote: f.get('quote'), text: words, resolved: false, replies: [] });
      news(doc.id);
      return send(303, 'text/plain', '', { location: f.get('back') === 'comments' ? `/documents/${doc.id}/comments` : `/documents/${doc.id}#comments` });
    });
  });

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const u = new URL(request.url, 'http://x');
    const who = people(request);
    if (refuse || !who || u.searchParams.get('news') !== '1') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (ws) => join(ws, room(u.pathname.split('/').pop()), who));
  });

  function join(ws, doc, who) {
    Object.assign(ws, { who, stored: 0, announced: new Map() });
    doc.sockets.add(ws);
    const e = encoding.createEncoder();
    encoding.writeVarUint(e, 0);
    sync.writeSyncStep1(e, doc.y);
    ws.send(encoding.toUint8Array(e));
    for (const s of doc.sockets) for (const frame of s.announced.values()) if (s !== ws) ws.send(frame);
    ws.on('message', (data) => heard(ws, doc, new Uint8Array(data)));
    ws.on('close', () => {
      doc.sockets.delete(ws);
      for (const client of ws.announced.keys()) {
        const inner = encoding.createEncoder();
        encoding.writeVarUint(inner, 1);
        encoding.writeVarUint(inner, client);
        encoding.writeVarUint(inner, ws.clock ?? 1);
        encoding.writeVarString(inner, 'null');
        const outer = encoding.createEncoder();
        encoding.writeVarUint(outer, 1);
        encoding.writeVarUint8Array(outer, encoding.toUint8Array(inner));
        doc.sockets.forEach((s) => s.send(encoding.toUint8Array(outer)));
      }
    });
  }

  function awareness(ws, doc, data, d) {
    const inner = decoding.createDecoder(decoding.readVarUint8Array(d));
    for (let n = decoding.readVarUint(inner); n > 0; n--) {
      const client = decoding.readVarUint(inner);
      const clock = decoding.readVarUint(inner);
      const gone = decoding.readVarString(inner) === 'null';
      if (ws.announced.size && !ws.announced.has(client)) return; // speaks for others: not relayed here
      ws.clock = clock;
      if (gone) ws.announced.delete(client);
      else ws.announced.set(client, data);
    }
    doc.sockets.forEach((s) => s.send(data));
  }

  function heard(ws, doc, data) {
    const d = decoding.createDecoder(data);
    const kind = decoding.readVarUint(d);
    if (kind === 1) return awareness(ws, doc, data, d);
    if (kind !== 0) return;
    const step = decoding.readVarUint(d);
    if (step === 0) {
      const e = encoding.createEncoder();
      encoding.writeVarUint(e, 0);
      sync.writeSyncStep2(e, doc.y, decoding.readVarUint8Array(d));
      return ws.send(encoding.toUint8Array(e));
    }
    if ((changed.get(ws.who.name) ?? ws.who.right) !== 'write') return;
    const update = decoding.readVarUint8Array(d);
    const store = () => {
      if (trouble) return setTimeout(store, 100);
      Y.applyUpdate(doc.y, update);
      const e = encoding.createEncoder();
      encoding.writeVarUint(e, 0);
      sync.writeUpdate(e, update);
      doc.sockets.forEach((s) => s !== ws && s.send(encoding.toUint8Array(e)));
      ws.send(frameOf(100, (ws.stored += 1)));
    };
    if (slow) setTimeout(store, slow);
    else store();
  }

  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  const all = () => [...rooms.values()].flatMap((r) => [...r.sockets]);
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    room,
    kick: (name, code) => all().filter((s) => s.who.name === name).forEach((s) => s.close(code)),
    right(name, right) {
      changed.set(name, right);
      all().filter((s) => s.who.name === name).forEach((s) => s.send(frameOf(102, ranks[right])));
    },
    trouble(on) {
      trouble = on;
      all().forEach((s) => s.send(frameOf(103, on ? 1 : 0)));
    },
    slow(ms) { slow = ms; },
    down() {
      refuse = true;
      all().forEach((s) => s.terminate());
    },
    up() { refuse = false; },
    async stop() {
      all().forEach((s) => s.terminate());
      server.closeAllConnections?.();
      await new Promise((ok) => server.close(ok));
    },
  };
}
