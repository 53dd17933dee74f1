// Two servers, a PostgreSQL that can be stopped, and a line to it that can be cut.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { Worker } from 'node:worker_threads';
import { Site, folderOf, makeDemo } from '../server/lib.mjs';

export class Postgres {
  async start() {
    this.child = spawn('python3', [path.join(import.meta.dirname, 'pg.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.port = Number((await this.lines.next()).value);
    return this;
  }

  async say(words) {
    this.child.stdin.write(words + '\n');
    return (await this.lines.next()).value;
  }

  async end() {
    const over = new Promise((go) => this.child.once('exit', go));
    this.child.stdin.end();
    await over;
  }
}

// Between a server and PostgreSQL. cut(): every line is broken and none is made until heal(). hold(): nothing comes through, nothing is broken.
export class Relay {
  constructor(to) {
    this.worker = new Worker(new URL('relay.mjs', import.meta.url), { workerData: { to } });
  }

  next() {
    return new Promise((go) => this.worker.once('message', go));
  }

  async start() {
    this.port = await this.next();
    return this;
  }

  say(word) {
    const done = this.next();
    this.worker.postMessage(word);
    return done;
  }
}

let first = null;
// A server with a data folder of its own (the same keys) on this database; `serving`: the url by which it is reached when serving.
export function server(name, url, serving = url) {
  const data = folderOf(name);
  if (!first) makeDemo(first = data, '--database', url);
  else fs.cpSync(first, data, { recursive: true });
  return new Site(data, { words: ['--database', url], serving: ['--database', serving] });
}
