// Kills extractions at random moments, as a power cut would, and takes them up
// again: what both the short and the long test do.
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@tinyvmaf/core';
import { expect } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { exportCsv } from '../../src/dataset/export-csv.js';
import { planExtraction } from '../../src/extract/plan.js';
import { openStore } from '../../src/store/store.js';
import { corpusOf, folder, source } from '../support/clips.js';

const CHILD = join(import.meta.dirname, '../support/extract-child.mjs');

interface Line {
  readonly type: string;
  readonly clip?: string;
  readonly start?: number;
}

interface Ended {
  readonly lines: readonly Line[];
  readonly killed: boolean;
}

/** When to kill: so many events after the start, and so many milliseconds after that. */
interface Moment {
  readonly events: number;
  readonly delay: number;
}

const extractInProcess = (corpus: string, store: string, kill?: Moment): Promise<Ended> => {
  const child = spawn(process.execPath, [CHILD, corpus, store], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  let waiting = kill !== undefined;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    if (!waiting || kill === undefined || text.split('\n').length <= kill.events) return;
    waiting = false;
    setTimeout(() => child.kill('SIGKILL'), kill.delay);
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (status, signal) => {
      if (signal === null && status !== 0) fail(new Error(`ended with status ${status}`));
      // The last line of a killed process may be torn.
      const lines = text.split('\n').slice(0, -1);
      done({ lines: lines.map((line) => JSON.parse(line) as Line), killed: signal !== null });
    });
  });
};

const chunksIn = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap(({ type, clip, start }) => (type === 'chunk' ? [`${clip} ${start}`] : []));

const table = async (folder: string): Promise<string> => {
  let text = '';
  await exportCsv(await openStore(folder), {}, (piece) => void (text += piece));
  return text;
};

/** Frames of all pairs. */
const ALL = 2 * (170 + 20 + 70);

/**
 * Kills so many extractions, each at a moment of its own. Chunks that were told
 * of are never written again, work that is left never grows, and in the end the
 * table is that of an undisturbed run.
 * @returns how many of them left chunks behind, and were gone on with from there.
 */
export const killRounds = async (kills: number, seed: number): Promise<number> => {
  const root = folder();
  const corpus: Corpus = corpusOf(
    root,
    source(root, 'long', 170, [8, 32]),
    source(root, 'short', 20, [8, 32], 300),
    source(root, 'other', 70, [8, 32], 500),
  );
  const file = join(root, 'corpus.json');
  writeFileSync(file, JSON.stringify(corpus));
  const [whole, store] = [join(root, 'whole'), join(root, 'store')];
  const { lines } = await extractInProcess(file, whole);
  const expected = await table(whole);
  const random = createRandom(seed);
  let [killed, taken, left] = [0, 0, ALL];
  let told: string[] = [];
  while (killed < kills || left > 0) {
    const moment = { events: Math.ceil(random.float() * lines.length), delay: random.float() * 20 };
    const run = await extractInProcess(file, store, killed < kills ? moment : undefined);
    const place = `seed ${seed}, kill ${killed}`;
    if (run.killed) killed += 1;
    told.push(...chunksIn(run.lines));
    expect(new Set(told).size, place).toBe(told.length);
    const plan = await planExtraction(corpus, await openStore(store));
    const now = plan.frames ?? NaN;
    expect(now, place).toBeLessThanOrEqual(left);
    const done = new Map(plan.jobs.flatMap(({ rungs }) => rungs.map((rung) => [rung.clip, rung])));
    for (const chunk of told) {
      const [clip = '', start] = chunk.split(' ');
      // Of a clip that is still to be computed, what was told of is there.
      expect(done.get(clip)?.done ?? Infinity, place).toBeGreaterThanOrEqual(Number(start) + 32);
    }
    if (run.killed && plan.jobs.some(({ rungs }) => rungs.some((rung) => rung.done > 0))) taken++;
    left = now;
    if (left > 0) continue;
    // Killed between features and clip record: the next run writes the record, and computes nothing.
    const last = await extractInProcess(file, store);
    expect(chunksIn(last.lines), place).toEqual([]);
    expect(await table(store), place).toBe(expected);
    if (killed >= kills) break;
    rmSync(store, { recursive: true });
    [told, left] = [[], ALL];
  }
  return taken;
};
