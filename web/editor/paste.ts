// What is pasted from Word and from other pages, cleaned before it becomes text: a list in Word comes as paragraphs that only look like one.

const notText = 'script, style, meta, link, title, xml, object, iframe, o\\:p';

// By string first: a style attribute is not to reach the parser, which the page's policy would complain about. What it said of bold and
// of Word's lists is kept in attributes of our own.
export function cleanPasted(html: string): string {
  const safe = html.replace(/<!--[^]*?-->|<style\b[^]*?<\/style\s*>/gi, '').replace(/\sstyle=("[^"]*"|'[^']*'|[^\s"'>]+)/gi, (_, quoted: string) => ` data-look=${quoted}`);
  const page = new DOMParser().parseFromString(safe, 'text/html');
  page.querySelectorAll(notText).forEach((element) => element.remove());
  page.querySelectorAll<HTMLElement>('[data-look]').forEach(look);
  page.querySelectorAll('p.MsoTitle, p.MsoHeading1').forEach((p) => rename(p, 'h1'));
  lists(page);
  page.querySelectorAll('*').forEach(strip);
  // A paragraph of nothing but a hard space is Word's empty line.
  page.querySelectorAll('p').forEach((p) => { if (!p.textContent?.replace(/\u00a0/g, ' ').trim() && !p.querySelector('br, img')) p.remove(); });
  return page.body.innerHTML;
}

function rename(element: Element, tag: string): Element {
  const fresh = element.ownerDocument.createElement(tag);
  fresh.append(...element.childNodes);
  element.replaceWith(fresh);
  return fresh;
}

function wrap(element: Element, tag: string): void {
  const inner = element.ownerDocument.createElement(tag);
  inner.append(...element.childNodes);
  element.append(inner);
}

function look(element: HTMLElement): void {
  const style = element.dataset.look ?? '';
  if (/mso-list:\s*Ignore/i.test(style)) return marker(element);
  const level = /mso-list:[^;]*level(\d)/i.exec(style);
  if (level) element.dataset.level = level[1];
  const block = /^(P|H\d|DIV|LI|TD|TH|TABLE|UL|OL|BODY)$/.test(element.tagName);
  const align = /text-align:\s*(center|right|end)/i.exec(style);
  if (block && align) element.dataset.align = align[1] === 'center' ? 'center' : 'end';
  if (block) return;
  if (/(^|;)\s*font-weight:\s*(bold|[6-9]00)/i.test(style)) wrap(element, 'strong');
  if (/(^|;)\s*font-style:\s*italic/i.test(style)) wrap(element, 'em');
  if (/text-decoration:[^;]*underline/i.test(style) && element.tagName !== 'A') wrap(element, 'u');
  if (element.tagName === 'B' && /(^|;)\s*font-weight:\s*(normal|400)/i.test(style)) rename(element, 'span'); // what Google Docs wraps all in
}

// The dot or number of an item: tells the kind of list, and goes.
function marker(element: HTMLElement): void {
  const item = element.closest('p');
  if (item) item.dataset.numbered = String(/^\s*[\da-z]+[.)]/i.test(element.textContent ?? ''));
  element.remove();
}

// Word: <p class=MsoListParagraph style="mso-list:l0 level2 lfo1">.
function lists(page: Document): void {
  for (const p of page.querySelectorAll<HTMLElement>('p[data-level]')) {
    if (!p.isConnected || p.parentElement?.closest('li')) continue;
    const list = page.createElement(p.dataset.numbered === 'true' ? 'ol' : 'ul');
    p.before(list);
    const open: HTMLElement[] = [list];
    const kind = p.dataset.numbered;
    for (let next: Element | null = p; next instanceof HTMLElement && next.tagName === 'P' && next.dataset.level;) {
      const following: Element | null = list.nextElementSibling?.nextElementSibling ?? null;
      // Numbers right after dots are a list of their own.
      if (next.dataset.level === '1' && next.dataset.numbered !== kind) break;
      append(open, next, Math.min(Number(next.dataset.level), 6));
      next = following;
    }
  }
}

function append(open: HTMLElement[], p: HTMLElement, level: number): void {
  while (open.length > level) open.pop();
  const last = open[open.length - 1].lastElementChild;
  if (level > open.length && last) {
    const inner = p.ownerDocument.createElement('ul');
    last.append(inner);
    open.push(inner);
  }
  const item = p.ownerDocument.createElement('li');
  p.replaceWith();
  delete p.dataset.level;
  item.append(p);
  open[open.length - 1].append(item);
}

const kept = /^(href|colspan|rowspan|start|data-level|data-align|data-suggestion|data-name|data-comment|data-pm-slice)$/;
function strip(element: Element): void {
  for (const { name } of [...element.attributes]) if (!kept.test(name)) element.removeAttribute(name);
}
