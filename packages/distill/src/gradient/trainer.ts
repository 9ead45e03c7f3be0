/**
 * The gradient trainer: Adam over batches of labelled points, in phases with a
 * learning rate each, the last of them with the rounding that the file will
 * have. Nothing in it depends on engine, processor or interruptions, so a seed
 * gives the same bytes everywhere.
 */
import { decodeWith, issuesText, type TinyVmafError } from '@tinyvmaf/core';
import { initialWeights, type Weights } from '@tinyvmaf/models';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import { wholeWithin } from '../recipe/numbers.js';
import type { Progress, Trainer, TrainerInput, TrainingJob } from '../trainer/trainer.js';
import { createArena, createKernel, type Kernel } from './kernel.js';
import { gradientOptions, type GradientOptions } from './options.js';
import { layParameters, readWeights, refresh, writeWeights } from './parameters.js';
import { createPool } from './pool.js';
import { compileProgram } from './program.js';
import { rateAt } from './schedule.js';

/** Errors are learned in this unit, points of VMAF: about the deviation of scores. */
const UNIT = 30;

/** Adam's constants. */
const DECAY_1 = 0.9;
const DECAY_2 = 0.999;
const EPSILON = 1e-8;

/** Batches of one step of the job: between two of them it may be interrupted. */
const BATCHES = 100;

const stateCodec = t.strict({
  /** Batches so far. */
  step: wholeWithin(0, Number.MAX_SAFE_INTEGER),
  /** Parameters and their moments: binary32, little-endian, in base64. */
  weights: t.string,
  first: t.string,
  second: t.string,
});

type Saved = t.TypeOf<typeof stateCodec>;

const tableError =
  (source: string, place: string) =>
  (issues: Parameters<typeof issuesText>[0]): TinyVmafError => ({
    _tag: 'TableFormat',
    source,
    place,
    problem: issuesText(issues),
  });

/** Where a batch lies among the phases. */
interface Place {
  readonly index: number;
  /** Batches of the phase before it. */
  readonly within: number;
}

const placeOf = (phases: GradientOptions['phases'], step: number): Place => {
  let within = step;
  for (const [index, { steps }] of phases.entries()) {
    if (within < steps) return { index, within };
    within -= steps;
  }
  return { index: phases.length, within: 0 };
};

/** Starts a job on a kernel. Left: `TableFormat` for a state of another graph. */
export const createJob = (
  { recipe, graph, data }: TrainerInput,
  options: GradientOptions,
  saved: Saved | undefined,
  kernel: Kernel = createKernel(),
): E.Either<TinyVmafError, TrainingJob> => {
  const { batch, phases } = options;
  const steps = phases.reduce((sum, phase) => sum + phase.steps, 0);
  const arena = createArena();
  const blocks = layParameters(graph, arena);
  const program = compileProgram(graph, blocks, batch, kernel, arena);
  const pool = createPool({ data, seed: recipe.seed, ...options }, kernel, arena);
  kernel.reserve(arena.end);
  const start = initialWeights(graph, recipe.seed);
  writeWeights(kernel, blocks, start);

  let step = 0;
  /** `decay^batches` of the phase so far, for the correction of Adam's moments. */
  let powers: readonly [number, number] = [1, 1];
  const bytesOf = (at: number): Uint8Array =>
    new Uint8Array(kernel.memory.buffer, at, 4 * blocks.count);
  const clearMoments = (): void => {
    bytesOf(blocks.first).fill(0);
    bytesOf(blocks.second).fill(0);
    powers = [1, 1];
  };
  const nextPowers = (): void => {
    powers = [powers[0] * DECAY_1, powers[1] * DECAY_2];
  };

  if (saved !== undefined) {
    const parts = [
      [blocks.masters, saved.weights],
      [blocks.first, saved.first],
      [blocks.second, saved.second],
    ] as const;
    for (const [at, text] of parts) {
      const bytes = Buffer.from(text, 'base64');
      if (bytes.length !== 4 * blocks.count) {
        return E.left({
          _tag: 'TableFormat',
          source: recipe.id,
          place: 'checkpoint',
          problem: `has ${bytes.length} bytes of numbers, this graph needs ${4 * blocks.count}`,
        });
      }
      bytesOf(at).set(bytes);
    }
    step = saved.step;
    for (let i = placeOf(phases, step).within; i > 0; i--) nextPowers();
  }

  const runBatch = ({ index, within }: Place): number => {
    const phase = phases[index];
    if (phase === undefined) return NaN;
    if (within === 0) clearMoments();
    refresh(kernel, blocks, phase.quantised);
    pool.load(step, program.input);
    program.forward();
    const squares = kernel.squaredError(
      program.output,
      pool.labels,
      pool.weights,
      program.gradient,
      batch,
      2 / (batch * UNIT * UNIT),
    );
    program.backward();
    nextPowers();
    kernel.adam(
      blocks.masters,
      blocks.first,
      blocks.second,
      blocks.gradients,
      blocks.count,
      rateAt(phase, within),
      DECAY_1,
      DECAY_2,
      1 / (1 - powers[0]),
      1 / (1 - powers[1]),
      EPSILON,
    );
    return squares;
  };

  const advance = (): E.Either<TinyVmafError, Progress> => {
    const { index } = placeOf(phases, step);
    let squares = 0;
    let count = 0;
    for (; count < BATCHES && step < steps; count++) {
      const place = placeOf(phases, step);
      if (place.index !== index) break;
      squares += runBatch(place);
      step++;
    }
    const loss = Math.sqrt(squares / (count * batch));
    return Number.isFinite(loss)
      ? E.right({ stage: `phase ${index + 1}`, step, steps, loss })
      : E.left({
          _tag: 'Training',
          source: recipe.id,
          problem: `the error is no number any more after ${step} of ${steps} batches`,
          remedy: 'Use a lower learning rate or a longer warm-up.',
        });
  };

  const text = (at: number): string => Buffer.from(bytesOf(at)).toString('base64');
  return E.right({
    get done() {
      return step >= steps;
    },
    advance,
    save: (): Saved => ({
      step,
      weights: text(blocks.masters),
      first: text(blocks.first),
      second: text(blocks.second),
    }),
    result: (): E.Either<TinyVmafError, Weights> => E.right(readWeights(kernel, blocks, start)),
  });
};

const clipsRefused = ({ architecture }: TrainerInput): TinyVmafError => ({
  _tag: 'BadArgument',
  argument: 'arch',
  rule: 'must score frames for the trainer gradient',
  value: `${architecture.id}, a model of clips`,
});

/** Adam on batches, for any graph that scores frames. */
export const gradientTrainer: Trainer = {
  id: 'gradient',
  start: (input, saved) =>
    F.pipe(
      input.graph.kind === 'frame' ? E.Do : E.left(clipsRefused(input)),
      E.bind('options', () =>
        decodeWith(
          gradientOptions,
          input.recipe.trainer.options,
          tableError(input.recipe.id, 'trainer.options'),
        ),
      ),
      E.bind('state', () =>
        saved === undefined
          ? E.right(undefined)
          : decodeWith(stateCodec, saved, tableError(input.recipe.id, 'checkpoint')),
      ),
      E.flatMap(({ options, state }) => createJob(input, options, state)),
    ),
};
