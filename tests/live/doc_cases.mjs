// Cases thought out by hand: those in which ports of Yjs have gone wrong.
import * as Y from 'yjs';
import { stock, ROOTS, KIND } from './doc_histories.mjs';

const doc = (id, ...from) => { const d = new Y.Doc(); d.clientID = id; for (const u of from) Y.applyUpdate(d, u); return d; };
const made = (id, from, edit) => { const d = doc(id, ...from), out = []; d.on('update', (u) => out.push(u)); edit(d); return out; };
function permutations(list) { return list.length < 2 ? [list] : list.flatMap((x, i) => permutations(list.filter((_, j) => j !== i)).map((p) => [x, ...p])); }

export function cases() {
  const out = [];
  const add = (name, updates, { roots, want, leave } = {}) => out.push({ name, updates, roots, want: want ?? stock(updates, roots ?? ROOTS), leave });
  const orders = (name, parts, opt) => permutations(parts).forEach((p, i) => add(`${name}, order ${i}`, p, opt));
  const base = (edit) => made(9, [], edit);

  { // five clients at one place
    const b = base((d) => d.getText('t').insert(0, 'ab'));
    const parts = [1, 2, 3, 4, 5].map((id) => made(id, b, (d) => { d.getText('t').insert(1, `${id}x`); })[0]);
    permutations(parts).forEach((p, i) => add(`five inserts at one place, order ${i}`, [...b, ...p]));
    permutations(parts).forEach((p, i) => i % 7 === 0 && add(`five inserts, base last, order ${i}`, [...p, ...b]));
  }
  { // at the start and at the end of nothing; runs do not interleave
    const parts = [7, 3, 5].map((id) => made(id, [], (d) => { for (const c of 'abc') d.getText('t').insert(d.getText('t').length, c + id); }));
    orders('typed at once in an empty text', parts.map((p) => Y.mergeUpdates(p)));
    const back = [7, 3, 5].map((id) => Y.mergeUpdates(made(id, [], (d) => { for (const c of 'abc') d.getText('t').insert(0, c + id); })));
    orders('typed backwards at once', back);
  }
  { // right origins decide
    const b = base((d) => d.getText('t').insert(0, 'AZ'));
    const one = made(1, b, (d) => { d.getText('t').insert(1, 'x'); d.getText('t').insert(1, 'y'); });
    const two = made(2, b, (d) => { d.getText('t').insert(1, 'p'); d.getText('t').insert(2, 'q'); });
    const three = made(3, [...b, one[0]], (d) => { d.getText('t').insert(1, 'm'); d.getText('t').insert(3, 'n'); });
    orders('right origins', [Y.mergeUpdates(b), Y.mergeUpdates(one), Y.mergeUpdates(two), Y.mergeUpdates(three)]);
  }
  { // into a run while it is deleted
    const b = base((d) => d.getText('t').insert(0, 'abcdef'));
    const parts = [made(1, b, (d) => d.getText('t').delete(1, 4))[0], made(2, b, (d) => d.getText('t').insert(3, 'NEW'))[0], made(3, b, (d) => d.getText('t').delete(2, 1))[0]];
    orders('into a run while it is deleted', [b[0], ...parts]);
  }
  { // child before parent; parent deleted before the child arrives; attribute on a deleted element
    const b = base((d) => d.getXmlFragment('x').insert(0, [new Y.XmlElement('p')]));
    const child = made(1, b, (d) => d.getXmlFragment('x').get(0).insert(0, [new Y.XmlText('child')]));
    const attr = made(2, b, (d) => d.getXmlFragment('x').get(0).setAttribute('k', 'v'));
    const gone = made(3, b, (d) => d.getXmlFragment('x').delete(0, 1));
    orders('child, attribute, deleted parent', [b[0], child[0], attr[0], gone[0]]);
    const collected = doc(4, ...b, ...gone); // its state has GC where the children were
    add('state after the parent was collected', [Y.encodeStateAsUpdate(collected), child[0], attr[0]]);
    add('child without parent', [child[0]]);
    add('deletion without what it deletes', [gone[0]]);
  }
  { // map: write against delete, write against write
    const b = base((d) => d.getMap('m').set('k', 1));
    orders('map write and delete', [b[0], made(1, b, (d) => d.getMap('m').set('k', 2))[0], made(2, b, (d) => d.getMap('m').delete('k'))[0], made(3, b, (d) => d.getMap('m').set('k', new Y.Map([['n', 1]])))[0]]);
    const chain = [...b, ...made(1, b, (d) => { for (let i = 0; i < 50; i++) d.getMap('m').set('k', i); })];
    add('key written again and again', chain);
    add('key written again and again, backwards', [...chain].reverse());
    orders('map without a common past', [1, 2, 3].map((id) => made(id, [], (d) => d.getMap('m').set('k', id))[0]));
  }
  { // undo of a delete
    const d = doc(5), u = []; d.on('update', (x) => u.push(x));
    const m = new Y.UndoManager(d.getText('t'), { captureTimeout: 0 });
    d.getText('t').insert(0, 'keep this 😀 text'); d.getText('t').delete(3, 8); m.undo(); m.undo(); m.redo(); m.redo(); m.undo();
    add('undo of a delete', u); add('undo of a delete, backwards', [...u].reverse());
  }
  { // 50 deep
    const u = made(6, [], (d) => { let m = d.getMap('m'); for (let i = 0; i < 50; i++) { const n = i % 3 ? new Y.Map() : new Y.Array(); if (m instanceof Y.Map) m.set('in', n); else m.push([n]); m = n; } });
    add('nested 50 deep', u); add('nested 50 deep, backwards', [...u].reverse());
    add('nested 50 deep, then the outermost deleted', [...u, ...made(7, u, (d) => d.getMap('m').delete('in'))]);
  }
  { // surrogate pairs cut in two
    const b = base((d) => d.getText('t').insert(0, 'a😀😀b'));
    for (let at = 0; at <= 6; at++) add(`insert at unit ${at} of pairs`, [...b, ...made(1, b, (d) => d.getText('t').insert(at, 'X'))]);
    for (let at = 0; at < 6; at++) for (const len of [1, 2, 3]) if (at + len <= 6) add(`delete ${len} from unit ${at} of pairs`, [...b, ...made(1, b, (d) => d.getText('t').delete(at, len))]);
    add('pairs cut everywhere', [...b, ...[1, 2, 3, 4, 5].flatMap((at) => made(at, b, (d) => d.getText('t').insert(at, String(at))))]);
  }
  { // formatting that overlaps
    const b = base((d) => d.getText('t').insert(0, 'overlapping'));
    orders('formatting at once', [b[0], made(1, b, (d) => d.getText('t').format(0, 6, { strong: {} }))[0], made(2, b, (d) => d.getText('t').format(3, 6, { em: {} }))[0], made(3, b, (d) => d.getText('t').format(2, 7, { strong: null, link: { href: 'x' } }))[0]]);
    add('a value that is the word null', made(1, [], (d) => d.getText('t').insert(0, 'a', { k: 'null' })));
  }
  { // clients at the ends of the range; an array of several values cut
    orders('clients 0 and 2^53-1', [0, 9007199254740991].map((id) => made(id, [], (d) => d.getArray('a').push([id, 'two', [3]]))[0]));
    const b = base((d) => d.getArray('a').push([1, { two: 2 }, 'three', [4], null, 6]));
    orders('array cut', [b[0], made(1, b, (d) => d.getArray('a').insert(2, ['in']))[0], made(2, b, (d) => d.getArray('a').delete(3, 2))[0], made(3, b, (d) => d.getArray('a').insert(5, [new Y.Text('t')]))[0]]);
  }
  { // legacy JSON content, written by hand: client 1, array a: ["x", undefined, {"k":1}]
    const raw = Uint8Array.from([1, 1, 1, 0, 2, 1, 1, 97, 3, 3, 34, 120, 34, 9, ...Buffer.from('undefined'), 7, ...Buffer.from('{"k":1}'), 0]);
    add('legacy JSON', [raw]);
    add('legacy JSON cut', [raw, Uint8Array.from([0, 1, 1, 1, 1, 1])]);
  }
  add('nothing', [Uint8Array.from([0, 0])]);
  add('a root read as another kind', base((d) => d.getMap('other').set('k', 1)), { roots: [['other', KIND.array], ['other2', KIND.text]] });
  return out;
}
