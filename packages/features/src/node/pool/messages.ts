/** What the pool and its workers say to each other. */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { FrameLocation } from '@tinyvmaf/yuv-io';
import type { BackendName } from '../../backends/choose.js';
import type { WasmModules } from '../../backends/wasm.js';
import type { FrameResult } from '../../extractor/engine.js';
import type { VideoName } from '../../extractor/frame-check.js';
import type { Plan } from '../../extractor/plan.js';
import type { JoinedModules } from '../revectorize/compile.js';

/** What a worker has to know for a run. */
export interface WorkerSetup {
  readonly plan: Plan;
  readonly backend: BackendName;
  /** Modules that the starting thread has compiled; empty for other backends. */
  readonly modules: WasmModules;
  /** The kernels joined to 256 bits, where they are to be used. */
  readonly paired: JoinedModules | undefined;
  /** The videos, reference first. */
  readonly names: readonly VideoName[];
  /** Where their frames lie, in the same order, if the worker is to read them itself. */
  readonly locations: readonly FrameLocation[] | undefined;
}

/** A luma plane in shared memory, tightly packed, of the plan's size and depth. */
export type SharedPlane = SharedArrayBuffer;

/** A frame to compute whose pictures are sent along. */
export interface PictureTask {
  /** Index of the frame; names the task. */
  readonly index: number;
  readonly wanted: boolean;
  readonly reference: SharedPlane;
  /** Earlier reference pictures, one per motion window; `undefined` before the clip's start. */
  readonly earlier: readonly (SharedPlane | undefined)[];
  readonly distorted: readonly (SharedPlane | undefined)[];
}

/** Consecutive frames to read and compute, with one answer each. */
export interface RunTask {
  readonly first: number;
  readonly count: number;
}

/** The begin of a run, or its end: then the worker lets go of what it had for it. */
export interface SetupTask {
  readonly setup: WorkerSetup | undefined;
}

/** What a worker is sent. */
export type Task = SetupTask | PictureTask | RunTask;

/** What comes back for a frame. */
export type Answer =
  | {
      readonly index: number;
      readonly result: FrameResult;
      /** Joined kernels were wrong in this worker, which does not use them any more. */
      readonly rejected: boolean;
    }
  | { readonly index: number; readonly error: TinyVmafError }
  /** The frame does not lie where the location says. */
  | { readonly index: number; readonly elsewhere: true };
