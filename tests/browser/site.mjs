// Walking the whole site without a browser window: pages are fetched, and read by a page that never leaves about:blank.

// A visitor with cookies.
export class Visitor {
  constructor(url) {
    this.url = url;
    this.cookies = new Map();
  }

  async send(method, target, { body, type, referer } = {}) {
    const headers = { cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'accept-language': 'nb' };
    if (body !== undefined && type) headers['content-type'] = type;
    if (method === 'POST') headers.origin = this.url;
    if (referer) headers.referer = this.url + referer;
    const r = await fetch(this.url + target, { method, headers, body, redirect: 'manual' });
    // Debian's Node 18 has no getSetCookie: it gives all of them in one line.
    const set = r.headers.getSetCookie?.() ?? (r.headers.get('set-cookie') ?? '').split(/,(?=\s*[^;,=\s]+=)/).filter(Boolean);
    for (const line of set.map((x) => x.trim())) {
      const [pair, ...rest] = line.split(';');
      const at = pair.indexOf('=');
      if (rest.some((x) => /max-age=0\b/i.test(x))) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const kind = r.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await r.arrayBuffer());
    return { status: r.status, kind, location: r.headers.get('location'), text: /^text\/|json|calendar/.test(kind) ? bytes.toString('utf8') : '', size: bytes.length, headers: r.headers };
  }

  get(target) {
    return this.send('GET', target);
  }

  post(target, fields) {
    return this.send('POST', target, { body: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' });
  }

  upload(target, fields, files) {
    const f = new FormData();
    for (const [k, v] of fields) f.append(k, v);
    for (const [k, name, text] of files) f.append(k, new Blob([text]), name);
    return this.send('POST', target, { body: f });
  }

  async logIn(who) {
    const csrf = /name="csrf" value="([^"]*)"/.exec((await this.get('/login')).text)?.[1] ?? '';
    const r = await this.post('/login', [['csrf', csrf], ['email', who.email], ['password', who.password]]);
    if (r.status !== 303) throw new Error(`${who.role} could not log in: ${r.status}`);
    return this;
  }
}

// Reads pages: links and forms of an HTML text. `page` is any page of a browser.
export async function reader(page) {
  await page.goto('about:blank');
  return (html, base) => page.evaluate(([text, from]) => {
    const doc = new DOMParser().parseFromString(text, 'text/html');
    const at = (href) => { try { return new URL(href, from); } catch { return null; } };
    const links = [...doc.querySelectorAll('a[href], area[href]')].map((a) => ({ href: a.getAttribute('href'), to: at(a.getAttribute('href'))?.href ?? null, text: a.textContent.trim().slice(0, 60) }));
    const forms = [...doc.forms].map((f) => ({
      method: f.method, multipart: f.enctype === 'multipart/form-data', to: at(f.getAttribute('action') ?? '')?.href ?? null,
      fields: [...f.elements].filter((e) => e.name && !e.disabled).map((e) => ({
        name: e.name, type: e.type, value: e.value, checked: e.checked === true, options: e.options ? [...e.options].map((o) => o.value) : [],
      })),
    }));
    const ids = [...doc.querySelectorAll('[id]')].map((e) => e.id);
    const classes = [...new Set([...doc.querySelectorAll('[class]')].flatMap((e) => [...e.classList]))].filter((c) => /^(ds|sb)-/.test(c));
    const icons = [...doc.querySelectorAll('use[href*="icons"]')].map((u) => u.getAttribute('href').split('#')[1]);
    return { title: doc.title, lang: doc.documentElement.lang, links, forms, ids, icons, classes, h1: doc.querySelectorAll('h1').length, parts: [...doc.querySelectorAll('link[rel=stylesheet], script[src], img[src]')].map((e) => at(e.getAttribute('href') ?? e.getAttribute('src'))?.pathname) };
  }, [html, base]);
}

// /participants/12?sort=name&page=3 -> /participants/:id?page&sort: what makes one page like another
export function pattern(target) {
  const u = new URL(target, 'http://x');
  const keys = [...new Set(u.searchParams.keys())].sort();
  return u.pathname.replace(/\/\d+(?=\/|$)/g, '/:id').replace(/\/[0-9a-zA-Z_-]{20,}(?=\/|$)/g, '/:token') + (keys.length ? '?' + keys.join('&') : '');
}

// Every page that can be reached from `from` by links. `each(target, answer, read)` is called for all; like pages are looked at `like` times.
export async function walk(visitor, read, { from = ['/'], like = 3, each = () => {}, max = 1500 } = {}) {
  const seen = new Map(); // pattern -> how many
  const queued = new Set(from);
  const queue = [...from];
  const pages = [];
  while (queue.length && pages.length < max) {
    const target = queue.shift();
    const kind = pattern(target);
    if ((seen.get(kind) ?? 0) >= like) continue;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const answer = await visitor.get(target);
    const isPage = answer.kind.startsWith('text/html');
    const found = isPage ? await read(answer.text, visitor.url + target) : { links: [], forms: [], ids: [], icons: [], classes: [], parts: [] };
    const next = [...found.links.map((l) => l.to), answer.location ? new URL(answer.location, visitor.url).href : null];
    pages.push({ target, kind, answer, ...found, isPage });
    await each(pages.at(-1));
    for (const href of next) {
      if (!href?.startsWith(visitor.url + '/')) continue;
      const u = new URL(href);
      u.hash = '';
      if (u.searchParams.has('lang')) continue; // the same page in another language
      const t = u.pathname + u.search;
      if (!queued.has(t)) {
        queued.add(t);
        queue.push(t);
      }
    }
  }
  return pages;
}
