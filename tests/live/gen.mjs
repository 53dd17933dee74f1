// Random histories by stock Yjs: several clients, some offline, some slow, writing text, XML, maps and arrays, and taking it back.
// As a program: gen.mjs FIRST_SEED COUNT prints one history a line as JSON. The same seed gives the same bytes.
import * as Y from 'yjs'
import { hex } from './tool.mjs'

export function chance(seed) {
  let state = (seed * 2654435761) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (n) => next() % n
  return { below, one: (list) => list[below(list.length)], percent: (p) => below(100) < p, word: next }
}

export const ROOTS = { text: 't', xml: 'prosemirror', map: 'm', array: 'a' }
const WORDS = ['a', 'b', 'hei ', 'å', 'ø𝄞', '😀', 'مرحبا', 'e\u0301', '\n', 'line of text, ', '😀😀z', '\ufeff', 'x'.repeat(40), '日本']
const MARKS = [{ strong: {} }, { em: {} }, { strong: null }, { em: null }, { link: { href: '/å' } }, { 'comment--abcdefgh': { id: '7' } }, { strong: true }]
const NODES = ['paragraph', 'heading', 'list_item', 'table']

const range = (r, length) => {
  const from = r.below(length + 1)
  return [from, Math.min(length - from, 1 + r.below(6))]
}
// An index that is not inside of a surrogate pair: stock peers damage only their own copy when a format begins there.
const inUnits = (text) => text.toDelta().map((op) => (typeof op.insert === 'string' ? op.insert : '.')).join('')
const whole = (text, i) => (/[\udc00-\udfff]/.test(inUnits(text)[i] ?? '') ? i - 1 : i)

function value(r, deep) {
  switch (r.below(deep ? 13 : 9)) {
    case 0: return r.below(1000)
    case 1: return -r.below(5)
    case 2: return r.one(WORDS)
    case 3: return null
    case 4: return r.percent(50)
    case 5: return r.word() / 7
    case 6: return { k: r.below(9), [r.one(WORDS)]: [r.below(3), { deep: [] }] }
    case 7: return new Uint8Array([r.below(256), 255])
    case 8: return 2 ** 33 + r.below(9)
    case 9: return new Y.Map([[r.one(['x', 'y']), r.below(9)]])
    case 10: return Y.Array.from([1, r.one(WORDS)])
    case 11: return new Y.Text(r.one(WORDS))
    default: return new Y.Doc({ guid: 'sub' + r.below(5) })
  }
}

function editText(r, text) {
  const n = text.length
  const [from, count] = range(r, n)
  switch (r.below(8)) {
    case 0:
    case 1:
    case 2: return text.insert(r.percent(10) ? from : whole(text, from), r.one(WORDS))
    case 3: return text.insert(whole(text, from), r.one(WORDS), r.one(MARKS))
    case 4: return count && text.delete(from, count)
    case 5: {
      const start = whole(text, from)
      const end = whole(text, Math.min(n, start + count))
      return end > start && text.format(start, end - start, r.one(MARKS))
    }
    case 6: return text.insertEmbed(whole(text, from), { image: r.below(9) })
    default: return n > 3 && text.delete(0, r.below(n))
  }
}

function editXml(r, fragment) {
  let at = fragment
  while (at.length && r.percent(75)) {
    const child = at.get(r.below(at.length))
    if (child instanceof Y.XmlText) return editText(r, child)
    if (child instanceof Y.XmlHook) return child.set(r.one(['p', 'q']), value(r, false))
    at = child
  }
  const [from, count] = range(r, at.length)
  switch (r.below(7)) {
    case 0:
    case 1:
    case 2: {
      const node = new Y.XmlElement(r.one(NODES))
      node.insert(0, [new Y.XmlText(r.one(WORDS))])
      if (r.percent(40)) node.setAttribute('align', r.one(['left', 'right', 7, null]))
      return at.insert(from, [node])
    }
    case 3: return at.insert(from, [new Y.XmlText(r.one(WORDS))])
    case 4: return at.insert(from, [new Y.XmlHook('hook')])
    case 5: return count && at.delete(from, count)
    default:
      if (at === fragment) return undefined
      return r.percent(70) ? at.setAttribute(r.one(['level', 'align']), value(r, false)) : at.removeAttribute('align')
  }
}

function editMap(r, map) {
  const key = r.one(['a', 'b', 'å', 'long key'])
  const inner = map.get(key)
  if (inner instanceof Y.Map && r.percent(60)) return editMap(r, inner)
  if (inner instanceof Y.Array && r.percent(60)) return editArray(r, inner)
  if (inner instanceof Y.Text && r.percent(60)) return editText(r, inner)
  return r.percent(80) ? map.set(key, value(r, true)) : map.delete(key)
}

function editArray(r, array) {
  const [from, count] = range(r, array.length)
  if (array.length && r.percent(25)) {
    const inner = array.get(r.below(array.length))
    if (inner instanceof Y.Map) return editMap(r, inner)
    if (inner instanceof Y.Text) return editText(r, inner)
  }
  if (r.percent(30)) return count && array.delete(from, count)
  const many = 1 + r.below(3)
  return array.insert(from, Array.from({ length: many }, () => value(r, true)))
}

function client(r, id, log) {
  const doc = new Y.Doc({ gc: !r.percent(15) })
  doc.clientID = id
  const roots = [doc.getText(ROOTS.text), doc.getXmlFragment(ROOTS.xml), doc.getMap(ROOTS.map), doc.getArray(ROOTS.array)]
  const undo = new Y.UndoManager(roots, { captureTimeout: 0 })
  const self = { doc, roots, undo, inbox: [], offline: r.percent(20) }
  doc.on('update', (update, origin, _, transaction) => {
    if (!transaction.local) return
    log.push(update)
    self.sent?.(update)
  })
  return self
}

function edit(r, c) {
  const [text, xml, map, array] = c.roots
  const one = () => {
    switch (r.below(12)) {
      case 0:
      case 1:
      case 2:
      case 3: return editText(r, text)
      case 4:
      case 5:
      case 6: return editXml(r, xml)
      case 7:
      case 8: return editMap(r, map)
      case 9: return editArray(r, array)
      case 10: return c.undo.undo()
      default: return c.undo.redo()
    }
  }
  if (r.percent(25)) c.doc.transact(() => { for (let i = r.below(5); i >= 0; i--) one() })
  else one()
}

const ids = (r, n) => {
  const set = new Set()
  while (set.size < n) set.add(r.percent(10) ? r.one([0, 1, 127, 128, 2 ** 53 - 1]) : r.word())
  return [...set]
}

// { seed, updates, moments: [{ sv, state }] }: everything any client said, in the order it was said, and what somebody had in between.
export function history(seed) {
  const r = chance(seed)
  const updates = []
  const moments = []
  const clients = ids(r, 1 + r.below(4)).map((id) => client(r, id, updates))
  for (const c of clients) c.sent = (u) => clients.forEach((o) => o !== c && o.inbox.push(u))
  for (let step = 8 + r.below(60); step > 0; step--) {
    const c = r.one(clients)
    if (r.percent(5)) c.offline = !c.offline
    if (!c.offline && r.percent(60)) for (const u of c.inbox.splice(0, 1 + r.below(c.inbox.length + 1))) Y.applyUpdate(c.doc, u, 'network')
    edit(r, c)
    if (r.percent(6)) moments.push({ sv: Y.encodeStateVector(c.doc), state: Y.encodeStateAsUpdate(c.doc) })
  }
  for (const c of clients) c.undo.destroy()
  return { seed, updates, moments, live: clients.map((c) => c.doc) }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [first, count] = process.argv.slice(2).map(Number)
  for (let seed = first; seed < first + count; seed++) {
    const { updates, moments } = history(seed)
    console.log(JSON.stringify({ seed, updates: updates.map(hex), moments: moments.map((m) => ({ sv: hex(m.sv), state: hex(m.state) })) }))
  }
}
