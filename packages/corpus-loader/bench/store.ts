/**
 * What the store costs: hashing, opening, looking up, loading.
 *
 *     npx tsc -b packages/corpus-loader
 *     node packages/corpus-loader/out-tsc/vitest/bench/store.js [CLIPS] [RECORDS] [ROUNDS]
 *
 * Fills a store with CLIPS clips of 48 frames, and the records of RECORDS clips
 * into another, in the system's folder for temporary files; prints medians of
 * CPU and wall time, and peak memory of a process that opens them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FEATURES, toPromise, type FeatureName } from '@tinyvmaf/core';
import {
  createTreeHash,
  featureKey,
  loadDataset,
  openStore,
  sha256,
  type ClipRecord,
  type FeatureAddress,
  type FeatureFile,
} from '@tinyvmaf/corpus-loader';

const [CLIPS = 1000, RECORDS = 100_000, ROUNDS = 3] = process.argv.slice(2).map(Number);
const FRAMES = 48;
const FORMAT = { width: 960, height: 540, bitDepth: 8, chroma: '420' } as const;
const MODEL = sha256('model');

interface Times {
  readonly cpu: number;
  readonly wall: number;
}

const timed = async (run: () => Promise<unknown> | undefined): Promise<Times> => {
  const before = process.cpuUsage();
  const start = performance.now();
  await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const report = (what: string, times: readonly Times[], per = 1): void => {
  const ms = (pick: (time: Times) => number): string => (median(times.map(pick)) / per).toFixed(3);
  console.log(
    `${what.padEnd(56)} ${ms(({ cpu }) => cpu)} ms CPU, ${ms(({ wall }) => wall)} ms wall`,
  );
};

const addressOf = (i: number): FeatureAddress => ({
  reference: sha256(`reference ${Math.floor(i / 20)}`),
  distorted: sha256(`distorted ${i}`),
  extractor: { name: 'vmaf-six', version: 1, options: '{}' },
});

const file = (i: number): FeatureFile => ({
  frames: FRAMES,
  columns: Object.fromEntries(
    FEATURES.map((name, f) => [
      name,
      Float64Array.from({ length: FRAMES }, (_, j) => Math.sin(i * 1000 + f * 100 + j)),
    ]),
  ) as Record<FeatureName, Float64Array>,
  address: addressOf(i),
  format: FORMAT,
});

const record = (i: number): ClipRecord => {
  const address = addressOf(i);
  const source = `Source_${Math.floor(i / 20)}`;
  return {
    corpus: 'bench',
    source,
    group: source,
    clip: `dis/${source}_${i % 20}_540_${1000 + i}.yuv`,
    frames: FRAMES,
    format: FORMAT,
    frameRate: { numerator: 25, denominator: 1 },
    features: featureKey(address),
    reference: address.reference,
    distorted: address.distorted,
    metadata: { height: 540, kbps: 1000 + i, codec: 'h264', quality: i % 20 },
    labels: [],
  };
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const folderBytes = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);

const hashing = async (): Promise<void> => {
  for (const [name, bitDepth, data] of [
    ['8-bit', 8, new Uint8Array(1920 * 1080).fill(77)],
    ['10-bit', 10, new Uint16Array(1920 * 1080).fill(777)],
  ] as const) {
    const plane = { data, width: 1920, height: 1080, stride: 1920 };
    const times: Times[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const hash = createTreeHash({ width: 1920, height: 1080, bitDepth });
      times.push(
        await timed(() => {
          for (let i = 0; i < 64; i++) hash.add(plane);
          return undefined;
        }),
      );
    }
    report(`hash of a 1080p frame, ${name}`, times, 64);
  }
};

/** In a process of its own, so that nothing is warm: what a rerun over a complete store asks. */
const rerun = async (folder: string): Promise<void> => {
  const before = await timed(() => Promise.resolve());
  const all = await timed(async () => {
    const store = await openStore(folder, { create: true });
    const clips = store.clips();
    let found = 0;
    for (const { features } of clips) {
      if (store.hasFeatures(features) && store.hasScores({ features, model: MODEL })) found++;
    }
    await toPromise(store.recordClips(clips));
    await store.close();
    if (found !== clips.length && found !== 0) throw new Error(`${found} of ${clips.length}`);
  });
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ cpu: all.cpu - before.cpu, wall: all.wall, peak }));
};

const reruns = (what: string, folder: string): void => {
  const runs = numbers(ROUNDS).map(() => {
    const { stdout } = spawnSync(process.execPath, [import.meta.filename, 'rerun', folder], {
      encoding: 'utf8',
    });
    return JSON.parse(stdout) as Times & { readonly peak: number };
  });
  report(what, runs);
  console.log(`${''.padEnd(56)} ${median(runs.map(({ peak }) => peak)).toFixed(0)} MiB at most`);
};

const main = async (root: string): Promise<void> => {
  console.log(`${cpus()[0]?.model ?? ''}, Node ${process.version}, medians of ${ROUNDS}`);
  await hashing();
  const full = join(root, 'full');
  const store = await openStore(full, { create: true });
  const writing = await timed(async () => {
    for (let i = 0; i < CLIPS; i++) {
      const features = await toPromise(store.writeFeatures(file(i)));
      const scores = file(i).columns.adm2;
      await toPromise(
        store.writeScores({ address: { features, model: MODEL }, modelName: 'm', scores }),
      );
      await toPromise(store.recordClips([record(i)]));
    }
  });
  report('writing a clip: features, scores, record', [writing], CLIPS);
  console.log(
    `${'bytes of a clip in the store'.padEnd(56)} ${Math.round(folderBytes(full) / CLIPS)}`,
  );
  reruns(`rerun over ${CLIPS} complete clips`, full);
  const loads: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = await openStore(full);
    loads.push(await timed(() => loadDataset(fresh, { labels: ['m'] })));
  }
  report(`loadDataset of ${CLIPS} clips, ${CLIPS * FRAMES} rows`, loads);
  const records = join(root, 'records');
  const many = await openStore(records, { create: true });
  report(`recording ${RECORDS} clips at once`, [
    await timed(() => toPromise(many.recordClips(numbers(RECORDS).map(record)))),
  ]);
  console.log(`${'bytes of a record'.padEnd(56)} ${Math.round(folderBytes(records) / RECORDS)}`);
  reruns(`rerun over ${RECORDS} records without files`, records);
};

if (process.argv[2] === 'rerun') await rerun(process.argv[3] ?? '');
else {
  const root = mkdtempSync(join(tmpdir(), 'tinyvmaf-store-bench-'));
  try {
    await main(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
