// corpus.mjs DIR: small inputs for the fuzzers tests/fuzz/update_check and update_merge, below DIR (tests/fuzz).
import { writeFileSync } from 'node:fs'
import * as Y from 'yjs'
import { history } from './gen.mjs'
import { samples } from './mutants.mjs'

const dir = process.argv[2]
const small = samples()
small.forEach((s, i) => writeFileSync(`${dir}/update_check/corpus/sample_${i}`, Buffer.concat([Buffer.from([i]), s])))
for (let i = 0; i + 1 < small.length; i += 2)
  writeFileSync(`${dir}/update_merge/corpus/pair_${i}`, Buffer.concat([Buffer.from([small[i].length]), small[i], small[i + 1]]))
for (let seed = 1; seed <= 12; seed++) {
  const { updates } = history(seed)
  const some = updates.slice(0, 8)
  const merged = Y.mergeUpdates(some)
  if (merged.length < 1000) writeFileSync(`${dir}/update_check/corpus/history_${seed}`, Buffer.concat([Buffer.from([7 * seed]), merged]))
  const a = Y.mergeUpdates(some.slice(0, 4))
  const b = Y.mergeUpdates(some.slice(2, 8))
  if (a.length < 256 && b.length < 500) writeFileSync(`${dir}/update_merge/corpus/history_${seed}`, Buffer.concat([Buffer.from([a.length]), a, b]))
}
