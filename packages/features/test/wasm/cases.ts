// Cases for comparing backends: everything that changes the arithmetic, drawn
// from a seed, run through the public extractor on both.
import type { Chroma } from '@tinyvmaf/core';
import type { BackendName, Compat, ExtractorRequest } from '@tinyvmaf/features';
import type { Luma } from '@tinyvmaf/testkit';
import { CONTENT_NAMES, contentPair, randomFrom, type Random } from '../support/contents.js';
import { runClips } from '../support/run.js';

/** One case. */
export interface ParityCase {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly bitDepth: Luma['bitDepth'];
  readonly content: string;
  readonly frames: number;
  /** Distorted videos. */
  readonly count: number;
  readonly subsample: number;
  readonly compat: Compat;
  readonly extractors: readonly ExtractorRequest[];
  readonly chroma: Chroma;
}

const DEPTHS = [8, 8, 8, 10, 10, 12, 16] as const;

/** A case from a seed. @param most largest side. */
export const caseFrom = (seed: number, most: number): ParityCase => {
  const random = randomFrom(seed);
  const side = (): number => random.int(17, most);
  const compat = random.next() < 0.85 ? 'libvmaf-3.2' : 'libvmaf-3.1';
  return {
    seed,
    width: side(),
    height: side(),
    bitDepth: random.pick(DEPTHS),
    content: random.pick(CONTENT_NAMES),
    frames: random.int(1, 3),
    count: random.pick([1, 1, 1, 2, 3, 4, 5]),
    subsample: random.pick([1, 1, 1, 2, 3]),
    compat,
    extractors: [adm(random), vif(random), motion(random, compat)],
    chroma: '420',
  };
};

const debug = true;

/** Contrast sensitivities: Watson's at several distances, and the blend table's. */
const VIEWS = [
  {},
  {},
  { adm_norm_view_dist: 24 },
  { adm_norm_view_dist: 0.75, adm_ref_display_height: 4320 },
  { adm_csf_mode: 2 },
  { adm_csf_mode: 2, adm_ref_display_height: 2160, adm_norm_view_dist: 1.5 },
];

const adm = (random: Random): ExtractorRequest => ({
  name: 'adm',
  options: {
    debug,
    adm_enhn_gain_limit: random.pick([100, 100, 1, 1.3]),
    adm_skip_aim: random.next() < 0.3,
    adm_skip_scale0: random.next() < 0.1,
    ...random.pick(VIEWS),
    adm_csf_scale: random.pick([1, 1, 1, 0.5, 2]),
    adm_csf_diag_scale: random.pick([1, 1, 1, 0, 3]),
    adm_noise_weight: random.pick([0.03125, 0.03125, 0.02, 0]),
  },
});

const vif = (random: Random): ExtractorRequest => ({
  name: 'vif',
  options: {
    debug,
    vif_enhn_gain_limit: random.pick([100, 100, 1, 1.2]),
    vif_skip_scale0: random.next() < 0.1,
  },
});

const motion = (random: Random, compat: Compat): ExtractorRequest => ({
  name: 'motion',
  options: {
    debug,
    ...(compat === 'libvmaf-3.2' && random.next() < 0.2 ? { motion_five_frame_window: true } : {}),
  },
});

/** The clips of a case: the reference, then the distorted ones. */
const clipsOf = (which: ParityCase): readonly (readonly Luma[])[] => {
  const { width, height, bitDepth, content, frames, count } = which;
  const clips: Luma[][] = Array.from({ length: count + 1 }, () => []);
  for (let frame = 0; frame < frames; frame++) {
    for (let index = 0; index < count; index++) {
      // Further videos are those of other contents: their references are not used.
      const random = randomFrom(which.seed * 16 + frame);
      const name = index === 0 ? content : CONTENT_NAMES[(frame + index) % CONTENT_NAMES.length]!;
      const [reference, distorted] = contentPair(name, random, width, height, bitDepth);
      if (index === 0) clips[0]!.push(reference);
      clips[index + 1]!.push(distorted);
    }
  }
  return clips;
};

/** Values by key, frame and video. */
export type NamedValues = readonly (readonly [name: string, value: number])[];

/** Every value of a case on a backend, in order. */
export const valuesOf = async (which: ParityCase, backend: BackendName): Promise<NamedValues> => {
  const [reference = [], ...distorted] = clipsOf(which);
  const { extractors, subsample, compat } = which;
  const frames = await runClips(reference, distorted, { extractors, subsample, compat, backend });
  return frames.flatMap((entries) =>
    entries.flatMap(({ frame, distorted: index, values }) =>
      [...values].map(
        ([key, value]) => [`${key} of frame ${frame}, video ${index}`, value] as const,
      ),
    ),
  );
};

/** What a comparison found. */
export interface Parity {
  readonly values: number;
  readonly differences: readonly string[];
}

/** Runs a case on both backends and compares all values as bits. */
export const compareBackends = async (which: ParityCase): Promise<Parity> => {
  const [should, is] = [await valuesOf(which, 'reference'), await valuesOf(which, 'wasm')];
  const differences = should.flatMap(([name, value], i) =>
    is[i]?.[0] === name && Object.is(is[i]?.[1], value)
      ? []
      : [`${name} should be ${value}, is ${is[i]?.[1]}`],
  );
  const lengths = is.length === should.length ? [] : [`${is.length} values, not ${should.length}`];
  return { values: should.length, differences: [...lengths, ...differences] };
};
