// diff.mjs TOOL FIRST_SEED COUNT [CHECK...]: the engine beside stock Yjs; closes with "N passed, N failed".
import { history, chance } from './gen.mjs'
import { openTool } from './tool.mjs'
import { checks } from './checks.mjs'
import { mutants } from './mutants.mjs'
import { load, whole } from './reading.mjs'
import * as Y from 'yjs'

const [program, first, count, ...names] = process.argv.slice(2)
const tool = openTool(program)
const chosen = Object.entries(checks).filter(([name]) => !names.length || names.includes(name))
let passed = 0
let failed = 0
let skipped = 0
const say = (ok, text) => {
  if (ok) passed++
  else {
    failed++
    console.log(`not ok ${text}`)
  }
}

for (let seed = +first; seed < +first + +count; seed++) {
  if (seed > +first && (seed - first) % 1000 === 0) console.log(`# ${seed - first} histories, ${failed} failed`)
  const h = history(seed)
  const loaded = whole(load(h.updates))
  // Stock Yjs beside itself: where its own merge reads otherwise there is nothing to compare with.
  if (whole(load([Y.mergeUpdates(h.updates)])) !== loaded) {
    skipped++
    continue
  }
  for (const [name, check] of chosen) {
    try {
      await check(h, { tool, r: chance(seed ^ 0x5eed), loaded })
      say(true)
    } catch (e) {
      say(false, `${name}, seed ${seed}: ${e.message}`)
      if (e.message.startsWith('the tool ended')) process.exitCode = 1
    }
  }
}
if (skipped) console.log(`# ${skipped} histories that stock Yjs does not merge to the same`)
say(skipped * 50 <= +count, `too many histories are not compared: ${skipped}`)

if (!names.length || names.includes('mutants')) {
  const { taken, bad } = await mutants(tool, +count < 1000 ? 9 : 1)
  for (const line of bad.slice(0, 20)) console.log(`# ${line}`)
  say(bad.length === 0, `${bad.length} of ${taken} mutated updates pass the check and make stock Yjs throw`)
  say(taken > 100, `only ${taken} mutated updates passed the check, so that this says nothing`)
  console.log(`# ${taken} mutated updates pass the check`)
}
tool.close()
console.log(`${passed} passed, ${failed} failed`)
if (failed) process.exitCode = 1
