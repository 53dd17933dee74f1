// check.mjs load DUMP | history TRACE DUMP: what newcomers were given, read by stock Yjs. Prints "right" or what is wrong.
import fs from 'node:fs'
import crypto from 'node:crypto'
import * as Y from 'yjs'
import * as decoding from 'lib0/decoding'

function fail (what) {
  console.log(what)
  process.exit(1)
}

// The text after these edits, made without Yjs: a gap buffer of UTF-16 units.
function textOf (trace) {
  const d = decoding.createDecoder(trace)
  const n = decoding.readVarUint(d)
  let units = new Uint16Array(1 << 20)
  let begin = 0 // of the gap
  let end = units.length
  for (let i = 0; i < n; i++) {
    const kind = decoding.readVarUint(d)
    const at = decoding.readVarUint(d)
    if (at < begin) {
      units.copyWithin(end - (begin - at), at, begin)
      end -= begin - at
      begin = at
    } else if (at > begin) {
      units.copyWithin(begin, end, end + at - begin)
      end += at - begin
      begin = at
    }
    if (kind === 1) {
      const s = decoding.readVarString(d)
      if (begin + s.length > end) fail('the text does not fit')
      for (let k = 0; k < s.length; k++) units[begin++] = s.charCodeAt(k)
    } else {
      end += decoding.readVarUint(d)
    }
  }
  return wide(units.slice(0, begin)) + wide(units.slice(end))
}

const wide = a => Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString('utf16le')
const hash = s => crypto.createHash('sha256').update(s).digest('hex')

function history (trace, dump) {
  const want = textOf(trace)
  const d = decoding.createDecoder(dump)
  const doc = new Y.Doc()
  while (decoding.hasContent(d)) Y.applyUpdate(doc, decoding.readVarUint8Array(d))
  const got = doc.getText('text').toString()
  if (got.length !== want.length || hash(got) !== hash(want)) fail(`${got.length} units ${hash(got)} instead of ${want.length} ${hash(want)}`)
}

// Every writer's letters in a row, the writers side by side.
function load (dump) {
  const docs = new Map()
  const d = decoding.createDecoder(dump)
  while (decoding.hasContent(d)) {
    const i = decoding.readVarUint(d)
    if (!docs.has(i)) docs.set(i, new Y.Doc())
    Y.applyUpdate(docs.get(i), decoding.readVarUint8Array(d))
  }
  if (!docs.size) fail('nothing was given')
  for (const [i, doc] of docs) {
    const vector = Y.decodeStateVector(Y.encodeStateVector(doc))
    let want = ''
    for (let m = 0; m < 5; m++) {
      const n = vector.get(0x10000000 + i * 8 + m) ?? 0
      for (let k = 0; k < n; k++) want += String.fromCharCode(97 + (k + m) % 26)
    }
    if (doc.getText('text').toString() !== want || !want) fail(`document ${i} reads differently`)
  }
}

const [what, ...files] = process.argv.slice(2)
if (what === 'history') history(...files.map(f => fs.readFileSync(f)))
else load(fs.readFileSync(files[0]))
console.log('right')
