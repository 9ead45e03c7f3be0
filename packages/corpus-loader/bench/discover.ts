/**
 * Time and memory of discovery over many clip names:
 *
 *     npx tsc -b packages/corpus-loader
 *     node packages/corpus-loader/out-tsc/vitest/bench/discover.js [CLIPS] [ROUNDS]
 *
 * Makes a tree of empty-looking (sparse) ladders of 20 clips each in the
 * system's folder for temporary files, reads it several times in processes of
 * their own, and prints medians of wall time, CPU time and peak memory.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { discover } from '@tinyvmaf/corpus-loader';

const PER_SOURCE = 20;
const FRAME = 384;

const make = (root: string, clips: number): void => {
  mkdirSync(join(root, 'ref'));
  mkdirSync(join(root, 'dis'));
  const put = (path: string): void => {
    writeFileSync(join(root, path), '');
    truncateSync(join(root, path), 2 * FRAME);
  };
  for (let i = 0; i < clips; i++) {
    const source = `Source_${Math.floor(i / PER_SOURCE)}`;
    if (i % PER_SOURCE === 0) put(`ref/${source}_25fps.yuv`);
    put(`dis/${source}_${(i % PER_SOURCE) + 1}_1080_${1000 + i}.yuv`);
  }
};

/** In a process of its own: one reading, measured. */
const measure = async (root: string): Promise<void> => {
  const start = performance.now();
  const geometry = { width: 16, height: 16, bitDepth: 8, chroma: '420' } as const;
  const corpus = await discover({ root, options: { geometry } });
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage();
  const rungs = corpus.sources.reduce((sum, source) => sum + source.rungs.length, 0);
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ rungs, wall, cpu: (user + system) / 1000, peak }));
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const [first = '100000', second = '5'] = process.argv.slice(2);

if (first === '--measure') {
  await measure(second);
} else {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bench-discover-')));
  try {
    make(root, Number(first));
    const rounds = Array.from({ length: Number(second) }, () => {
      const arguments_ = [import.meta.filename, '--measure', root];
      const { stdout } = spawnSync(process.execPath, arguments_, { encoding: 'utf8' });
      return JSON.parse(stdout) as { rungs: number; wall: number; cpu: number; peak: number };
    });
    console.log(`${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
    console.log(`${rounds[0]?.rungs ?? 0} clips, median of ${rounds.length} processes`);
    console.log(`wall ${(median(rounds.map(({ wall }) => wall)) / 1000).toFixed(2)} s`);
    console.log(`CPU of the process ${(median(rounds.map(({ cpu }) => cpu)) / 1000).toFixed(2)} s`);
    console.log(`peak memory ${median(rounds.map(({ peak }) => peak)).toFixed(0)} MB`);
  } finally {
    rmSync(root, { recursive: true });
  }
}
