import { errorMessage, unwrap } from '@tinyvmaf/core';
import {
  BUILT_IN,
  buildArchitecture,
  createStudent,
  exportOnnx,
  initialWeights,
  parameters,
  reweighting,
  runGraph,
  storedWeights,
  type LayerGraph,
  type Weights,
} from '@tinyvmaf/models';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { createArena, createKernel, type Kernel } from '../../src/gradient/kernel.js';
import type { GradientOptions } from '../../src/gradient/options.js';
import { layParameters, writeWeights } from '../../src/gradient/parameters.js';
import { compileProgram } from '../../src/gradient/program.js';
import { createJob, gradientTrainer } from '../../src/gradient/trainer.js';
import { evaluateRows, loadRecipe, scorerOf, type Recipe } from '../../src/index.js';
import { drawPoints } from '../../src/sample/index.js';
import type { TrainingSet } from '../../src/target/target.js';
import type { TrainerInput, TrainingJob } from '../../src/trainer/trainer.js';
import { plainKernel } from './plain.js';
import { stand, tiny } from '../teacher.js';

const options: GradientOptions = {
  points: 1500,
  batch: 32,
  damped: true,
  phases: [
    { steps: 150, rate: 0.01, final: 1e-3, warmup: 10, quantised: false },
    { steps: 130, rate: 0.001, final: 1e-3, warmup: 5, quantised: true },
  ],
};

const data: TrainingSet = {
  teacher: stand,
  draw: (count, seed) => {
    const rows = drawPoints(tiny.data.mixture, count, seed, stand.anchors);
    return { rows, labels: stand.label(rows) };
  },
};

const inputOf = (
  id: string,
  architectureOptions: Readonly<Record<string, unknown>>,
  trainer: unknown = options,
): TrainerInput => {
  const architecture = BUILT_IN.get(id)!;
  const built = unwrap(buildArchitecture(architecture, architectureOptions));
  const recipe: Recipe = {
    ...tiny,
    architecture: { id, options: architectureOptions },
    trainer: { id: 'gradient', options: trainer as Record<string, unknown> },
  };
  return { recipe, architecture, architectureOptions: built.options, graph: built.graph, data };
};

/** Names of what training moves. */
const blocksOf = (graph: LayerGraph): readonly string[] =>
  parameters(graph).flatMap(({ name, frozen }) => (frozen ? [] : [name]));

const small = inputOf('a1', { layers: 3, width: 12 });

const finish = (job: TrainingJob): Weights => {
  while (!job.done) unwrap(job.advance());
  return unwrap(job.result());
};

const trained = (kernel: Kernel, input = small): Weights =>
  finish(unwrap(createJob(input, options, undefined, kernel)));

describe('the gradient trainer', () => {
  const weights = trained(createKernel());

  it('gives the bits of plain loops, twice', () => {
    expect(trained(createKernel())).toEqual(weights);
    expect(trained(plainKernel())).toEqual(weights);
  });

  it('gives others for another seed', () => {
    const other = { ...small, recipe: { ...small.recipe, seed: 4 } };
    expect(trained(createKernel(), other)).not.toEqual(weights);
  });

  it('goes on from every state to the same bits', () => {
    const job = unwrap(gradientTrainer.start(small));
    const states: string[] = [JSON.stringify(job.save())];
    while (!job.done) {
      unwrap(job.advance());
      states.push(JSON.stringify(job.save()));
    }
    // Two steps of the job for each phase, and the start.
    expect(states).toHaveLength(5);
    for (const state of states) {
      expect(finish(unwrap(gradientTrainer.start(small, JSON.parse(state))))).toEqual(weights);
    }
  });

  it('learns, and what it learned survives eight bits', () => {
    const rows = drawPoints(tiny.data.mixture, 2000, 99, stand.anchors);
    const rmse = (of: Weights): number => {
      const bytes = unwrap(
        exportOnnx({
          graph: small.graph,
          weights: of,
          metadata: {
            architecture: 'a1',
            version: 1,
            tier: 'tiny',
            teacher: stand.sha256.slice(0, 16),
          },
        }),
      );
      const scores = unwrap(createStudent(bytes)).score(rows);
      const truth = stand.label(rows);
      return Math.sqrt(
        truth.reduce((sum, y, i) => sum + (Math.min(100, Math.max(0, y)) - scores[i]!) ** 2, 0) /
          scores.length,
      );
    };
    expect(rmse(initialWeights(small.graph, 3))).toBeGreaterThan(20);
    expect(rmse(weights)).toBeLessThan(12);
  });

  it('ends where the next rounding to eight bits changes nothing but the last place', () => {
    const rows = drawPoints(tiny.data.mixture, 50, 98, stand.anchors);
    const stored = storedWeights(small.graph, weights);
    const again = storedWeights(small.graph, stored);
    const [one, two] = [stored, again].map((each) => runGraph(small.graph, each, rows));
    one!.forEach((score, i) => expect(score).toBeCloseTo(two![i]!, 3));
  });

  it('refuses options and states that it does not understand', () => {
    const message = (input: TrainerInput, saved?: unknown): string => {
      const result = gradientTrainer.start(input, saved);
      return E.isLeft(result) ? errorMessage(result.left) : 'no error';
    };
    expect(message(inputOf('a1', {}, { ...options, batch: 30 }))).toContain('a multiple of 4');
    expect(message(inputOf('a1', {}, { ...options, phases: [{}] }))).toContain('trainer.options');
    expect(message(inputOf('a1', {}, { ...options, points: 20 }))).toContain(
      'points for at least one batch',
    );
    expect(message(inputOf('a1', {}, { ...options, phases: [] }))).toContain('at least one phase');
    expect(message(small, { step: 1 })).toContain('checkpoint');
    expect(message(inputOf('a3', {}))).toContain('arch must score frames for the trainer gradient');
    expect(message(small, { step: 1, weights: 'AAAA', first: '', second: '' })).toContain(
      'has 3 bytes of numbers, this graph needs',
    );
  });

  it('says so when the numbers lead nowhere', () => {
    const wild = { ...options, phases: [{ ...options.phases[0]!, rate: 1, warmup: 0 }] };
    const nowhere = {
      ...small,
      data: {
        ...data,
        draw: (n: number, seed: number) => ({
          ...data.draw(n, seed),
          labels: new Float64Array(n).fill(1e39),
        }),
      },
    };
    const job = unwrap(createJob(nowhere, wild, undefined));
    const result = job.advance();
    expect(E.isLeft(result) && errorMessage(result.left)).toContain(
      'is no number any more after 100 of 150',
    );
  });
});

describe('A4 on a frozen A5', () => {
  it('has nothing to learn from its own regressor: at the identity the gradient is zero', () => {
    const centres = 5;
    const a5 = unwrap(buildArchitecture(BUILT_IN.get('a5')!, { centres })).graph;
    const { graph } = inputOf('a4', { centres });
    const weights = reweighting(initialWeights(a5, 2));
    const count = 64;
    const rows = drawPoints(tiny.data.mixture, count, 1, stand.anchors).map(Math.fround);
    const clip = graph.nodes[graph.output]!.operation as { readonly a: number };
    const labels = runGraph({ ...graph, output: clip.a }, weights, rows);

    /** Largest gradient of the twelve numbers, with the weights of the features at `factor`. */
    const largest = (factor: number): number => {
      const kernel = createKernel();
      const arena = createArena();
      const blocks = layParameters(graph, arena);
      const program = compileProgram(graph, blocks, count, kernel, arena);
      const [label, weight] = [arena.take(count), arena.take(count)];
      kernel.reserve(arena.end);
      writeWeights(
        kernel,
        blocks,
        new Map([...weights, ['weight', new Float64Array(6).fill(factor)]]),
      );
      const memory = new Float32Array(kernel.memory.buffer);
      memory.set(rows, program.input / 4);
      memory.set(labels, label / 4);
      memory.fill(1, weight / 4, weight / 4 + count);
      program.forward();
      kernel.squaredError(program.output, label, weight, program.gradient, count, 2 / count);
      program.backward();
      const from = blocks.gradients / 4;
      return Math.max(...memory.subarray(from, from + blocks.count).map(Math.abs));
    };
    expect(blocksOf(graph)).toEqual(['weight', 'bias']);
    expect(largest(1)).toBeLessThan(1e-5);
    expect(largest(1.01)).toBeGreaterThan(1e-3);
  });
});

describe('the quick recipe of A1', () => {
  it('makes an eight-bit file below 10,000 bytes that follows its teacher', async () => {
    const recipe = await loadRecipe('a1-quick');
    const base = inputOf('a1', {});
    const input = { ...base, recipe: { ...recipe } };
    const job = unwrap(gradientTrainer.start(input));
    const weights = finish(job);
    const bytes = unwrap(
      exportOnnx({
        graph: input.graph,
        weights,
        metadata: {
          architecture: 'a1',
          version: 1,
          tier: 'tiny',
          teacher: stand.sha256.slice(0, 16),
        },
      }),
    );
    expect(bytes.length).toBeLessThan(10_000);
    const features = drawPoints({ chain: 1 }, 4000, 0x7e57, stand.anchors);
    const figures = unwrap(
      evaluateRows(
        unwrap(scorerOf(bytes)),
        { features, sources: new Array<string>(4000).fill('chain') },
        stand,
      ),
    );
    expect(figures.rmse).toBeLessThan(1.5);
    expect(figures.plcc).toBeGreaterThan(0.999);
  });
});
