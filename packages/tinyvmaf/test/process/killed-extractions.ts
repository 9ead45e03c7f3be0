// Extractions that are killed at random moments, as by a power cut, and taken
// up again.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRandom } from '@tinyvmaf/core';
import { rawFile, textureLuma } from '@tinyvmaf/testkit';
import { expect } from 'vitest';
import { distorted } from '../support/corpus.js';

const BIN = resolve(import.meta.dirname, '../../dist/bin.js');
const [WIDTH, HEIGHT] = [176, 144];

interface Line {
  readonly type: string;
  readonly computed?: number;
  readonly clip?: string;
  readonly start?: number;
}

interface Ended {
  readonly stdout: string;
  readonly killed: boolean;
  /** From the first event to the last byte, in milliseconds. */
  readonly took: number;
}

const linesOf = (stdout: string): readonly Line[] =>
  stdout
    .split('\n')
    // The last line of a killed process may be torn.
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

/** Frames that were computed for clips that were finished. */
const computedFrames = (stdout: string): number =>
  linesOf(stdout).reduce(
    (sum, { type, computed = 0 }) => sum + (type === 'clip' ? computed : 0),
    0,
  );

/** Chunks that were finished, by clip and first frame. */
const finishedChunks = (stdout: string): readonly string[] =>
  linesOf(stdout).flatMap(({ type, clip, start }) =>
    type === 'chunk' ? [`${clip} ${start}`] : [],
  );

/** Runs the command; kills it so many milliseconds after its first output. */
const command = (words: readonly string[], killAfter?: number): Promise<Ended> => {
  const child = spawn(process.execPath, [BIN, 'corpus', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  let began: number | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (began !== undefined) return;
    began = performance.now();
    if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (status, signal) => {
      if (signal === null && status !== 0) fail(new Error(`ended with status ${status}`));
      const took = performance.now() - (began ?? NaN);
      done({ stdout, killed: signal !== null, took });
    });
  });
};

const makeCorpus = (root: string): void => {
  for (const name of ['ref', 'dis']) mkdirSync(join(root, name), { recursive: true });
  const clip = (frames: number, q: number, from: number) =>
    rawFile(
      Array.from({ length: frames }, (_, t) => textureLuma(WIDTH, HEIGHT, from + t, 8, q)),
      '400',
    );
  for (const [id, frames, from] of [
    ['Long', 150, 0],
    ['Short_1', 20, 300],
    ['Tiny2', 5, 400],
    ['Other', 70, 500],
  ] as const) {
    writeFileSync(join(root, 'ref', `${id}_25fps.yuv`), clip(frames, 1, from));
    for (const q of [8, 32]) {
      writeFileSync(join(root, distorted(id, q)), clip(frames, q, from));
    }
  }
};

/** The work of {@link makeCorpus}: frames of all pairs. */
const ALL_FRAMES = 2 * (150 + 20 + 5 + 70);

/**
 * Kills so many extractions of one corpus, each at a random moment, and takes
 * each up again: what was finished is not computed again, and in the end the
 * table is that of an undisturbed run.
 */
export const killExtractions = async (
  folder: string,
  kills: number,
  seed: number,
): Promise<void> => {
  const root = join(folder, 'clips');
  makeCorpus(root);
  const place = (store: string): readonly string[] => [
    ...['--data-root', root, '--store', join(folder, store)],
  ];
  const geometry = ['-w', `${WIDTH}`, '-h', `${HEIGHT}`, '-p', '400', '-b', '8'];
  const extract = (store: string, ...words: readonly string[]): readonly string[] => [
    ...['extract', ...place(store), ...geometry, '-n', ...words],
  ];
  const table = async (store: string): Promise<string> =>
    (await command(['export', ...place(store), '-q'])).stdout;
  const toDo = async (store: string): Promise<number> => {
    const { stdout } = await command(extract(store, '--dry-run', '--json'));
    return (JSON.parse(stdout) as { frames: number }).frames;
  };

  const { took } = await command(extract('whole', '--ndjson'));
  const whole = await table('whole');
  expect(whole.split('\n')).toHaveLength(ALL_FRAMES + 2);

  const random = createRandom(seed);
  let killed = 0;
  let left = ALL_FRAMES;
  let chunks: string[] = [];
  while (killed < kills) {
    const run = await command(extract('killed', '--ndjson'), random.float() * took);
    if (run.killed) killed += 1;
    const now = run.killed ? await toDo('killed') : 0;
    // Finished work is never lost again.
    expect(now).toBeLessThanOrEqual(left);
    left = now;
    const computed = computedFrames(run.stdout);
    chunks.push(...finishedChunks(run.stdout));
    expect(new Set(chunks).size).toBe(chunks.length);
    if (!run.killed || left === 0) {
      expect(await table('killed')).toBe(whole);
      rmSync(join(folder, 'killed'), { recursive: true });
      left = ALL_FRAMES;
      chunks = [];
    } else {
      expect(computed).toBeLessThanOrEqual(ALL_FRAMES - left);
    }
  }
  const before = left;
  const last = await command(extract('killed', '--ndjson'));
  expect(computedFrames(last.stdout)).toBe(before);
  chunks.push(...finishedChunks(last.stdout));
  expect(new Set(chunks).size).toBe(chunks.length);
  expect(await table('killed')).toBe(whole);
};
