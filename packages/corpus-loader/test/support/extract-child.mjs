// Extracts the corpus in a file of JSON in a process of its own, so that it can
// be killed. Every chunk is written as soon as it is finished. Prints one event
// a line, each after what it tells of is in the store.
import { readFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { eventLine, extract, openStore, planExtraction } from '../../dist/index.js';

const [corpus, folder] = process.argv.slice(2);
const store = await openStore(folder, { create: true });
const plan = await planExtraction(JSON.parse(readFileSync(corpus, 'utf8')), store);
await extract(plan, {
  store,
  threads: 0,
  checkpoints: { everyMs: 0 },
  onEvent: (event) => {
    const line = eventLine(event);
    if (line !== '') writeSync(1, line);
  },
});
await store.close();
