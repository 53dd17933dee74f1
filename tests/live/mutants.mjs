// Every change of a single byte in small updates: the engine refuses it, or stock Yjs takes it without throwing.
import * as Y from 'yjs'
import { content } from './reading.mjs'

function made(id, build) {
  const doc = new Y.Doc()
  doc.clientID = id
  const said = []
  doc.on('update', (u) => said.push(u))
  build(doc)
  return said
}
const bytes = (text) => new Uint8Array(Buffer.from(text.replace(/[^0-9a-f]/g, ''), 'hex'))
const last = (list) => list[list.length - 1]

export function samples() {
  const text = (f) => made(1, (d) => f(d.getText('t')))
  const map = (f) => made(2, (d) => f(d.getMap('m')))
  const array = (f) => made(3, (d) => f(d.getArray('a')))
  const xml = (f) => made(4, (d) => d.transact(() => f(d.getXmlFragment('prosemirror'))))
  const typed = text((t) => { t.insert(0, 'ab'); t.insert(1, 'X😀'); t.delete(0, 2) })
  const bold = text((t) => { t.insert(0, 'abc'); t.format(0, 2, { b: {} }) })
  const keys = map((m) => { m.set('k', 1); m.set('k', [true, null]); m.delete('k') })
  return [
    ...typed, Y.mergeUpdates(typed), ...bold,
    last(text((t) => t.insertEmbed(0, { a: [1] }))),
    ...keys, Y.mergeUpdates(keys),
    last(map((m) => m.set('k', new Uint8Array([1, 200])))),
    last(map((m) => m.set('k', new Y.Doc({ guid: 'g' })))),
    last(array((a) => a.insert(0, [1, 'å', { k: 1.5, b: 2n ** 40n }, null]))),
    last(array((a) => a.insert(0, [new Y.Map([['x', 1]]), new Y.Text('t')]))),
    last(xml((x) => { const p = new Y.XmlElement('p'); p.setAttribute('l', 1); x.insert(0, [p]); p.insert(0, [new Y.XmlText('hi')]) })),
    last(xml((x) => x.insert(0, [new Y.XmlHook('h')]))),
    Y.mergeUpdates([typed[0], typed[2]]),
    bytes('01 01 01 00 02 01 01 61 02 04 6e756c6c 09 756e646566696e6564 00'), // JSON of old documents
    bytes('02 01 05 00 00 03 01 01 00 01 01 01 74 02 01 01 01 00 02'), // GC, Deleted
  ]
}

export async function mutants(tool, share) {
  let taken = 0
  const bad = []
  const base = Y.mergeUpdates([1, 2, 3, 4].flatMap((id) => made(id, (d) => { d.getText('t').insert(0, 'base'); d.getMap('m').set('k', 0) })))
  for (const sample of samples().filter((_, i) => i % share === 0)) {
    for (const [at, v] of await tool.json('mutants', sample)) {
      const mutant = sample.slice()
      mutant[at] = v
      taken++
      try {
        for (const start of [[], [base]]) {
          const doc = new Y.Doc()
          for (const u of [...start, mutant]) Y.applyUpdate(doc, u)
          const state = Y.encodeStateAsUpdate(doc)
          Y.applyUpdate(new Y.Doc(), state)
          content(doc)
        }
      } catch (e) {
        bad.push(`${Buffer.from(mutant).toString('hex')}: ${e.message}`)
      }
    }
  }
  return { taken, bad }
}
