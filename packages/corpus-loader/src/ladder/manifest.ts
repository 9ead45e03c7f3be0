/**
 * The `manifest.json` of a ladder, format `tiny-ladder/1`: exact sizes, rates,
 * measured values and hashes of everything that has a name.
 */
import type { Addressed, ClipJob } from './job.js';
import { clipName, encodeName, labelOf, referenceName } from './names.js';
import type { NamedFile } from './named.js';
import type { LadderPlan, PlannedSource } from './plan.js';
import { jobRate } from './job.js';
import type { FoundResult } from './state.js';

/** A clip in a manifest. `crf` or `target_kbps`, as the recipe has it. */
export interface ManifestClip {
  /** Name of the rung. */
  readonly rung: string;
  /** Name of the codec. */
  readonly codec: string;
  /** Quality setting, where the rung has one. */
  readonly crf?: number;
  /** Bit rate that was asked for, where the rung has one. */
  readonly target_kbps?: number;
  /** Width of the encode in samples. */
  readonly encode_width: number;
  /** Height of the encode in samples. */
  readonly encode_height: number;
  /** Measured bit rate, rounded, at least 1. */
  readonly kbps: number;
  /** Luma PSNR in dB, three decimals; 100 for equal pictures. */
  readonly psnr_y: number;
  /** Rank within the source, in steps of 5 or less. */
  readonly label: number;
  /** File, relative to the manifest. */
  readonly dis: string;
  /** Of the file's bytes. */
  readonly sha256: string;
}

/** A source in a manifest. */
export interface ManifestSource {
  /** Id of the source. */
  readonly source: string;
  /** File of the reference, relative to the manifest. */
  readonly ref: string;
  /** The source video, relative to the folder of sources. */
  readonly file: string;
  /** First frame that was taken of it. */
  readonly start_frame: number;
  /** Width of reference and clips in samples. */
  readonly width: number;
  /** Height of reference and clips in samples. */
  readonly height: number;
  /** Exact frame rate, `30000/1001`. */
  readonly fps: string;
  /** Frames of reference and clips. */
  readonly frames: number;
  /** `yuv420p` or `yuv420p10le`. */
  readonly pix_fmt: string;
  /** Of the reference's bytes. */
  readonly sha256: string;
  /** As the source has them. */
  readonly tags: readonly string[];
  /** From best to worst luma PSNR. */
  readonly clips: readonly ManifestClip[];
}

/** A ladder's manifest. */
export interface Manifest {
  readonly format: 'tiny-ladder/1';
  /** First line of `ffmpeg -version` without the copyright. */
  readonly ffmpeg: string;
  /** `best-low` or `best-high`. */
  readonly label_order: string;
  /** What a label is, in words. */
  readonly label_meaning: string;
  /** Frames a clip has at most. */
  readonly max_frames: number;
  /** `960x540`, or `source`. */
  readonly target_size: string;
  /** Names of the rungs, in the recipe's order. */
  readonly rungs: readonly string[];
  /** All sources that have names, in the plan's order. */
  readonly sources: readonly ManifestSource[];
}

interface Ranked {
  readonly clip: Addressed<ClipJob>;
  readonly result: FoundResult;
}

const psnrOf = ({ result }: Ranked): number => result.record.psnrY ?? 0;

/** Clips from best to worst luma PSNR; equal ones by name. */
const ranked = (clips: readonly Ranked[]): readonly Ranked[] =>
  [...clips].sort((a, b) => psnrOf(b) - psnrOf(a) || (a.clip.job.rung < b.clip.job.rung ? -1 : 1));

const manifestClip = ({ clip: { job }, result }: Ranked, label: number): ManifestClip => {
  const { kbps = 1, psnrY = 0, yuv } = result.record;
  return {
    rung: job.rung,
    codec: job.codec,
    ...('crf' in job.quality ? { crf: job.quality.crf } : { target_kbps: job.quality.kbps }),
    encode_width: job.encodeWidth,
    encode_height: job.encodeHeight,
    kbps,
    psnr_y: psnrY,
    label,
    dis: clipName(job.source, label, job.encodeHeight, kbps),
    sha256: yuv.sha256,
  };
};

/** A source's part of the manifest, and the names that its files get. */
export interface SourceNames {
  readonly entry: ManifestSource;
  readonly files: readonly NamedFile[];
}

/**
 * Names the results of a source.
 * @param results what is there by hash; the reference must be.
 */
export const nameSource = (
  { source, reference, clips }: PlannedSource,
  results: ReadonlyMap<string, FoundResult>,
  recipe: LadderPlan['recipe'],
): SourceNames | undefined => {
  const made = results.get(reference.hash);
  if (made === undefined) return undefined;
  const { job } = reference;
  const rate = jobRate(job);
  const order = ranked(
    clips.flatMap((clip) => {
      const result = results.get(clip.hash);
      return result === undefined ? [] : [{ clip, result }];
    }),
  );
  const entries = order.map((one, rank) =>
    manifestClip(one, labelOf(rank, order.length, recipe.labelOrder)),
  );
  const ref = referenceName(source.id, rate);
  const files = order.flatMap(({ clip, result }, i): readonly NamedFile[] => {
    const entry = entries[i];
    if (entry === undefined) return [];
    const { hash } = clip;
    const samples: NamedFile = { hash, kind: 'yuv', path: entry.dis };
    if (!recipe.keepEncodes || result.encode === undefined) return [samples];
    const path = encodeName(source.id, clip.job.rung, clip.job.extension);
    return [samples, { hash, kind: 'encode', path }];
  });
  return {
    entry: {
      source: source.id,
      ref,
      file: source.file,
      start_frame: source.start,
      width: job.width,
      height: job.height,
      fps: job.rate,
      frames: made.record.frames,
      pix_fmt: job.pixFmt,
      sha256: made.record.yuv.sha256,
      tags: source.tags,
      clips: entries,
    },
    files: [{ hash: reference.hash, kind: 'yuv', path: ref }, ...files],
  };
};

/** The whole manifest. */
export const manifestOf = (plan: LadderPlan, sources: readonly ManifestSource[]): Manifest => {
  const { recipe } = plan;
  const { size, frames } = recipe;
  return {
    format: 'tiny-ladder/1',
    ffmpeg: plan.ffmpeg.version,
    label_order: recipe.labelOrder,
    label_meaning: 'rank of the clip within its source by luma PSNR',
    max_frames: frames === 'all' ? Math.max(0, ...sources.map((one) => one.frames)) : frames,
    target_size: size === 'source' ? size : `${size.width}x${size.height}`,
    rungs: plan.rungs,
    sources,
  };
};

/** A manifest as text. */
export const manifestText = (manifest: Manifest): string =>
  `${JSON.stringify(manifest, null, 1)}\n`;
