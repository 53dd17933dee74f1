// main.mjs PROGRAM: all parts, or those named in ONLY. Each has a server of its own; what waits more than it works runs side by side.
import { closing, ok } from './lib.mjs';

const waiting = ['idle'];
const lanes = [['stock', 'awareness', 'news', 'ways', 'disk'], ['frames', 'kills']];
const last = ['baddays']; // it looks at times
const only = process.env.ONLY?.split(',');

process.on('unhandledRejection', (e) => { ok(false, 'nothing is left to chance', String(e?.stack ?? e)); });
async function lane(names) {
  for (const name of names.filter((n) => !only || only.includes(n))) {
    const t = Date.now();
    try {
      await (await import(`./${name}.mjs`)).default();
    } catch (e) {
      ok(false, `${name}: ran to its end`, e.stack);
    }
    console.log(`# ${name}: ${((Date.now() - t) / 1000).toFixed(1)} s`);
  }
}
const beside = lane(waiting);
await Promise.all(lanes.map(lane));
await lane(last);
await beside;
process.exit(closing());
