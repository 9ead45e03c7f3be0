/**
 * What a finished comparison hands back: everything the logs print, and what
 * tinyvmaf knows beyond it.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { Compat, RunningBackend } from '@tinyvmaf/features';
import type { SourceInfo } from '@tinyvmaf/yuv-io';
import type { Series } from './series.js';
import type { StudentInfo } from './student.js';

export type { Compat };

/** Version that the logs carry for each {@link Compat}. */
export const LIBVMAF_VERSION: Readonly<Record<Compat, string>> = {
  'libvmaf-3.2': '3.2.0',
  'libvmaf-3.1': '3.1.0',
};

/** Something the reader should know although there is a score. */
export interface Warning {
  /** Stable code, such as `model-height`. */
  readonly code: string;
  /** A sentence for a person. */
  readonly message: string;
}

/** One model's result. */
export interface ModelResult {
  /** Key of the score in the series: the model's name, for the teacher `vmaf` by default. */
  readonly name: string;
  /** What the model is called where it came from: `vmaf_v0.6.1`, `a5` or a path. */
  readonly label: string;
  /** Mean of the per-frame scores, in VMAF points. */
  readonly score: number;
  /** Students: which file scored. */
  readonly student?: StudentInfo;
  /** Bootstrap collections: mean of each per-frame statistic, in VMAF points. */
  readonly bootstrap?: {
    readonly bagging: number;
    readonly stddev: number;
    readonly ciP95: readonly [low: number, high: number];
  };
}

/** Result of scoring one distorted video against its reference. */
export interface ScoreReport {
  /** Which libvmaf the numbers equal. */
  readonly compat: Compat;
  /** Format of both videos. */
  readonly format: VideoFormat;
  /** How the reference was read. */
  readonly reference: SourceInfo;
  /** How the distorted video was read. */
  readonly distorted: SourceInfo;
  /** Features and scores per frame, with their pooled values. */
  readonly series: Series;
  /** One entry per model, in the order asked for; empty for features alone. */
  readonly models: readonly ModelResult[];
  /** Frames both videos have; more than the rows of the series with subsampling. */
  readonly frameCount: number;
  /** Frames per second of wall time, reading and decoding included. */
  readonly fps: number;
  /** Kernels that computed the features: `wasm`, `wasm-paired` (the same in 256 bits) or `reference`. */
  readonly backend: RunningBackend;
  /** What the reader should know; empty where there is nothing. */
  readonly warnings: readonly Warning[];
}
