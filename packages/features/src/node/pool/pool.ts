/**
 * An engine of worker threads. Frames are handed to whichever worker has the
 * least to do; each goes with the earlier reference pictures that motion needs,
 * so there are no chunks and no seams: any number of workers gives the same
 * bits. Pictures travel in shared memory.
 */
import { Worker } from 'node:worker_threads';
import { TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import type { BackendName } from '../../backends/choose.js';
import type { Engine, EngineFactory, FrameResult, FrameWork } from '../../extractor/engine.js';
import { wasmModules } from '../../backends/wasm.js';
import { motionWindows } from '../../extractor/motion-requests.js';
import type { JoinedModules } from '../revectorize/compile.js';
import type { Answer, Task, WorkerSetup } from './messages.js';
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
  (plan) => {
    const modules = options.backend === 'wasm' ? wasmModules() : [];
    const { backend, paired } = options;
    const setup: WorkerSetup = { plan, backend, modules, paired };
    const url = options.workerUrl ?? defaultWorkerUrl();
    const members = Array.from(
      { length: options.threads },
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
        return await idlest.run({
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
      capacity: options.threads * FRAMES_PER_WORKER,
      submit,
      close: async () => {
        closed = true;
        await Promise.all(members.map((member) => member.close()));
      },
    } satisfies Engine;
  };

const cancelled = (): TinyVmafException =>
  new TinyVmafException({ _tag: 'Cancelled', operation: 'Feature extraction' });

interface Pending {
  readonly resolve: (result: FrameResult) => void;
  readonly reject: (error: TinyVmafException) => void;
}

/** One worker and the frames it owes. */
class Member {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #fate: TinyVmafException | undefined;
  /** Has said that joined kernels were wrong; it says so in each answer. */
  #rejected = false;

  constructor(url: URL, setup: WorkerSetup, onRejected?: () => void) {
    // Loaders and conditions of the program are not for the worker: it is plain JavaScript.
    this.#worker = new Worker(url, { workerData: setup, execArgv: [] });
    this.#worker.on('message', (answer: Answer) => {
      if ('rejected' in answer && answer.rejected && !this.#rejected) {
        this.#rejected = true;
        onRejected?.();
      }
      this.#settle(answer);
    });
    this.#worker.on('error', (thrown) => {
      this.#die(thrown.message);
    });
    this.#worker.on('exit', (status) => {
      this.#die(`it ended with status ${status}`);
    });
  }

  /** Frames waiting or being computed. */
  get load(): number {
    return this.#pending.size;
  }

  run(task: Task): Promise<FrameResult> {
    return new Promise((resolve, reject) => {
      if (this.#fate !== undefined) {
        reject(this.#fate);
        return;
      }
      this.#pending.set(task.index, { resolve, reject });
      this.#worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    this.#fail(cancelled());
    await this.#worker.terminate();
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.index);
    this.#pending.delete(answer.index);
    if ('result' in answer) pending?.resolve(answer.result);
    else pending?.reject(new TinyVmafException(answer.error));
  }

  /** The worker is gone: everything it owes fails, with the frames named. */
  #die(reason: string): void {
    if (this.#fate !== undefined) return;
    const frames = [...this.#pending.keys()].join(', ');
    const error: TinyVmafError = {
      _tag: 'Internal',
      problem: `a worker died${frames === '' ? '' : ` at frame ${frames}`}: ${reason}`,
    };
    this.#fail(new TinyVmafException(error));
  }

  #fail(fate: TinyVmafException): void {
    this.#fate ??= fate;
    for (const { reject } of this.#pending.values()) reject(this.#fate);
    this.#pending.clear();
  }
}
