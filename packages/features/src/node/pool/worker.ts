/**
 * A worker of the pool: takes frames, answers with their numbers. Everything
 * it knows beyond that is the plan it was started with.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { fromThrown } from '@tinyvmaf/core';
import { kernelsOf } from '../../backends/choose.js';
import { adoptWasmModules } from '../../backends/wasm.js';
import { createBench } from '../../extractor/bench.js';
import { compareAll, sadOf } from '../../extractor/engine.js';
import { pairedKernels } from '../revectorize/kernels.js';
import type { Answer, Task, WorkerSetup } from './messages.js';
import { planeOf } from './slots.js';

const { plan, backend, modules, paired } = workerData as WorkerSetup;
adoptWasmModules(modules);
let rejected = false;
const kernels =
  paired === undefined
    ? kernelsOf(backend)
    : pairedKernels(paired, () => {
        rejected = true;
      });
const bench = createBench(plan, kernels);
const plane = (memory: SharedArrayBuffer) => planeOf(memory, plan.format);

const compute = (task: Task): Answer => {
  const reference = plane(task.reference);
  const sads = task.earlier.map((memory) =>
    sadOf(bench, memory === undefined ? undefined : plane(memory), reference),
  );
  const distorted = task.distorted.map((memory) =>
    memory === undefined ? undefined : plane(memory),
  );
  const { index, wanted } = task;
  const spatial = compareAll(bench, { index, wanted, reference, distorted });
  return { index, result: { sads, spatial }, rejected };
};

const answer = (task: Task): Answer => {
  try {
    return compute(task);
  } catch (thrown) {
    // Causes may hold what cannot be sent.
    const { cause: _, ...error } = fromThrown(thrown, 'Feature extraction');
    return { index: task.index, error };
  }
};

parentPort?.on('message', (task: Task) => {
  parentPort?.postMessage(answer(task));
});
