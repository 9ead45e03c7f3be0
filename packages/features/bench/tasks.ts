/**
 * What is measured on a clip: each kernel warm and in memory, and the whole
 * extraction of the six features from raw files.
 */
import { readFileSync } from 'node:fs';
import { TinyVmafException, unwrap } from '@tinyvmaf/core';
import {
  ADM_DEFAULTS,
  REFERENCE,
  VIF_DEFAULTS,
  WASM,
  type BackendName,
  type ExtractorRequest,
  type Kernels,
  type RunningBackend,
} from '@tinyvmaf/features';
import { createExtractor } from '@tinyvmaf/features/node';
import { openVideos } from '@tinyvmaf/yuv-io/node';
import type { FrameSource, Plane } from '@tinyvmaf/yuv-io';
import type { Clip } from './clips.js';
import type { Task } from './rounds.js';

/** The six features without AIM, which no default model asks for. */
const SIX: readonly ExtractorRequest[] = [
  { name: 'adm', options: { adm_skip_aim: true } },
  { name: 'vif' },
  { name: 'motion' },
];

/** All that libvmaf computes by default. */
const EVERYTHING: readonly ExtractorRequest[] = [
  { name: 'adm' },
  { name: 'vif' },
  { name: 'motion' },
];

/** The first two lumas of a file, in memory. */
const lumas = (file: string, { format }: Clip): readonly [Plane, Plane] => {
  const { width, height, bitDepth } = format;
  const bytes = readFileSync(file);
  const size = width * height;
  const frame = (size + (size >> 1)) * (bitDepth === 8 ? 1 : 2);
  const plane = (i: number): Plane => {
    const at = bytes.byteOffset + i * frame;
    const data =
      bitDepth === 8
        ? new Uint8Array(bytes.buffer, at, size).slice()
        : new Uint16Array(bytes.buffer, at, size).slice();
    return { data, width, height, stride: width };
  };
  return [plane(0), plane(1)];
};

/** Each kernel of a backend on pictures in memory. */
export const kernelTasks = (
  clip: Clip,
  kernels: Kernels,
  frames: number,
  rounds: number,
): readonly Task[] => {
  const { width, height, bitDepth } = clip.format;
  const reference = lumas(clip.reference, clip);
  const distorted = lumas(clip.distorted, clip);
  const size = [width, height, bitDepth] as const;
  const vif = kernels.vif(...size, VIF_DEFAULTS);
  const upper = kernels.vif(...size, { ...VIF_DEFAULTS, skipScale0: true });
  const adm = kernels.adm(...size, { ...ADM_DEFAULTS, skipAim: true });
  const aim = kernels.adm(...size, ADM_DEFAULTS);
  const motion = kernels.motion(...size, 'libvmaf-3.2');
  const task = (name: string, compute: (i: 0 | 1) => unknown): Task => ({
    name: `${kernels.name}: ${name}`,
    frames,
    rounds,
    run: () => {
      for (let i = 0; i < frames; i++) compute(i % 2 === 0 ? 0 : 1);
      return undefined;
    },
  });
  return [
    task('VIF', (i) => vif.compareAll(reference[i], [distorted[i]])),
    task('VIF without scale 0', (i) => upper.compareAll(reference[i], [distorted[i]])),
    task('ADM without AIM', (i) => adm.compareAll(reference[i], [distorted[i]])),
    task('ADM with AIM', (i) => aim.compareAll(reference[i], [distorted[i]])),
    task('motion', (i) => motion.compute(reference[i], reference[i === 0 ? 1 : 0])),
  ];
};

/** How the whole is run. */
export interface WholeOptions {
  readonly backend: RunningBackend;
  /** Distorted videos. */
  readonly count: number;
  /** Worker threads; 0 is this thread. */
  readonly threads: number;
  /** Frames of the clip that are read. */
  readonly frames: number;
  readonly rounds: number;
  readonly withAim?: boolean;
  /** Hide where the frames lie, so that workers are sent pictures as those of a pipe. */
  readonly streamed?: boolean;
}

/** Name of the task that {@link wholeTask} makes of one video, without workers and AIM. */
export const WHOLE = 'wasm: whole';

/** The whole extraction, reading included. */
export const wholeTask = (clip: Clip, options: WholeOptions): Task => {
  const { backend, count, threads, frames, rounds, withAim = false, streamed = false } = options;
  const videos = count === 1 ? '' : `, N = ${count}`;
  const way = streamed ? ', streamed' : '';
  const workers = threads === 0 ? '' : `, ${threads} worker${threads === 1 ? '' : 's'}${way}`;
  const inputs = [clip.reference, ...Array.from({ length: count }, () => clip.distorted)];
  const extract = async (limit: number): Promise<void> => {
    const extractors = withAim ? EVERYTHING : SIX;
    const joined = backend === 'wasm-paired';
    const extractor = unwrap(
      createExtractor({
        ...{ format: clip.format, extractors, threads },
        ...(joined ? { revectorize: 'on' } : { backend }),
      }),
    );
    const hints = { raw: clip.format, limit };
    const sources = await openVideos(inputs.map((file) => ({ path: file, hints })));
    const [reference, ...distorted] = streamed ? sources.map(asStream) : sources;
    let seen = 0;
    if (reference !== undefined) {
      for await (const entries of extractor.run(reference, distorted)) seen += entries.length;
    }
    await Promise.all(sources.map((source) => source.close()));
    if (extractor.backend !== backend) {
      throw new TinyVmafException({
        _tag: 'Internal',
        problem: `${extractor.backend} computed it, not ${backend}`,
      });
    }
    if (seen !== limit * count) {
      throw new TinyVmafException({
        _tag: 'Internal',
        problem: `${seen} frames were computed, not ${limit * count}`,
      });
    }
  };
  return {
    name: `${backend}: whole${withAim ? ' with AIM' : ''}${videos}${workers}`,
    frames: frames * count,
    rounds,
    // Workers wait for the next run only so long: other tasks came in between.
    ...(threads === 0 ? {} : { prepare: () => extract(Math.min(frames, 2 * threads)) }),
    run: async () => {
      await extract(frames);
      return undefined;
    },
  };
};

/** The same source without the way around its stream. */
const asStream = ({ located: _, ...source }: FrameSource): FrameSource => source;

/** The records of kernels by name. */
export const KERNELS: Readonly<Record<BackendName, Kernels>> = { reference: REFERENCE, wasm: WASM };
