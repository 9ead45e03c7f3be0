/**
 * Training as a run in a folder. Interrupted at any moment, by `kill -9` too,
 * the same call goes on where it was, and the files come out the same to the
 * last byte.
 */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import {
  throwIfAborted,
  TinyVmafException,
  toPromise,
  tryTask,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { writeFileAtomic } from '@tinyvmaf/corpus-loader';
import { buildArchitecture, exportOnnx } from '@tinyvmaf/models';
import { resolveArchitectureTE } from '@tinyvmaf/models/node';
import type { taskEither as TE } from 'fp-ts';
import { recipeText, type Recipe } from '../recipe/recipe.js';
import { loadRecipeTE, recipeNames } from '../recipe/load.js';
import { HIGHEST, LOWEST } from '../sample/index.js';
import { findTarget } from '../target/targets.js';
import { loadTeacher, type Teacher } from '../teacher/teacher.js';
import type { Progress, TrainingJob } from '../trainer/trainer.js';
import { findTrainer } from '../trainer/trainers.js';
import { cardText } from './card.js';
import { lossCurve, type CurvePoint } from './curve.js';
import {
  openRun,
  readCheckpoint,
  readLog,
  removePartial,
  RUN_FILES,
  writeCheckpoint,
} from './folder.js';
import { evaluateSynthetic, type SyntheticEvaluation } from './probe-sets.js';

/** What to train, from what, and where to. */
export interface DistillOptions {
  /** Architecture: `a5`. With a recipe it must be the recipe's; absent: the recipe's. */
  readonly arch?: string;
  /** What to learn: `b1`. Absent: the recipe's. */
  readonly target?: string;
  /** A recipe, the name of one that comes with the package, or a JSON file. Default: the name in `arch`. */
  readonly recipe?: Recipe | string;
  /** The run's folder: new, empty, or of the same run. */
  readonly out: string;
  /**
   * Where the teacher's file is: a file or a folder; default as in
   * `@tinyvmaf/svm/node`. Or another teacher than the recipe's, ready to label.
   */
  readonly teacher?: string | Teacher;
  /** Replaces the recipe's seed. */
  readonly seed?: number;
  /** Stops the run between two steps, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Told after every step. */
  readonly onProgress?: (progress: Progress) => void;
  /** Least wall time between two checkpoints, milliseconds. Default 2000. */
  readonly checkpointEvery?: number;
}

/** What a run made. */
export interface DistillResult {
  /** The run's folder, absolute. */
  readonly out: string;
  /** As it was used, with the seed. */
  readonly recipe: Recipe;
  /** Bytes of `model.onnx`. */
  readonly model: Uint8Array;
  /** SHA-256 of them, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Of the bytes, on random points. */
  readonly evaluation: SyntheticEvaluation;
  /** Numbers in the model. */
  readonly parameters: number;
  /** CPU time of all parts of the run, seconds. */
  readonly cpuSeconds: number;
}

/**
 * Trains a student.
 * @returns left `BadArgument` for an architecture, target, trainer or folder
 * that cannot be; `TableFormat` for a recipe or checkpoint that cannot be read;
 * `ArchitectureNotFound`, `ArchitectureShape`; those of finding the teacher;
 * `Training` where the numbers lead nowhere; `Io`; `Cancelled`.
 */
export const distillTE = (options: DistillOptions): TE.TaskEither<TinyVmafError, DistillResult> =>
  tryTask(() => run(options), 'Distilling');

/** {@link distillTE} as a Promise; rejects with `TinyVmafException`. */
export const distill = (options: DistillOptions): Promise<DistillResult> =>
  toPromise(distillTE(options));

const CHECKPOINT_EVERY = 2000;

const run = async (options: DistillOptions): Promise<DistillResult> => {
  const recipe = await recipeOf(options);
  const architecture = await toPromise(resolveArchitectureTE(recipe.architecture.id));
  const target = unwrap(findTarget(recipe.target));
  const trainer = unwrap(findTrainer(recipe.trainer.id, architecture.id));
  const { graph, options: architectureOptions } = unwrap(
    buildArchitecture(architecture, recipe.architecture.options),
  );
  const teacher = await teacherFor(recipe, options.teacher);
  const data = await toPromise(target.prepare({ recipe, teacher }));

  const out = resolve(options.out);
  await openRun(out, recipeText(recipe));
  const checkpoint = await readCheckpoint(out);
  if (checkpoint !== undefined && checkpoint.teacher !== teacher.sha256) {
    throw new TinyVmafException({
      _tag: 'HashMismatch',
      source: recipe.teacher,
      expected: checkpoint.teacher,
      actual: teacher.sha256,
      hint: 'The run began with another file of the teacher.',
    });
  }
  const log = checkpoint === undefined ? [] : await readLog(out, checkpoint.lines);
  const job = unwrap(
    trainer.start({ recipe, architecture, architectureOptions, graph, data }, checkpoint?.job),
  );
  const clock = cpuClock(checkpoint?.cpuSeconds ?? 0);
  await train(out, job, log, teacher.sha256, clock, options);

  const weights = unwrap(job.result());
  const model = unwrap(
    exportOnnx({
      graph,
      weights,
      metadata: {
        architecture: architecture.id,
        version: architecture.version,
        tier: recipe.tier,
        teacher: teacher.sha256.slice(0, 16),
        range: { low: LOWEST, high: HIGHEST },
      },
    }),
  );
  const sha256 = createHash('sha256').update(model).digest('hex');
  const evaluation = evaluateSynthetic(model, teacher);
  const cpuSeconds = clock();
  const parameters = [...weights.values()].reduce((sum, values) => sum + values.length, 0);
  const card = cardText({
    recipe,
    teacher,
    bytes: model.length,
    sha256,
    parameters,
    synthetic: evaluation,
  });
  await writeFileAtomic(
    join(out, RUN_FILES.evaluation),
    `${JSON.stringify(evaluation, null, 2)}\n`,
  );
  await writeFileAtomic(join(out, RUN_FILES.curve), lossCurve(recipe.id, log.map(curvePoint)));
  await writeFileAtomic(join(out, RUN_FILES.card), card);
  await writeFileAtomic(join(out, RUN_FILES.timing), `${JSON.stringify({ cpuSeconds })}\n`);
  // Last, so that a model is there only when all the rest is.
  await writeFileAtomic(join(out, RUN_FILES.model), model);
  await removePartial(out);
  return { out, recipe, model, sha256, evaluation, parameters, cpuSeconds };
};

const teacherFor = (recipe: Recipe, given: string | Teacher | undefined): Promise<Teacher> =>
  typeof given === 'object'
    ? Promise.resolve(given)
    : loadTeacher(recipe.teacher, given === undefined ? {} : { teacher: given });

const recipeOf = async ({ arch, target, recipe, seed }: DistillOptions): Promise<Recipe> => {
  if (recipe === undefined && arch === undefined) {
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: 'arch',
      rule: 'or a recipe must be given',
    });
  }
  if (recipe === undefined && arch !== undefined && !(await recipeNames()).includes(arch)) {
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: 'arch',
      rule: `must be one of ${(await recipeNames()).join(', ')} where no recipe is given`,
      value: arch,
    });
  }
  // A target that does not exist is said as such before any recipe is compared.
  if (target !== undefined) unwrap(findTarget(target));
  const loaded =
    typeof recipe === 'object' ? recipe : await toPromise(loadRecipeTE(recipe ?? arch ?? ''));
  const refuse = (argument: string, there: string, value: string): never => {
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument,
      rule: `must be that of the recipe ${loaded.id}, ${there}`,
      value,
    });
  };
  if (arch !== undefined && arch !== loaded.architecture.id) {
    refuse('arch', loaded.architecture.id, arch);
  }
  if (target !== undefined && target !== loaded.target) refuse('target', loaded.target, target);
  return seed === undefined ? loaded : { ...loaded, seed };
};

/** CPU seconds of this process since now, on top of those before. */
const cpuClock = (before: number): (() => number) => {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return before + (user + system) / 1e6;
  };
};

const train = async (
  out: string,
  job: TrainingJob,
  log: string[],
  teacher: string,
  clock: () => number,
  { signal, onProgress, checkpointEvery = CHECKPOINT_EVERY }: DistillOptions,
): Promise<void> => {
  const save = (): Promise<void> =>
    writeCheckpoint(out, log, { teacher, cpuSeconds: clock(), job: job.save() });
  let saved = performance.now();
  while (!job.done) {
    if (signal?.aborted === true) {
      await save();
      throwIfAborted(signal, 'Distilling');
    }
    const progress = unwrap(job.advance());
    log.push(JSON.stringify(progress));
    onProgress?.(progress);
    if (performance.now() - saved >= checkpointEvery) {
      await save();
      saved = performance.now();
    }
    // Lets signals and timers in between two steps.
    await new Promise(setImmediate);
  }
  await save();
};

const curvePoint = (line: string): CurvePoint => {
  const { stage, step, loss } = JSON.parse(line) as { stage: string; step: number; loss: number };
  return { stage, step, loss };
};
