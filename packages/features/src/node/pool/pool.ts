/**
 * An engine of worker threads. Where all videos are files that hold their
 * frames as they are, workers read them, each its own frames. Else pictures
 * travel in shared memory: a frame goes to whichever worker has the least to
 * do, with the earlier reference pictures that motion needs. There are no
 * seams: any number of workers gives the same bits.
 */
import { isLocated } from '@tinyvmaf/yuv-io/node';
import type { BackendName } from '../../backends/choose.js';
import type { Engine, EngineFactory, FrameResult, FrameWork } from '../../extractor/engine.js';
import { wasmModules } from '../../backends/wasm.js';
import { motionWindows } from '../../extractor/motion-requests.js';
import { framesOf } from '../../extractor/videos.js';
import { cancelled, Member } from './member.js';
import type { WorkerSetup } from './messages.js';
import { createRuns } from './runs.js';
import type { JoinedModules } from '../revectorize/compile.js';
import { createSlots, type Slot } from './slots.js';

/** What the pool needs to know. */
export interface PoolOptions {
  /** Worker threads, at least 1. */
  readonly threads: number;
  readonly backend: BackendName;
  /** Kernels joined to 256 bits, to be used in place of the backend's. */
  readonly paired?: JoinedModules;
  /** Called once by each worker that found one of them wrong. */
  readonly onRejected?: () => void;
  /** Script of the workers, for bundlers that move it. Default: the one beside this module. */
  readonly workerUrl?: URL;
}

/** Frames per worker that may wait or be computed: one each, so that none idles between two. */
const FRAMES_PER_WORKER = 2;

/**
 * Where the workers' script is. Sources cannot be run as they are, so a
 * program running from sources uses the built one.
 */
const defaultWorkerUrl = (): URL =>
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../dist/node/pool/worker.js' : './worker.js',
    import.meta.url,
  );

/** Makes engines with workers of their own. */
export const poolEngine =
  (options: PoolOptions): EngineFactory =>
  (plan, videos) => {
    const modules = options.backend === 'wasm' ? wasmModules() : [];
    const { backend, paired } = options;
    const { names } = videos;
    // One that is gone or replaced can still be read through the source that has it open.
    const locations = videos.locations?.every(isLocated) === true ? videos.locations : undefined;
    const setup: WorkerSetup = { plan, backend, modules, paired, names, locations };
    const url = options.workerUrl ?? defaultWorkerUrl();
    const members = Array.from(
      {
        length: Math.min(options.threads, locations === undefined ? Infinity : framesOf(locations)),
      },
      () => new Member(url, setup, options.onRejected),
    );
    const windows = motionWindows(plan);
    const depth = Math.max(0, ...windows);
    const slots = createSlots(plan.format);
    // The newest reference pictures, newest last, held for motion to look back to.
    const history: Slot[] = [];
    let closed = false;

    const submit = async (work: FrameWork): Promise<FrameResult> => {
      if (closed) throw cancelled();
      const reference = slots.copy(work.reference);
      const distorted = work.distorted.map((plane) =>
        plane === undefined || !work.wanted ? undefined : slots.copy(plane),
      );
      const earlier = windows.map((window) => history.at(-window));
      const held = [reference, ...distorted, ...earlier].filter((slot) => slot !== undefined);
      for (const slot of earlier) slot?.retain();
      if (depth > 0) {
        reference.retain();
        history.push(reference);
        if (history.length > depth) history.shift()?.release();
      }
      const idlest = members.reduce((best, member) => (member.load < best.load ? member : best));
      try {
        return await idlest.compute({
          index: work.index,
          wanted: work.wanted,
          reference: reference.memory,
          earlier: earlier.map((slot) => slot?.memory),
          distorted: distorted.map((slot) => slot?.memory),
        });
      } finally {
        for (const slot of held) slot.release();
      }
    };

    return {
      capacity: members.length * FRAMES_PER_WORKER,
      submit,
      ...(locations === undefined ? {} : { results: () => createRuns(members, locations) }),
      close: async () => {
        closed = true;
        await Promise.all(members.map((member) => member.close()));
      },
    } satisfies Engine;
  };
