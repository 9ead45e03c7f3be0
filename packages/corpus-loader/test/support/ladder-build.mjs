// Builds a ladder in a process of its own, so that it can be killed. Prints one
// event a line. Takes a request as JSON.
import console from 'node:console';
import { writeSync } from 'node:fs';
import process from 'node:process';
import { buildLadder, prepareLadder } from '../../dist/ladder/index.js';

const stop = new globalThis.AbortController();
process.on('SIGINT', () => stop.abort());
try {
  const plan = await prepareLadder(JSON.parse(process.argv[2] ?? ''));
  await buildLadder(plan, {
    jobs: 2,
    signal: stop.signal,
    onProgress: (event) => writeSync(1, `${JSON.stringify(event)}\n`),
  });
} catch (error) {
  process.exitCode = error.code === 'ERR_CANCELLED' ? 130 : 1;
  if (process.exitCode === 1) console.error(error);
}
