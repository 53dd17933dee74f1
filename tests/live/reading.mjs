// What a document is, as a string to compare: content of every root, state vector, deletions, and what is pending.
import * as Y from 'yjs'
import { ROOTS } from './gen.mjs'

const sorted = (v) => {
  if (typeof v === 'bigint') return `${v}n`
  if (v instanceof Uint8Array) return { bytes: [...v] }
  if (v instanceof Y.Doc) return { guid: v.guid }
  if (v instanceof Y.AbstractType) return typeOf(v)
  if (Array.isArray(v)) return v.map(sorted)
  if (v && typeof v === 'object') return Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])]))
  return v === undefined ? 'undefined' : v
}
const delta = (t) => t.toDelta().map((op) => ({ insert: sorted(op.insert), attributes: sorted(op.attributes ?? {}) }))
const entries = (m) => sorted(Object.fromEntries([...m.entries()]))
function typeOf(t) {
  if (t instanceof Y.Text) return { text: delta(t) } // XmlText too
  if (t instanceof Y.XmlHook) return { hook: t.hookName, entries: entries(t) }
  if (t instanceof Y.XmlElement) return { name: t.nodeName, attributes: sorted(t.getAttributes()), children: t.toArray().map(sorted) }
  if (t instanceof Y.XmlFragment) return { children: t.toArray().map(sorted) }
  if (t instanceof Y.Map) return { entries: entries(t) }
  return { items: t.toArray().map(sorted) }
}

export const content = (doc) =>
  JSON.stringify([doc.getText(ROOTS.text), doc.getXmlFragment(ROOTS.xml), doc.getMap(ROOTS.map), doc.getArray(ROOTS.array)].map(typeOf))

const put = (into, client, from, to) => (into[client] ??= []).push([from, to])
const coalesced = (all) => {
  for (const list of Object.values(all)) {
    list.sort((a, b) => a[0] - b[0])
    for (let i = 1; i < list.length;) {
      if (list[i][0] > list[i - 1][1]) i++
      else list[i - 1][1] = Math.max(list[i - 1][1], list.splice(i, 1)[0][1])
    }
  }
  return all
}
const byClient = (all) => JSON.stringify(Object.keys(all).sort((a, b) => a - b).map((k) => [k, all[k]]))

// As the tool's `ranges`: what updates speak about, read by stock Yjs.
export const ranges = (...updates) => speaksAbout(updates.map(Y.decodeUpdate))
function speaksAbout(decoded) {
  const said = {}
  const deleted = {}
  for (const { structs, ds } of decoded) {
    for (const s of structs) if (s.constructor.name !== 'Skip') put(said, s.id.client, s.id.clock, s.id.clock + s.length)
    for (const [client, list] of ds.clients) for (const d of list) put(deleted, client, d.clock, d.clock + d.len)
  }
  return byClient(coalesced(said)) + byClient(coalesced(deleted))
}
export const rangesOf = (json) => byClient(json.content) + byClient(json.deleted)

export const vector = (sv) => JSON.stringify([...Y.decodeStateVector(sv)].filter(([, clock]) => clock).sort((a, b) => a[0] - b[0]))

export function whole(doc) {
  const { pendingStructs, pendingDs } = doc.store
  const ds = {}
  for (const [client, list] of Y.createDeleteSetFromStructStore(doc.store).clients) for (const d of list) put(ds, client, d.clock, d.clock + d.len)
  return [
    content(doc),
    vector(Y.encodeStateVector(doc)),
    byClient(coalesced(ds)),
    pendingStructs ? speaksAbout([Y.decodeUpdateV2(pendingStructs.update)]) : 'nothing', // Yjs keeps it in its second format
    pendingDs ? speaksAbout([Y.decodeUpdateV2(pendingDs)]) : 'nothing',
  ].join('\n')
}

// Loaded in one go, since what Yjs tidies up after a transaction depends on what was in it.
export function load(updates, gc = true) {
  const doc = new Y.Doc({ gc })
  doc.clientID = 987654321
  doc.transact(() => updates.forEach((u) => Y.applyUpdate(doc, u)))
  return doc
}
