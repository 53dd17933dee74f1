// doc_diff.mjs TOOL [HISTORIES [SEED]]: the C reading of documents against that of Yjs, over random histories and cases thought out by
// hand. Closes with "N passed, N failed"; a history that differs is named by its seed.
import { spawnSync } from 'node:child_process';
import * as Y from 'yjs';
import { history, random, stock, sorted, ROOTS, KIND } from './doc_histories.mjs';
import { cases } from './doc_cases.mjs';

const [tool, count = '400', first = '1'] = process.argv.slice(2);
let passed = 0, failed = 0, documents = 0;

function ask(lines) {
  const run = spawnSync(tool, { input: lines.join('\n') + '\n', maxBuffer: 1 << 30, encoding: 'utf8' });
  if (run.status !== 0) { console.log(run.stderr.slice(0, 4000)); throw new Error(`the tool ended with ${run.status ?? run.signal}`); }
  return run.stdout.trimEnd().split('\n').map((l) => { try { return JSON.parse(l); } catch { return { error: 'no JSON: ' + l.slice(0, 300) }; } });
}
const line = (updates, roots) => roots.map(([n, k]) => `${n}:${k}`).join(',') + ' ' + updates.map((u) => Buffer.from(u).toString('hex')).join(' ');
const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

// Each check: {name, updates for C, want}.
function compare(checks) {
  const got = ask(checks.map((c) => (c.compact ? 'compact ' : '') + line(c.updates, c.roots ?? ROOTS)));
  checks.forEach((c, i) => {
    documents++;
    const bad = got[i].error ? [got[i].error] : ['roots', 'sv', 'ds', 'pending'].filter((k) => !(c.leave?.includes(k)) && !same(got[i][k], c.want[k]));
    if (!bad.length) { passed++; return; }
    failed++;
    if (failed < 12) {
      console.log(`not ok ${c.name}: ${bad.join(', ')}`);
      for (const k of bad) if (c.want[k] !== undefined) console.log(`  C   ${JSON.stringify(sorted(got[i][k])).slice(0, 600)}\n  yjs ${JSON.stringify(sorted(c.want[k])).slice(0, 600)}`);
    }
  });
}

function variants(seed) {
  const { updates, docs, r } = history(seed), out = [];
  if (!updates.length) return out;
  const all = stock(updates), add = (name, u, want = all) => out.push({ name: `history ${seed} ${name}`, updates: u, want });
  add('in order', updates);
  add('shuffled', r.shuffle(updates));
  add('merged by yjs', [Y.mergeUpdates(updates)]);
  add('backwards', [...updates].reverse());
  const state = [Y.encodeStateAsUpdate(r.pick(docs))];
  add('state of one client', state, stock(state));
  const half = [state[0], ...updates]; // a collected copy first, then what it was made of
  add('state and updates', half, stock(half));
  out.push({ name: `history ${seed} compacted by C`, updates: r.shuffle(updates), want: all, compact: true });
  const some = updates.filter(() => r.chance(0.7));
  if (some.length) {
    add('with gaps', r.shuffle(some), stock(some));
    out.push({ name: `history ${seed} with gaps, compacted by C`, updates: r.shuffle(some), want: stock(some), compact: true });
  }
  return out;
}

const t0 = Date.now();
compare(cases());
console.log(`# ${passed} of ${passed + failed} cases by hand right`);
const from = Number(first), to = from + Number(count);
for (let seed = from; seed < to; ) {
  const checks = [];
  for (; seed < to && checks.length < 1500; seed++) checks.push(...variants(seed));
  compare(checks);
}
console.log(`# ${count} histories, ${documents} documents compared in ${((Date.now() - t0) / 1000).toFixed(1)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
