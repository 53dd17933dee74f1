// Random histories of several stock clients, from a seed: the same seed gives the same history.
import * as Y from 'yjs';

export const KIND = { array: 0, map: 1, text: 2, element: 3, fragment: 4, hook: 5, xmlText: 6 };
export const ROOTS = [['t', KIND.text], ['x', KIND.fragment], ['m', KIND.map], ['a', KIND.array]];
const TYPE = [Y.Array, Y.Map, Y.Text, Y.XmlElement, Y.XmlFragment, Y.XmlHook, Y.XmlText];

export function random(seed) { // mulberry32
  let s = seed >>> 0;
  const next = () => { s = (s + 0x6d2b79f5) >>> 0; let t = Math.imul(s ^ (s >>> 15), 1 | s); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  const int = (n) => Math.floor(next() * n);
  return { next, int, pick: (list) => list[int(list.length)], chance: (p) => next() < p,
    shuffle: (list) => { const v = [...list]; for (let i = v.length - 1; i > 0; i--) { const j = int(i + 1); [v[i], v[j]] = [v[j], v[i]]; } return v; } };
}

const WORDS = ['a', 'bc', 'word ', 'søknad', '😀', 'a😀b', 'مرحبا', 'שלום', '\n', '"\\', '\u0001', '\u2028', 'लं', '👩‍👧'];
const VALUES = [null, true, false, 0, -1, 63, 64, -64, 8192, 2147483647, -2147483648, 2147483648, 1.5, 0.1, -0.25, 1e300, 'text', '', [1, [2, 'x']], { k: 1, l: { m: [null] } }, 9007199254740991, new Uint8Array([1, 2, 3]), 12345678901234567890n % 9000000000000000000n];
const MARKS = [['strong', {}], ['strong', null], ['em', {}], ['em', null], ['link', { href: 'https://example.org' }], ['link', null], ['comment--aaaaaaaa', { id: 'c1' }], ['comment--aaaaaaaa', null]];

function editText(r, t, stock) {
  const n = t.length, at = safeAt(t, r.int(n + 1));
  switch (r.int(6)) {
    case 0: case 1: t.insert(at, r.pick(WORDS)); break;
    case 2: t.insert(at, r.pick(WORDS), Object.fromEntries([r.pick(MARKS)])); break;
    case 3: if (n) cut(t, at, r.int(6)); break;
    case 4: if (n) { const end = safeAt(t, Math.min(n, at + 1 + r.int(8))); if (end > at) t.format(at, end - at, Object.fromEntries([r.pick(MARKS)])); } break;
    case 5: if (stock && r.chance(0.4)) t.insertEmbed(at, { image: r.int(9) }, r.chance(0.5) ? { em: {} } : {}); else t.insert(at, 'xyz'); break;
  }
}
// Editors do not put an index into a surrogate pair; stock clients damage their own copy when one does.
function safeAt(t, at) { const s = plain(t); return at > 0 && at < s.length && s.charCodeAt(at) >= 0xdc00 && s.charCodeAt(at) < 0xe000 ? at - 1 : at; }
function plain(t) { let s = ''; for (const d of t.toDelta()) s += typeof d.insert === 'string' ? d.insert : '\ufffc'; return s; }
function cut(t, at, len) { const end = safeAt(t, Math.min(t.length, at + 1 + len)); if (end > at) t.delete(at, end - at); }

function newXml(r, depth) {
  if (r.chance(0.4)) { const t = new Y.XmlText(); t.insert(0, r.pick(WORDS), r.chance(0.3) ? { strong: {} } : undefined); return t; }
  if (r.chance(0.05)) return new Y.XmlHook('hook');
  const e = new Y.XmlElement(r.pick(['paragraph', 'heading', 'list_item', 'table']));
  if (r.chance(0.5)) e.setAttribute(r.pick(['level', 'align']), r.pick(['1', 2, { x: 1 }]));
  if (depth < 3) e.insert(0, Array.from({ length: r.int(3) }, () => newXml(r, depth + 1)));
  return e;
}
function editXml(r, f, depth = 0) {
  const children = f.toArray();
  const child = children.length ? r.pick(children) : null;
  switch (r.int(6)) {
    case 0: f.insert(r.int(children.length + 1), [newXml(r, 0)]); break;
    case 1: if (children.length) f.delete(r.int(children.length), 1); break;
    case 2: case 3: case 4:
      if (child instanceof Y.XmlText) editText(r, child, false);
      else if (child instanceof Y.XmlElement && depth < 5) editXml(r, child, depth + 1);
      else f.insert(0, [newXml(r, 0)]);
      break;
    case 5:
      if (f instanceof Y.XmlElement) { const k = r.pick(['level', 'align', 'order']); if (r.chance(0.3)) f.removeAttribute(k); else f.setAttribute(k, r.pick(VALUES)); }
      else if (child instanceof Y.XmlText) child.setAttribute('lang', 'nb');
      else f.insert(children.length, [newXml(r, 0)]);
  }
}
function newType(r) { const T = r.pick([Y.Array, Y.Map, Y.Text]); return new T(); }
function editMap(r, m, depth = 0) {
  const k = r.pick(['a', 'b', 'cé', 'd']), was = m.get(k);
  if (was instanceof Y.AbstractType && depth < 6 && r.chance(0.6)) return editAny(r, was, depth + 1);
  if (r.chance(0.25)) m.delete(k);
  else m.set(k, r.chance(0.3) ? newType(r) : r.chance(0.04) ? new Y.Doc({ guid: 'sub' }) : r.pick(VALUES));
}
function editArray(r, a, depth = 0) {
  const n = a.length, at = r.int(n + 1), was = n ? a.get(r.int(n)) : null;
  if (was instanceof Y.AbstractType && depth < 6 && r.chance(0.5)) return editAny(r, was, depth + 1);
  if (n && r.chance(0.3)) a.delete(r.int(n), 1);
  else a.insert(at, r.chance(0.25) ? [newType(r)] : Array.from({ length: 1 + r.int(4) }, () => r.pick(VALUES.slice(0, -1))));
}
function editAny(r, t, depth) { if (t instanceof Y.Map) editMap(r, t, depth); else if (t instanceof Y.Array) editArray(r, t, depth); else editText(r, t, true); }

// {updates, docs}: updates in an order in which every one can be integrated.
export function history(seed, { clients = 0, edits = 0 } = {}) {
  const r = random(seed), n = clients || 1 + r.int(4), updates = [];
  const docs = Array.from({ length: n }, (_, i) => {
    const d = new Y.Doc({ gc: r.chance(0.7) });
    d.clientID = r.chance(0.1) ? [0, 9007199254740991, 1, 4294967295, 2][i] ?? i + 5 : 1 + r.int(4294967294);
    d.on('update', (u, origin) => { if (origin !== 'remote') updates.push(u); });
    return d;
  });
  const undo = docs.map((d) => r.chance(0.4) ? new Y.UndoManager(ROOTS.map(([k, kind]) => d.get(k, TYPE[kind])), { captureTimeout: 0 }) : null);
  const only = r.chance(0.5) ? r.pick(ROOTS)[0] : null;
  const total = edits || 3 + r.int(r.chance(0.1) ? 150 : 40);
  for (let i = 0; i < total; i++) {
    const k = r.int(n), d = docs[k];
    if (r.chance(0.2)) { const from = r.pick(docs); if (from !== d) Y.applyUpdate(d, Y.encodeStateAsUpdate(from, Y.encodeStateVector(d)), 'remote'); }
    const root = only ?? r.pick(ROOTS)[0];
    const act = () => {
      if (root === 't') editText(r, d.getText('t'), true);
      else if (root === 'x') editXml(r, d.getXmlFragment('x'));
      else if (root === 'm') editMap(r, d.getMap('m'));
      else editArray(r, d.getArray('a'));
    };
    if (undo[k] && r.chance(0.15)) { if (r.chance(0.7)) undo[k].undo(); else undo[k].redo(); }
    else if (r.chance(0.3)) d.transact(() => { for (let j = 1 + r.int(5); j > 0; j--) act(); });
    else act();
  }
  return { updates, docs, r };
}

// ---- what stands in a type, in the form ydoc_json has
export function sorted(v) {
  if (Array.isArray(v)) return v.map(sorted);
  if (v && typeof v === 'object') return Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])]));
  return v;
}
function value(v) {
  if (v === undefined || v === null) return null;
  if (v instanceof Y.AbstractType) return read(v, kindOf(v));
  if (v instanceof Y.Doc) return { guid: v.guid };
  if (v instanceof Uint8Array) return Buffer.from(v).toString('base64');
  if (typeof v === 'bigint') return String(v);
  if (typeof v === 'number') return Number.isFinite(v) ? v : null;
  if (Array.isArray(v)) return v.map(value);
  if (typeof v === 'object') return Object.fromEntries(Object.entries(v).filter(([, w]) => w !== undefined).map(([k, w]) => [k, value(w)]));
  return v;
}
const kindOf = (t) => t instanceof Y.XmlText ? KIND.xmlText : t instanceof Y.Text ? KIND.text : t instanceof Y.XmlElement ? KIND.element : t instanceof Y.XmlFragment ? KIND.fragment
  : t instanceof Y.XmlHook ? KIND.hook : t instanceof Y.Map ? KIND.map : KIND.array;
export function delta(list) {
  const out = [];
  for (const d of list) {
    const op = { insert: typeof d.insert === 'string' ? d.insert : value(d.insert) };
    if (d.attributes && Object.keys(d.attributes).length) op.attributes = value(d.attributes);
    const last = out[out.length - 1];
    if (last && typeof last.insert === 'string' && typeof d.insert === 'string' && JSON.stringify(sorted(last.attributes ?? {})) === JSON.stringify(sorted(op.attributes ?? {}))) last.insert += op.insert;
    else out.push(op);
  }
  return out;
}
const entries = (t) => { const o = {}; for (const [k, i] of t._map) if (!i.deleted) { const v = i.content.getContent()[i.length - 1]; if (v !== undefined) o[k] = value(v); } return o; };
export function read(t, kind) {
  switch (kind) {
    case KIND.text: case KIND.xmlText: return delta(t.toDelta());
    case KIND.map: return entries(t);
    case KIND.array: return t.toArray().map(value);
    case KIND.element: return { name: t.nodeName, attributes: entries(t), children: t.toArray().map(value) };
    case KIND.hook: return { hook: t.hookName, attributes: entries(t) };
    default: return t.toArray().map(value);
  }
}
// Yjs' reading of these updates, all in one transaction and before Yjs cleans up formatting of its own accord.
export function stock(updates, roots = ROOTS) {
  const d = new Y.Doc(), out = {};
  d.transact(() => {
    Y.applyUpdate(d, updates.length === 1 ? updates[0] : Y.mergeUpdates(updates));
    out.roots = roots.map(([name, kind]) => sorted(read(d.get(name, TYPE[kind]), kind)));
    out.sv = Object.fromEntries([...Y.decodeStateVector(Y.encodeStateVector(d))].filter(([, c]) => c > 0).map(([k, c]) => [String(k), c]));
    out.ds = Object.fromEntries([...Y.createDeleteSetFromStructStore(d.store).clients].map(([k, list]) => [String(k), joined(list)]));
    out.pending = d.store.pendingStructs !== null || d.store.pendingDs !== null;
  });
  d.destroy();
  return out;
}
function joined(list) {
  const out = [];
  for (const { clock, len } of [...list].sort((a, b) => a.clock - b.clock)) { const last = out[out.length - 1]; if (last && last[1] >= clock) last[1] = Math.max(last[1], clock + len); else out.push([clock, clock + len]); }
  return out;
}
