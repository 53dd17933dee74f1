// doc_corpus.mjs FOLDER: writes the corpus of tests/fuzz/ydoc: small updates of every kind of content.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Y from 'yjs';
import { history } from './doc_histories.mjs';
import { cases } from './doc_cases.mjs';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const write = (name, u) => writeFileSync(join(folder, name), u);
for (let seed = 1; seed <= 24; seed++) { const { updates } = history(seed, { edits: 12 }); if (updates.length) write(`history-${String(seed).padStart(2, '0')}`, Y.mergeUpdates(updates)); }
let n = 0;
for (const c of cases()) if (n < 40 && !/order [1-9]/.test(c.name)) write(`case-${String(++n).padStart(2, '0')}`, c.updates.length === 1 ? c.updates[0] : Y.mergeUpdates(c.updates));
