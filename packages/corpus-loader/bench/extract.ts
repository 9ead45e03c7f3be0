/**
 * What extraction costs beside the extractor, on cached raw files, as CPU time:
 * interleaved rounds, medians. And how long a rerun over a complete store of
 * many tiny clips takes, as wall time.
 *
 *     npx tsc -b packages/corpus-loader
 *     node packages/corpus-loader/out-tsc/vitest/bench/extract.js [--size 1920x1080] [--frames 32]
 *          [--rungs 4] [--threads 0] [--rounds 5] [--clips 1000]
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toPromise, unwrap, type VideoFormat } from '@tinyvmaf/core';
import {
  emptyStore,
  extract,
  openStore,
  planExtraction,
  type Corpus,
  type MediaFile,
} from '@tinyvmaf/corpus-loader';
import { createExtractor } from '@tinyvmaf/features/node';
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { openVideosTE } from '@tinyvmaf/yuv-io/node';

const { values: flags } = parseArgs({
  options: {
    size: { type: 'string', default: '1920x1080' },
    frames: { type: 'string', default: '32' },
    rungs: { type: 'string', default: '4' },
    threads: { type: 'string', default: '0' },
    rounds: { type: 'string', default: '5' },
    clips: { type: 'string', default: '1000' },
  },
});
const [width = NaN, height = NaN] = flags.size.split('x').map(Number);
const [frames, rungs, threads, rounds, clips] = [
  flags.frames,
  flags.rungs,
  flags.threads,
  flags.rounds,
  flags.clips,
].map(Number) as [number, number, number, number, number];

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tinyvmaf-bench-')));
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});

/** A texture that moves, coarser with a larger step; luma alone. */
const pictures = (format: VideoFormat, count: number, step: number, seed: number): Uint8Array => {
  const { width: w, height: h } = format;
  const bytes = new Uint8Array(w * h * count);
  for (let t = 0, at = 0; t < count; t++) {
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++, at++) {
        const value = 40 + ((x + 2 * t + seed) % 97) + ((y * 3 + t) % 61) + ((x * y + seed) % 7);
        bytes[at] = value - (value % step);
      }
    }
  }
  return bytes;
};

const media = (format: VideoFormat, path: string, bytes: Uint8Array): MediaFile => {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, bytes);
  return { path, bytes: bytes.length, format };
};

const corpus = (format: VideoFormat, sources: number, count: number, each: number): Corpus => ({
  root: folder,
  layouts: [],
  findings: [],
  sources: Array.from({ length: sources }, (_, s) => ({
    id: `${width}-${s}`,
    group: `${s}`,
    reference: media(format, `r${count}/${s}.yuv`, pictures(format, count, 1, s)),
    rungs: Array.from({ length: each }, (__, r) => {
      const path = `d${count}/${s}_${r}.yuv`;
      const file = media(format, path, pictures(format, count, 2 + r, s));
      return { clip: path, file, metadata: {}, labels: [] };
    }),
    metadata: {},
    labels: [],
  })),
});

interface Spent {
  readonly cpu: number;
  readonly wall: number;
}

const timed = async (work: () => Promise<unknown>): Promise<Spent> => {
  const [before, began] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall: performance.now() - began };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const format: VideoFormat = { width, height, bitDepth: 8, chroma: '400' };
const one = corpus(format, 1, frames, rungs);

/** The source without the place of its frames: they pass through the calling thread. */
const passing = (source: FrameSource): FrameSource => ({
  format: source.format,
  info: source.info,
  frames: (signal, planes) => source.frames(signal, planes),
  warnings: () => source.warnings(),
  close: () => source.close(),
});

const itself = (source: FrameSource): FrameSource => source;

/** The extractor over the files, and nothing else. */
const alone = async (as = itself): Promise<void> => {
  const [source] = one.sources;
  const files = [source?.reference, ...(source?.rungs ?? []).map(({ file }) => file)];
  const requests = files.map((file) => ({
    path: join(folder, file?.path ?? ''),
    hints: { raw: format },
  }));
  const [reference, ...distorted] = await toPromise(openVideosTE(requests));
  if (reference === undefined) throw new Error('no reference');
  const extractor = unwrap(
    createExtractor({
      format,
      threads,
      extractors: [
        { name: 'adm', options: { adm_skip_aim: true } },
        { name: 'motion' },
        { name: 'vif' },
      ],
    }),
  );
  let count = 0;
  for await (const step of extractor.run(as(reference), distorted.map(as))) count += step.length;
  if (count !== frames * rungs) throw new Error(`${count} frames`);
  await Promise.all([reference, ...distorted].map((each) => each.close()));
};

let stores = 0;
const whole = async (): Promise<void> => {
  const store = await openStore(join(folder, `store-${stores++}`), { create: true });
  const summary = await extract(await planExtraction(one, store), { store, threads });
  if (summary.computed !== rungs) throw new Error('not all was computed');
  await store.close();
};

const spent: Record<'alone' | 'passed' | 'whole', Spent[]> = { alone: [], passed: [], whole: [] };
await alone();
await alone(passing);
await whole();
for (let round = 0; round < rounds; round++) {
  spent.alone.push(await timed(() => alone()));
  spent.passed.push(await timed(() => alone(passing)));
  spent.whole.push(await timed(whole));
}
const cpu = {
  alone: median(spent.alone.map((each) => each.cpu)),
  passed: median(spent.passed.map((each) => each.cpu)),
  whole: median(spent.whole.map((each) => each.cpu)),
};
const wall = {
  alone: median(spent.alone.map((each) => each.wall)),
  passed: median(spent.passed.map((each) => each.wall)),
  whole: median(spent.whole.map((each) => each.wall)),
};
const share = (a: number, b: number): string => `${((100 * a) / b).toFixed(1)} %`;
console.log(
  `${flags.size}, ${frames} frames, ${rungs} rungs, ${threads} threads, ${rounds} rounds`,
);
console.log(
  `CPU, ms: extractor ${cpu.alone.toFixed(0)}, with all frames through the calling thread ${cpu.passed.toFixed(0)}, extraction ${cpu.whole.toFixed(0)}: ${share(cpu.alone, cpu.whole)} of its speed`,
);
console.log(
  `wall, ms: extractor ${wall.alone.toFixed(0)}, with all frames through the calling thread ${wall.passed.toFixed(0)}, extraction ${wall.whole.toFixed(0)}: ${share(wall.alone, wall.whole)}`,
);

if (clips > 0) {
  const tiny: VideoFormat = { width: 32, height: 32, bitDepth: 8, chroma: '400' };
  const many = corpus(tiny, clips / 10, 2, 10);
  const place = join(folder, 'many');
  const first = await timed(async () => {
    const store = await openStore(place, { create: true });
    await extract(await planExtraction(many, store), { store });
    await store.close();
  });
  console.log(
    `${clips} tiny clips: ${first.wall.toFixed(0)} ms, ${first.cpu.toFixed(0)} ms of CPU`,
  );
  const planned = await timed(() => planExtraction(many, emptyStore));
  console.log(`plan for an empty store: ${planned.wall.toFixed(0)} ms`);
  const again = await timed(async () => {
    const store = await openStore(place);
    const summary = await extract(await planExtraction(many, store), { store });
    if (summary.cached !== clips) throw new Error(`${summary.cached} of ${clips} were there`);
    await store.close();
  });
  console.log(`rerun: ${again.wall.toFixed(0)} ms, ${again.cpu.toFixed(0)} ms of CPU`);
}
