// The golden set: libvmaf's values on real and synthetic clips. Reads
// ../shared/golden; call only where has('shared').
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SHARED } from './needs.js';
import { checkerboardLuma, flatLuma, rawFile, textureLuma, type Luma } from './pictures.js';

/** One series of values with libvmaf's pooled values. */
export interface GoldenSeries {
  readonly frames: readonly number[];
  readonly pooled: Readonly<Record<'min' | 'max' | 'mean' | 'harmonic_mean', number>>;
}

/** A clip of a golden case: where its samples come from. */
export interface GoldenClip {
  readonly file?: string;
  readonly container?: string;
  readonly derived?: { readonly from_file: string; readonly operation: string };
  readonly generator?: Readonly<Record<string, number>> & { readonly kind: string };
  readonly bytes: number;
  readonly sha256: string;
}

/** One case of the golden set; see golden/README.md for the meaning of the members. */
export interface GoldenCase {
  readonly case: string;
  readonly format: {
    readonly width: number;
    readonly height: number;
    readonly bitdepth: 8 | 10 | 12 | 16;
    readonly pixel_format: string;
    readonly frames: number;
  };
  readonly ref: GoldenClip;
  readonly dis: GoldenClip;
  readonly unstable: readonly { readonly block: string; readonly name: string }[];
  readonly errors: Readonly<Record<string, unknown>>;
  readonly features: Readonly<Record<string, Readonly<Record<string, GoldenSeries>>>>;
  readonly models: Readonly<Record<string, GoldenModel>>;
}

/** A bootstrap collection's four numbers, of a frame or pooled. */
export type GoldenBootstrap = Readonly<
  Record<'bagging_score' | 'stddev' | 'ci_p95_lo' | 'ci_p95_hi', number>
>;

/** Scores of one model: plain numbers, or for a collection four of them. */
export interface GoldenModel {
  readonly score: {
    readonly frames: readonly (number | GoldenBootstrap)[];
    readonly pooled: Readonly<
      Record<'min' | 'max' | 'mean' | 'harmonic_mean', number | GoldenBootstrap>
    >;
  };
  /** Collections: scores of the 20 bootstrap members per frame. */
  readonly members?: Readonly<Record<string, readonly number[]>>;
  /** v1 models: the features they take, with option suffixes in the names. */
  readonly features?: Readonly<Record<string, GoldenSeries>>;
}

const GOLDEN = resolve(SHARED, 'golden');

/** Path inside the golden folder. */
export const goldenPath = (relative: string): string => resolve(GOLDEN, relative);

/** A JSON file of the golden folder. */
export const goldenJson = (relative: string): unknown =>
  JSON.parse(readFileSync(goldenPath(relative), 'utf8'));

/** Names of all golden cases. */
export const goldenNames = (): readonly string[] =>
  (goldenJson('index.json') as { case: string }[]).map((entry) => entry.case);

/** One case with all its values. */
export const goldenCase = (name: string): GoldenCase =>
  goldenJson(`expected/${name}.json`) as GoldenCase;

/** The chroma layout of a case as four-four-two digits. */
export const goldenChroma = (golden: GoldenCase): '400' | '420' | '422' | '444' =>
  (/4[024][024]/.exec(golden.format.pixel_format)?.[0] ?? '420') as '420' | '422' | '444';

/** Which side of a pair. */
export type Side = 'ref' | 'dis';

/**
 * Raw planar bytes of one side of a case, read, derived or generated as the
 * case says; their SHA-256 is checked.
 */
export const goldenRaw = (golden: GoldenCase, side: Side): Uint8Array => {
  const clip = golden[side];
  const whole = rawPayload(golden, clip);
  // Cases `_1frame`, `_2frames` use the first frames of a longer file.
  const raw = whole.subarray(
    0,
    Math.min(whole.length, goldenFrameBytes(golden) * golden.format.frames),
  );
  const actual = createHash('sha256').update(whole).digest('hex');
  if (actual !== clip.sha256) throw new Error(`${golden.case} ${side}: SHA-256 ${actual}`);
  return raw;
};

/** Luma planes of one side of a case. */
export const goldenLuma = (golden: GoldenCase, side: Side): readonly Luma[] => {
  const { width, height, bitdepth, frames } = golden.format;
  const raw = goldenRaw(golden, side);
  const frameBytes = goldenFrameBytes(golden);
  const samples = width * height;
  return Array.from({ length: frames }, (_, i) => {
    const start = raw.byteOffset + i * frameBytes;
    const bytes = raw.buffer.slice(start, start + samples * (bitdepth === 8 ? 1 : 2));
    const data = bitdepth === 8 ? new Uint8Array(bytes) : new Uint16Array(bytes);
    return { width, height, bitDepth: bitdepth, data };
  });
};

const goldenFrameBytes = (golden: GoldenCase): number => {
  const { width, height, bitdepth } = golden.format;
  const chroma = goldenChroma(golden);
  const half = (n: number): number => Math.ceil(n / 2);
  const chromaSamples =
    (chroma === '444' ? width : half(width)) * (chroma === '420' ? half(height) : height);
  return (width * height + 2 * chromaSamples) * (bitdepth === 8 ? 1 : 2);
};

const rawPayload = (golden: GoldenCase, clip: GoldenClip): Uint8Array => {
  if (clip.generator !== undefined) return generated(golden, clip.generator);
  if (clip.derived !== undefined) {
    const bits = Number(/<< (\d+)/.exec(clip.derived.operation)?.[1]);
    const bytes = readFileSync(goldenPath(clip.derived.from_file));
    const out = Buffer.alloc(bytes.length * 2);
    bytes.forEach((sample, i) => out.writeUInt16LE(sample << bits, 2 * i));
    return out;
  }
  const bytes = readFileSync(goldenPath(clip.file ?? ''));
  return clip.container === 'y4m' ? y4mPayload(bytes) : bytes;
};

const y4mPayload = (bytes: Buffer): Uint8Array => {
  const parts: Uint8Array[] = [];
  let offset = bytes.indexOf('\n') + 1;
  const end = (from: number): number => bytes.indexOf('\n', from) + 1;
  const next = (from: number): number => {
    const found = bytes.indexOf('FRAME', from, 'latin1');
    return found < 0 ? bytes.length : found;
  };
  while (offset < bytes.length) {
    const start = end(offset);
    // Sample data may hold the letters FRAME; these clips do not.
    offset = next(start);
    parts.push(bytes.subarray(start, offset));
  }
  return Buffer.concat(parts);
};

const generated = (
  golden: GoldenCase,
  generator: NonNullable<GoldenClip['generator']>,
): Uint8Array => {
  const { width, height, bitdepth, frames } = golden.format;
  const number = (name: string): number => generator[name] ?? 0;
  const frame = (n: number): Luma => {
    switch (generator.kind) {
      case 'texture':
        return textureLuma(width, height, n, bitdepth, number('q'));
      case 'checkerboard':
        return checkerboardLuma(n, number('offset_x'));
      default:
        return flatLuma(width, height, bitdepth, number('luma'));
    }
  };
  return rawFile(Array.from({ length: frames }, (_, n) => frame(n)));
};

/** Folder of Netflix's model files among the third-party data. */
export const TEACHER = resolve(SHARED, 'teacher');

/** A golden value: not-a-number and infinities are text in the files. */
export const goldenNumber = (value: number | string): number =>
  typeof value === 'number'
    ? value
    : value.endsWith('nan')
      ? NaN
      : value === '-inf'
        ? -Infinity
        : Infinity;
