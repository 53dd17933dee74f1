// What must hold of the engine, one function each: (history, context) throws where it does not. diff.mjs runs all of them for each history.
import * as Y from 'yjs'
import { load, ranges, rangesOf, vector, whole } from './reading.mjs'

function same(got, want, what) {
  if (got === want) return
  const a = got.split('\n')
  const b = want.split('\n')
  const i = a.findIndex((line, at) => line !== b[at])
  throw new Error(`${what}\n  got    ${a[i]?.slice(0, 1500)}\n  wanted ${b[i]?.slice(0, 1500)}`)
}
const shuffled = (r, list) => {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = r.below(i + 1)
    ;[out[i], out[j]] = [out[j], out[i]]
  }
  return out
}
// Written anew by stock Yjs, so that only meaning is compared.
const rewritten = (update) => Buffer.from(Y.diffUpdate(update, new Uint8Array([0]))).toString('hex')

// The engine's answer is of the form it asks of others.
async function sound(tool, update, what) {
  const answer = await tool.text('check', update)
  if (answer !== 'yes') throw new Error(`${what} is refused: ${answer}`)
}

async function takes({ updates, moments }, { tool }) {
  const all = [...updates, ...moments.map((m) => m.state)]
  await Promise.all(all.map((u) => sound(tool, u, 'what a stock client sends')))
}

async function merges({ updates }, { tool, r, loaded }) {
  const ways = {
    'in order': updates,
    shuffled: shuffled(r, updates),
    'with duplicates': shuffled(r, [...updates, ...updates.filter(() => r.percent(40))]),
    'in two steps': [await tool.bytes('merge', ...updates.slice(0, updates.length / 2)), ...updates.slice(updates.length / 2)],
    'the second half first': [...updates.slice(updates.length / 2), await tool.bytes('merge', ...updates.slice(0, updates.length / 2))],
  }
  for (const [way, list] of Object.entries(ways)) {
    const merged = await tool.bytes('merge', ...list)
    same(whole(load([merged])), loaded, `merged ${way}`)
    same(rangesOf(await tool.json('ranges', merged)), ranges(...updates), `ranges, merged ${way}`)
    await sound(tool, merged, `merged ${way}`)
  }
}

// What stock Yjs reads out of updates with something missing. Given one by one it sometimes keeps waiting for what has come already, where
// it does not when it has merged them itself: then that is the measure.
function stock(got, updates) {
  const plain = whole(load(updates))
  return got === plain ? plain : whole(load([Y.mergeUpdates(updates)]))
}
function sameAsStock(got, updates, what) {
  same(got, stock(got, updates), what)
}

async function gaps({ updates }, { tool, r, loaded }) {
  const some = updates.filter(() => r.percent(70))
  const rest = updates.filter((u) => !some.includes(u))
  const merged = await tool.bytes('merge', ...shuffled(r, some))
  sameAsStock(whole(load([merged])), some, 'merged with a part missing')
  sameAsStock(whole(load([await tool.bytes('compact', merged)])), some, 'compacted with a part missing')
  same(rangesOf(await tool.json('ranges', ...some)), ranges(...some), 'ranges of several updates')
  same(vector(await tool.bytes('sv', merged)), vector(Y.encodeStateVectorFromUpdate(merged)), 'state vector with a part missing')
  await sound(tool, merged, 'merged with a part missing')
  const full = await tool.bytes('merge', await tool.bytes('compact', merged), ...rest)
  same(whole(load([full])), loaded, 'the missing part behind the compacted one')
}

async function vectors({ updates }, { tool }) {
  const merged = await tool.bytes('merge', ...updates)
  same(vector(await tool.bytes('sv', merged)), vector(Y.encodeStateVectorFromUpdate(merged)), 'state vector')
  await Promise.all(updates.map(async (u) => same(rangesOf(await tool.json('ranges', u)), ranges(u), 'ranges of one update')))
}

async function news({ updates }, { tool, r }) {
  const known = updates.slice(0, r.below(updates.length + 1))
  const before = ranges(...known)
  for (const u of shuffled(r, updates).slice(0, 6)) {
    const want = ranges(...known, u) !== before
    same(await tool.text('new', u, ...known), String(want), 'is it new')
  }
}

async function diffs({ updates, moments }, { tool, r }) {
  const merged = await tool.bytes('merge', ...updates)
  for (const m of moments) {
    const missing = await tool.bytes('diff', merged, m.sv)
    same(whole(load([m.state, missing])), whole(load([m.state, ...updates])), 'state and what it lacks')
    await sound(tool, missing, 'a diff')
  }
  for (let i = 0; i < 4; i++) {
    const clocks = [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(merged))].map(([client, clock]) => [client, r.below(clock + 3)])
    const sv = Y.encodeStateVector(new Map(clocks.filter(() => r.percent(80))))
    same(rewritten(await tool.bytes('diff', merged, sv)), rewritten(Y.diffUpdate(merged, sv)), 'a diff at any clocks')
  }
}

async function compacts({ updates }, { tool, loaded }) {
  const merged = await tool.bytes('merge', ...updates)
  const compact = await tool.bytes('compact', merged)
  same(whole(load([compact])), loaded, 'compacted')
  same(rangesOf(await tool.json('ranges', compact)), ranges(merged), 'ranges, compacted')
  await sound(tool, compact, 'compacted')
  same(Buffer.from(await tool.bytes('compact', compact)).toString('hex'), Buffer.from(compact).toString('hex'), 'compacted twice')
  same(Buffer.from(await tool.bytes('merge_compact', ...updates)).toString('hex'), Buffer.from(compact).toString('hex'), 'merged and compacted in one')
  const half = await tool.bytes('merge_compact', ...updates.slice(0, updates.length / 2))
  same(whole(load([await tool.bytes('merge_compact', half, ...updates.slice(updates.length / 2))])), loaded, 'compacted in two steps')
}

// Until both have all of the other: what each tidied up by itself has come to the other too.
function exchange(a, b) {
  for (let i = 0; i < 4; i++) {
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  }
}

// Somebody who was there all the time, and the compacted document.
async function meets({ updates, live }, { tool, r }) {
  const one = r.one(live)
  const compact = await tool.bytes('merge_compact', ...updates)
  const fresh = load([compact])
  Y.applyUpdate(one, await tool.bytes('diff', compact, Y.encodeStateVector(one)))
  same(vector(Y.encodeStateVector(one)), vector(Y.encodeStateVector(fresh)), 'a live client beside the compacted document')
  exchange(one, fresh)
  same(whole(one), whole(fresh), 'a live client and the compacted document, exchanged')
  const stored = await tool.bytes('merge_compact', compact, Y.encodeStateAsUpdate(one))
  const again = load([stored])
  exchange(one, again)
  same(whole(one), whole(again), 'what both stored')
}

export const checks = { takes, merges, gaps, vectors, news, diffs, compacts, meets }
