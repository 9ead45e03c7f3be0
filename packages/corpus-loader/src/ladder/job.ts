/**
 * The units of work of a ladder, as plain JSON that says everything: what the
 * input is by content, which ffmpeg, which filters, which encoder. The hash of
 * a job addresses its result, so what was computed once is found again.
 */
import { createHash } from 'node:crypto';
import type { FrameRate } from '../corpus/corpus.js';
import { canonicalJson } from '../store/canonical.js';
import type { Sha256 } from '../store/contracts.js';
import { CODECS, type CodecName, type Quality } from './codecs.js';
import type { Size } from './geometry.js';
import { rateText } from './rational.js';
import type { Recipe, RungRecipe } from './recipe.js';
import type { LadderSource, RawSource } from './source.js';
import type { Ffmpeg } from './tools.js';

/** Raised whenever the same job would give other bytes. */
export const JOB_FORMAT = 'tinyvmaf-ladder-job/1';

/** The ffmpeg that a result is bound to. */
export interface BoundTo {
  /** First line of `ffmpeg -version` without the copyright. */
  readonly version: string;
  /** SHA-256 of all that `ffmpeg -version` says. */
  readonly build: Sha256;
}

interface CommonJob {
  readonly format: typeof JOB_FORMAT;
  /** Id of the source. */
  readonly source: string;
  readonly ffmpeg: BoundTo;
  readonly width: number;
  readonly height: number;
  /** Of the samples that are written. */
  readonly pixFmt: string;
  /** `30000/1001`. */
  readonly rate: string;
}

/** Cuts, scales and crops a source to its reference. */
export interface ReferenceJob extends CommonJob {
  readonly kind: 'reference';
  /** Of the source file's bytes. */
  readonly input: Sha256;
  /** How to read a headerless source. */
  readonly raw?: RawSource;
  /** First frame of the source. */
  readonly start: number;
  /** Frames from there on, at most. */
  readonly frames: number;
  /** Whether fewer frames than `frames` are a failure. */
  readonly exact: boolean;
  /** Filter graph. */
  readonly filter: string;
}

/** Encodes a reference and scales it back. */
export interface ClipJob extends CommonJob {
  readonly kind: 'clip';
  /** Hash of the reference's job. */
  readonly reference: Sha256;
  /** Name of the rung. */
  readonly rung: string;
  /** Codec of the rung. */
  readonly codec: CodecName;
  /** Quality setting or bit rate. */
  readonly quality: Quality;
  /** Width of the encode in samples. */
  readonly encodeWidth: number;
  /** Height of the encode in samples. */
  readonly encodeHeight: number;
  /** Filter graph before the encoder. */
  readonly before: string;
  /** Arguments of the encoder. */
  readonly encoder: readonly string[];
  /** ffmpeg's name of the bit stream's format. */
  readonly muxer: string;
  /** Ending of the bit stream's file, without the dot. */
  readonly extension: string;
  /** Filter graph after the decoder. */
  readonly after: string;
}

/** A unit of work. */
export type LadderJob = ReferenceJob | ClipJob;

/** A job with its address. */
export interface Addressed<J extends LadderJob> {
  /** SHA-256 of the job's canonical JSON. */
  readonly hash: Sha256;
  /** The job itself. */
  readonly job: J;
}

/** A job with its hash. */
export const addressed = <J extends LadderJob>(job: J): Addressed<J> => ({
  hash: createHash('sha256').update(canonicalJson(job)).digest('hex'),
  job,
});

/** The one scaler of a ladder. */
const SCALER = 'flags=bicubic+accurate_rnd+full_chroma_int+bitexact';

/** ffmpeg's name of planar 4:2:0 with these bits. */
export const pixFmtOf = (bitDepth: 8 | 10): string => (bitDepth === 8 ? 'yuv420p' : 'yuv420p10le');

const boundTo = ({ version, build }: Ffmpeg): BoundTo => ({ version, build });

/** Frames a source gives under a recipe. */
export const framesOf = (source: LadderSource, recipe: Recipe): number =>
  recipe.frames === 'all' ? source.frames : Math.min(recipe.frames, source.frames);

/** The job of a reference of this size. */
export const referenceJob = (
  source: LadderSource,
  recipe: Recipe,
  size: Size,
  ffmpeg: Ffmpeg,
): Addressed<ReferenceJob> => {
  const { width, height } = size;
  const frames = framesOf(source, recipe);
  const pixFmt = pixFmtOf(recipe.bitDepth);
  return addressed({
    format: JOB_FORMAT,
    kind: 'reference',
    source: source.id,
    ffmpeg: boundTo(ffmpeg),
    input: source.sha256,
    ...(source.raw === undefined ? {} : { raw: source.raw }),
    start: source.start,
    frames,
    exact: source.exact,
    width,
    height,
    pixFmt,
    rate: rateText(source.frameRate),
    filter: [
      `trim=start_frame=${source.start}:end_frame=${source.start + frames}`,
      `scale=${width}:${height}:force_original_aspect_ratio=increase:out_range=tv:${SCALER}`,
      `crop=${width}:${height}`,
      'setsar=1',
      `format=${pixFmt}`,
    ].join(','),
  });
};

/** The job of a rung that is encoded in this size. */
export const clipJob = (
  reference: Addressed<ReferenceJob>,
  rung: RungRecipe,
  encode: Size,
  recipe: Recipe,
): Addressed<ClipJob> => {
  const { source, ffmpeg, width, height, pixFmt, rate } = reference.job;
  const codec = CODECS[rung.codec];
  const quality: Quality = 'crf' in rung ? { crf: rung.crf } : { kbps: rung.kbps };
  const smaller = encode.width !== width || encode.height !== height;
  return addressed({
    format: JOB_FORMAT,
    kind: 'clip',
    source,
    ffmpeg,
    reference: reference.hash,
    rung: rung.name,
    codec: rung.codec,
    quality,
    width,
    height,
    pixFmt,
    rate,
    encodeWidth: encode.width,
    encodeHeight: encode.height,
    before: `${smaller ? `scale=${encode.width}:${encode.height}:${SCALER},` : ''}format=${pixFmt}`,
    encoder: codec.encoderArguments(quality, recipe.gop),
    muxer: codec.muxer,
    extension: codec.extension,
    after: `setpts=PTS-STARTPTS,scale=${width}:${height}:${SCALER},format=${pixFmt}`,
  });
};

/** Bytes of one frame that a job writes. */
export const jobFrameBytes = (job: CommonJob): number =>
  ((job.width * job.height * 3) / 2) * (job.pixFmt === 'yuv420p' ? 1 : 2);

/** A rate in its text form, as numbers. */
export const jobRate = (job: CommonJob): FrameRate => {
  const [numerator = 25, denominator = 1] = job.rate.split('/').map(Number);
  return { numerator, denominator };
};
