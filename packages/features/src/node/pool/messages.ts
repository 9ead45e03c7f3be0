/** What the pool and its workers say to each other. */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { BackendName } from '../../backends/choose.js';
import type { WasmModules } from '../../backends/wasm.js';
import type { FrameResult } from '../../extractor/engine.js';
import type { Plan } from '../../extractor/plan.js';
import type { JoinedModules } from '../revectorize/compile.js';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly plan: Plan;
  readonly backend: BackendName;
  /** Modules that the starting thread has compiled; empty for other backends. */
  readonly modules: WasmModules;
  /** The kernels joined to 256 bits, where they are to be used. */
  readonly paired: JoinedModules | undefined;
}

/** A luma plane in shared memory, tightly packed, of the plan's size and depth. */
export type SharedPlane = SharedArrayBuffer;

/** One frame to compute. */
export interface Task {
  /** Index of the frame; names the task. */
  readonly index: number;
  readonly wanted: boolean;
  readonly reference: SharedPlane;
  /** Earlier reference pictures, one per motion window; `undefined` before the clip's start. */
  readonly earlier: readonly (SharedPlane | undefined)[];
  readonly distorted: readonly (SharedPlane | undefined)[];
}

/** What comes back. */
export type Answer =
  | {
      readonly index: number;
      readonly result: FrameResult;
      /** Joined kernels were wrong in this worker, which does not use them any more. */
      readonly rejected: boolean;
    }
  | { readonly index: number; readonly error: TinyVmafError };
