/** What a worker does in a run: its kernels, its files, and an answer per frame. */
import { fromThrown } from '@tinyvmaf/core';
import { kernelsOf } from '../../backends/choose.js';
import { adoptWasmModules } from '../../backends/wasm.js';
import { createBench } from '../../extractor/bench.js';
import {
  checkRanges,
  compareAll,
  FramesElsewhere,
  sadOf,
  type FrameResult,
  type FrameWork,
} from '../../extractor/engine.js';
import { pairedKernels } from '../revectorize/kernels.js';
import type { Answer, PictureTask, RunTask, WorkerSetup } from './messages.js';
import { createPictures, type Pictures } from './pictures.js';
import { planeOf } from './slots.js';

/** A worker's share of a run. */
export interface Work {
  /** Computes a frame whose pictures were sent. */
  one(task: PictureTask): Answer;
  /** Reads and computes frames one after the other, up to the first failure. */
  run(task: RunTask): Iterable<Answer>;
  /** Closes the files. */
  end(): void;
}

/** Sets up for a run. */
export const createWork = (setup: WorkerSetup): Work => {
  const { plan, backend, modules, paired, names, locations } = setup;
  adoptWasmModules(modules);
  let rejected = false;
  const kernels =
    paired === undefined
      ? kernelsOf(backend)
      : pairedKernels(paired, () => {
          rejected = true;
        });
  const bench = createBench(plan, kernels);
  const pictures = createPictures(locations ?? [], bench.windows);

  const compute = (work: FrameWork, earlier: Pictures['earlier']): FrameResult => {
    checkRanges(names, work);
    const sads = earlier.map((plane) => sadOf(bench, plane, work.reference));
    return { sads, spatial: compareAll(bench, work) };
  };

  const computeSent = ({ index, wanted, ...sent }: PictureTask): FrameResult => {
    const plane = (memory: SharedArrayBuffer) => planeOf(memory, plan.format);
    const planeOrNone = (memory: SharedArrayBuffer | undefined) =>
      memory === undefined ? undefined : plane(memory);
    const distorted = sent.distorted.map(planeOrNone);
    const work = { index, wanted, reference: plane(sent.reference), distorted };
    return compute(work, sent.earlier.map(planeOrNone));
  };

  const computeRead = (index: number): FrameResult => {
    const { reference, distorted, earlier, evidence } = pictures.read(index);
    const wanted = index % plan.subsample === 0;
    return { ...compute({ index, wanted, reference, distorted }, earlier), evidence };
  };

  const answer = (index: number, run: () => FrameResult): Answer => {
    try {
      const result = run();
      return { index, result, rejected };
    } catch (thrown) {
      if (thrown instanceof FramesElsewhere) return { index, elsewhere: true };
      // Causes may hold what cannot be sent.
      const { cause: _, ...error } = fromThrown(thrown, 'Feature extraction');
      return { index, error };
    }
  };

  return {
    one: (task) => answer(task.index, () => computeSent(task)),
    *run({ first, count }) {
      for (let index = first; index < first + count; index++) {
        const one = answer(index, () => computeRead(index));
        yield one;
        if (!('result' in one)) return;
      }
    },
    end: () => {
      pictures.close();
    },
  };
};
