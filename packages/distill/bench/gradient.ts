// CPU time of the gradient trainer: the products of A1's middle layer, and whole
// batches of A1 and A2, points drawn and labelled before:
//   npx tsc -b packages/distill
//   npx rolldown packages/distill/bench/gradient.ts --platform node -o FILE.mjs && node FILE.mjs
import { BUILT_IN, buildArchitecture } from '@tinyvmaf/models';
import { unwrap } from '@tinyvmaf/core';
import { createKernel } from '../src/gradient/kernel.js';
import { createJob } from '../src/gradient/trainer.js';
import type { Recipe } from '../src/recipe/recipe.js';
import { drawPoints } from '../src/sample/index.js';
import { studentTeacher } from '../src/teacher/student.js';

const ROUNDS = 9;

/** Median CPU time of a call, microseconds. */
const cpu = (calls: number, run: () => void): number => {
  run();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < calls; i++) run();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / calls);
  }
  return times.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? NaN;
};

const kernel = createKernel();
kernel.reserve(2 ** 20);
const numbers = new Float32Array(kernel.memory.buffer);
for (let i = 256; i < numbers.length; i++) numbers[i] = (i % 97) / 97 - 0.5;
const [X, W, Y] = [4096, 4096 + 4 * 32_768, 4096 + 8 * 32_768];
const products: Readonly<Record<string, () => void>> = {
  forward: () => kernel.gemm(X, 64, 1, W, W, Y, 512, 64, 64, 2),
  'gradient of weights': () => kernel.gemm(X, 1, 64, Y, 0, W, 64, 64, 512, 0),
  'gradient of inputs': () => kernel.gemm(X, 64, 1, W, 0, Y, 512, 64, 64, 0),
};
for (const [name, run] of Object.entries(products)) {
  const time = cpu(200, run);
  const rate = (2 * 512 * 64 * 64) / time / 1000;
  console.log(`512 x 64 x 64, ${name}: ${time.toFixed(0)} us, ${rate.toFixed(1)} GFLOP/s`);
}

const teacher = unwrap(studentTeacher('a5'));
for (const id of ['a1', 'a2']) {
  const architecture = BUILT_IN.get(id);
  if (architecture === undefined) throw new Error(`no architecture ${id}`);
  const built = unwrap(buildArchitecture(architecture));
  for (const quantised of [false, true]) {
    const options = {
      points: 5120,
      batch: 512,
      damped: true,
      phases: [{ steps: 1_000_000, rate: 0.001, final: 1, warmup: 0, quantised }],
    };
    const recipe: Recipe = {
      format: 'tinyvmaf-recipe',
      version: 1,
      id: `${id}-bench`,
      title: '',
      architecture: { id, options: {} },
      target: 'b1',
      teacher: 'vmaf_v0.6.1',
      seed: 1,
      data: { kind: 'synthetic', mixture: { chain: 1 } },
      trainer: { id: 'gradient', options },
      tier: 'tiny',
    };
    const data = {
      teacher,
      draw: (count: number, seed: number) => {
        const rows = drawPoints(recipe.data.mixture, count, seed, teacher.anchors);
        return { rows, labels: teacher.label(rows) };
      },
    };
    const { graph, options: architectureOptions } = built;
    const job = unwrap(
      createJob({ recipe, architecture, architectureOptions, graph, data }, options, undefined),
    );
    // One step of the job is 100 batches.
    const time = cpu(1, () => unwrap(job.advance())) / 100;
    console.log(
      `${id}, a batch of 512${quantised ? ', eight bits' : ''}: ${(time / 1000).toFixed(3)} ms of CPU`,
    );
  }
}
