// A relay in a thread of its own: the tests wait for commands that need it. {to}: port; told cut, hold, heal, end.
import net from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

const pairs = new Set();
let open = true;
let held = false;

const server = net.createServer((near) => {
  if (!open) { near.destroy(); return; }
  const far = net.connect(workerData.to, '127.0.0.1');
  const pair = [near, far];
  pairs.add(pair);
  for (const [a, b] of [[near, far], [far, near]]) {
    a.on('data', (d) => { b.write(d); });
    a.on('error', () => {});
    a.on('close', () => { b.destroy(); pairs.delete(pair); });
    if (held) a.pause();
  }
});
const each = (f) => { for (const pair of pairs) for (const s of pair) f(s); };
parentPort.on('message', (word) => {
  if (word === 'cut' || word === 'end') { open = false; each((s) => s.destroy()); }
  if (word === 'end') { server.close(); }
  if (word === 'hold') { held = true; each((s) => s.pause()); }
  if (word === 'heal') { open = true; held = false; each((s) => s.resume()); }
  parentPort.postMessage('done');
  if (word === 'end') parentPort.close();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
