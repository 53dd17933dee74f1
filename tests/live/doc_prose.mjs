// doc_prose.mjs TOOL [DOCUMENTS [SEED]]: documents between the editor and C, with the editor's own binding to Yjs: what the editor writes is
// read as the same tree; what C writes is the same document to the editor, which finds nothing to mend in it. "N passed, N failed".
import { spawnSync } from 'node:child_process';
import * as Y from 'yjs';
import { Schema } from 'prosemirror-model';
import { prosemirrorToYXmlFragment, updateYFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { random, sorted } from './doc_histories.mjs';

const [tool, count = '300', first = '1'] = process.argv.slice(2);
const align = { align: { default: null } }, span = { colspan: { default: 1 }, rowspan: { default: 1 } };
const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'inline*', group: 'block', attrs: align }, heading: { content: 'inline*', group: 'block', attrs: { level: { default: 1 }, ...align } },
    blockquote: { content: 'block+', group: 'block' }, bullet_list: { content: 'list_item+', group: 'block' },
    ordered_list: { content: 'list_item+', group: 'block', attrs: { order: { default: 1 } } }, list_item: { content: 'paragraph block*' },
    table: { content: 'table_row+', group: 'block' }, table_row: { content: '(table_cell | table_header)*' },
    table_cell: { content: 'block+', attrs: span }, table_header: { content: 'block+', attrs: span },
    horizontal_rule: { group: 'block' }, text: { group: 'inline' }, hard_break: { inline: true, group: 'inline' },
  },
  marks: {
    comment: { attrs: { id: {} }, excludes: '', inclusive: false }, strong: {}, em: {}, underline: {}, link: { attrs: { href: {} } },
    insertion: { attrs: { id: {}, name: { default: '' } } }, deletion: { attrs: { id: {}, name: { default: '' } } },
  },
});
const KINDS = ['doc', 'paragraph', 'heading', 'blockquote', 'bullet_list', 'ordered_list', 'list_item', 'table', 'table_row', 'table_cell', 'horizontal_rule', 'text', 'hard_break'];
const MARKS = { strong: 1, em: 2, underline: 4, insertion: 8, deletion: 16 };
let passed = 0, failed = 0;
const say = (ok, name, ...more) => { if (ok) passed++; else if (failed++ < 8) console.log(`not ok ${name}`, ...more.map((m) => '\n  ' + (typeof m === 'string' ? m : JSON.stringify(m)).slice(0, 900))); };
function ask(lines) {
  const run = spawnSync(tool, { input: lines.join('\n') + '\n', maxBuffer: 1 << 30, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the tool ended with ${run.status ?? run.signal}\n${run.stderr.slice(0, 4000)}`);
  return run.stdout.trimEnd().split('\n').map((l) => JSON.parse(l));
}
const hex = (u) => Buffer.from(u).toString('hex');

// ---- random documents of the schema
const TEXTS = ['Hei ', 'søknad', 'مرحبا بكم', '😀', 'to ord ', '"\\', '<b>&', 'e\u0301', '日本', ' '];
function marks(r) {
  const m = [];
  for (const k of ['strong', 'em', 'underline']) if (r.chance(0.2)) m.push({ type: k });
  if (r.chance(0.1)) m.push({ type: 'link', attrs: { href: r.pick(['https://example.org/å?a=1&b="', 'mailto:a@example.org', 'tel:+4712345678']) } });
  // always in one order: in Yjs formatting has none, so that neighbours that differ only in it would become one
  for (let id = 0, some = r.chance(0.25); some && id < 6; id++) if (r.chance(0.3)) m.push({ type: 'comment', attrs: { id: 'c' + id } });
  if (r.chance(0.15)) m.push({ type: r.pick(['insertion', 'deletion']), attrs: { id: 's' + r.int(5), name: r.chance(0.5) ? 'Ola "N" Ås' : '' } });
  return m;
}
const text = (r) => Array.from({ length: r.int(5) }, () => r.chance(0.12) ? { type: 'hard_break' } : { type: 'text', text: r.pick(TEXTS), marks: marks(r) });
function block(r, depth) {
  const k = r.int(depth > 3 ? 4 : 10), al = r.pick([null, null, 'center', 'end']);
  switch (k) {
    case 0: case 1: case 2: return { type: 'paragraph', attrs: { align: al }, content: text(r) };
    case 3: return r.chance(0.2) ? { type: 'horizontal_rule' } : { type: 'heading', attrs: { level: 1 + r.int(3), align: al }, content: text(r) };
    case 4: return { type: 'blockquote', content: blocks(r, depth + 1) };
    case 5: case 6: return { type: 'bullet_list', content: items(r, depth) };
    case 7: return { type: 'ordered_list', attrs: { order: r.int(12) }, content: items(r, depth) };
    default: return { type: 'table', content: Array.from({ length: 1 + r.int(3) }, (_, i) => ({ type: 'table_row', content: Array.from({ length: 1 + r.int(3) }, () => ({ type: i ? 'table_cell' : 'table_header', attrs: { colspan: 1 + r.int(2), rowspan: 1 }, content: blocks(r, depth + 2) })) })) };
  }
}
const blocks = (r, depth) => Array.from({ length: 1 + r.int(3) }, () => block(r, depth));
const items = (r, depth) => Array.from({ length: 1 + r.int(3) }, () => ({ type: 'list_item', content: [{ type: 'paragraph', content: text(r) }, ...(r.chance(0.4) ? blocks(r, depth + 1) : [])] }));

// ---- between ProseMirror and the tree; marks sorted, since comments have no order
const plain = (node) => sorted(JSON.parse(JSON.stringify(node.toJSON()), (k, v) => k === 'marks' ? v.map((m) => JSON.stringify(sorted(m))).sort() : v));
function toTree(node) {
  const t = { kind: KINDS.indexOf(node.type.name.replace('table_header', 'table_cell')), level: node.attrs.level ?? node.attrs.order ?? 0, colspan: node.attrs.colspan ?? 0, rowspan: node.attrs.rowspan ?? 0,
    header: node.type.name === 'table_header', align: ['start', 'center', 'end'].indexOf(node.attrs.align ?? 'start'), marks: 0, children: [] };
  if (node.isText) t.text = node.text;
  for (const m of node.marks) {
    t.marks |= MARKS[m.type.name] ?? 0;
    if (m.type.name === 'link') t.href = m.attrs.href;
    if (m.type.name === 'comment') t.comment = [...(t.comment?.split(' ') ?? []), m.attrs.id].join(' ');
    if (m.type.name === 'insertion' || m.type.name === 'deletion') { t.suggestion = m.attrs.id; if (m.attrs.name) t.author = m.attrs.name; }
  }
  node.forEach((c) => t.children.push(toTree(c)));
  return t;
}
const orderless = (t) => sorted(JSON.parse(JSON.stringify(t), (k, v) => k === 'comment' ? v.split(' ').sort().join(' ') : v));
function document(json) { const node = schema.nodeFromJSON(json); node.check(); return node; }
function asUpdate(node, id) { const d = new Y.Doc(); d.clientID = id; prosemirrorToYXmlFragment(node, d.getXmlFragment('prosemirror')); return d; }

const docs = [];
for (let seed = +first; seed < +first + +count; seed++) {
  const r = random(seed);
  docs.push({ seed, r, node: document({ type: 'doc', content: blocks(r, 0) }) });
}
// What the editor wrote, read by C.
ask(docs.map((d) => 'read ' + hex(Y.encodeStateAsUpdate(asUpdate(d.node, 5))))).forEach((tree, i) => {
  const want = orderless(toTree(docs[i].node)), got = orderless(tree);
  say(JSON.stringify(got) === JSON.stringify(want), `read document ${docs[i].seed}`, got, want);
});
// What C wrote, opened by the editor.
const tree = (node) => hex(Buffer.from(JSON.stringify(toTree(node))));
// Does the editor change a document when it is shown what it says itself? It does when two comments lie over one another.
function mends(doc, node) {
  let changed = 0;
  doc.on('update', () => changed++);
  doc.transact(() => updateYFragment(doc, doc.getXmlFragment('prosemirror'), node, { mapping: new Map(), isOMark: new Map() }));
  return changed > 0;
}
const keys = (f) => f.toArray().flatMap((c) => c instanceof Y.XmlText ? c.toDelta().flatMap((op) => Object.keys(op.attributes ?? {})) : keys(c)).filter((k) => k.startsWith('comment')).sort().join(' ');
let quiet = 0;
function opened(name, doc, node) {
  const fragment = doc.getXmlFragment('prosemirror'), own = asUpdate(node, 5);
  const root = yXmlFragmentToProseMirrorRootNode(fragment, schema);
  say(JSON.stringify(plain(root)) === JSON.stringify(plain(node)), name, plain(root), plain(node));
  say(keys(fragment) === keys(own.getXmlFragment('prosemirror')), `${name}: hashes of comments`);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(own));
  if (!mends(copy, node)) { quiet++; say(!mends(doc, node), `${name}: the editor mends it`); }
}
const lines = docs.map((d) => `write 9 ${tree(d.node)}`);
const again = ask(lines);
ask(lines).forEach(({ update, error }, i) => {
  const doc = new Y.Doc();
  if (error) { say(false, `write document ${docs[i].seed}: ${error}`); return; }
  say(again[i].update === update, `the same bytes for document ${docs[i].seed}`);
  Y.applyUpdate(doc, Buffer.from(update, 'hex'));
  say(doc.store.pendingStructs === null && doc.store.pendingDs === null, `write document ${docs[i].seed}: complete`);
  opened(`write document ${docs[i].seed}`, doc, docs[i].node);
});
// Restoring: another document, edited by two, replaced.
const others = docs.map((d, i) => {
  const base = asUpdate(docs[(i + 1) % docs.length].node, 5), other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(base));
  const f = other.getXmlFragment('prosemirror');
  if (d.r.chance(0.5)) f.delete(d.r.int(f.length), 1);
  f.insert(d.r.int(f.length + 1), [new Y.XmlElement('paragraph')]);
  if (d.r.chance(0.1)) f.delete(0, f.length);
  return [Y.encodeStateAsUpdate(base), Y.encodeStateAsUpdate(other)];
});
ask(docs.map((d, i) => `replace 9 ${tree(d.node)} ${others[i].map(hex).join(' ')}`)).forEach(({ update, error }, i) => {
  const doc = new Y.Doc();
  if (error) { say(false, `replace document ${docs[i].seed}: ${error}`); return; }
  for (const u of others[i]) Y.applyUpdate(doc, u);
  Y.applyUpdate(doc, Buffer.from(update, 'hex'));
  opened(`replace document ${docs[i].seed}`, doc, docs[i].node);
});
say(ask([`replace 5 ${tree(docs[0].node)} ${hex(others[0][0])}`])[0].error === 'conflict', 'a client that has written before is refused');
say(quiet > docs.length / 2, 'most documents can show that the editor mends nothing');
// What the schema demands is filled in.
const bare = (kind, children = [], more = {}) => ({ kind, level: 1, colspan: 1, rowspan: 1, marks: 0, align: 0, children, ...more });
const K = (n) => KINDS.indexOf(n);
const hollow = bare(0, [bare(K('bullet_list'), [bare(K('list_item')), bare(K('list_item'), [bare(K('heading'))])]), bare(K('table')), bare(K('blockquote')), bare(K('table'), [bare(K('table_row'), [bare(K('table_cell'))])]), bare(K('text'), [], { text: 'loose' })]);
for (const t of [bare(0), hollow]) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(ask([`write 3 ${hex(Buffer.from(JSON.stringify(t)))}`])[0].update, 'hex'));
  let ok = true;
  try { yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment('prosemirror'), schema).check(); } catch { ok = false; }
  say(ok, 'a bare tree becomes what the schema allows');
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
