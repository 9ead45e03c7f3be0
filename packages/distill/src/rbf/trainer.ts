/**
 * The trainer of A5: short searches from several starts, long ones from the
 * best of them, and the rounding of the best of these. ml-notes section 9 has
 * the measurements behind it.
 */
import { createRandom, decodeWith, issuesText, type TinyVmafError } from '@tinyvmaf/core';
import type { Weights } from '@tinyvmaf/models';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import type { Progress, Trainer, TrainerInput, TrainingJob } from '../trainer/trainer.js';
import { rbfOptions, type RbfOptions } from './options.js';
import { pointsOf } from './points.js';
import { workspace, type Placement, type Points, type Workspace } from './problem.js';
import { foldPlacement, roundWeights } from './round.js';
import {
  searchMemory,
  searchStep,
  startSearch,
  type SearchMemory,
  type SearchState,
} from './search.js';
import { orthogonalStart, spreadStart } from './starts.js';

/** How far the seeds of the parts of a run lie from its own. */
const SEEDS = { starts: 0, polish: 7, spread: 5 } as const;

/** Candidates for centres: the support vectors, and points until there are so many. */
const CANDIDATES = 1000;

const search = t.strict({
  centres: t.array(t.number),
  width: t.number,
  lambda: t.number,
  iteration: t.number,
  small: t.number,
  done: t.boolean,
});
const placed = t.strict({ centres: t.array(t.number), width: t.number, cost: t.number });
const stateCodec = t.strict({
  /** Steps taken in all. */
  step: t.number,
  /** Index of the part of the work. */
  stage: t.number,
  /** What the finished parts found; `null` where the functions could not be told apart. */
  found: t.array(t.union([placed, t.null])),
  /** The search under way. */
  search: t.union([search, t.null]),
});

type Saved = t.TypeOf<typeof stateCodec>;
type Found = Placement & { readonly cost: number };

/** Memory of the part of the work under way. */
interface Bench {
  readonly stage: number;
  readonly work: Workspace;
  readonly memory: SearchMemory;
}

const training = (source: string, problem: string): TinyVmafError => ({
  _tag: 'Training',
  source,
  problem,
  remedy: 'Use fewer centres, another seed or a larger ridge.',
});

const createJob = (
  { recipe, data }: TrainerInput,
  options: RbfOptions,
  centres: number,
  saved: Saved | undefined,
): TrainingJob => {
  const { seed } = recipe;
  const { teacher } = data;
  const trials = options.starts.orthogonal + options.starts.spread;
  // One start needs no trial.
  const skip = options.starts.iterations === 0 || trials === 1;
  const stages = trials + options.polish.keep;
  const steps =
    (skip ? 0 : trials * options.starts.iterations) +
    options.polish.keep * options.polish.iterations;
  const shift = teacher.scaling.intercepts.map((value) => -value);

  const pointSet = (count: number, from: number): Points => {
    const { rows, labels } = data.draw(count, (seed + from) >>> 0);
    return pointsOf(rows, labels, teacher.clip, teacher.scaling.slopes, shift);
  };

  let step = saved?.step ?? 0;
  let stage = saved?.stage ?? 0;
  const found: (Found | undefined)[] = (saved?.found ?? []).map((each) =>
    each === null ? undefined : { ...each, centres: Float64Array.from(each.centres) },
  );
  let state: SearchState | undefined =
    saved === undefined || saved.search === null
      ? undefined
      : { ...saved.search, centres: Float64Array.from(saved.search.centres) };
  let bench: Bench | undefined;
  let loss = NaN;

  const isTrial = (): boolean => stage < trials;
  const benchOf = (): Bench => {
    if (bench?.stage === stage) return bench;
    // Parts of one kind share their points and their memory.
    if (bench !== undefined && bench.stage < trials === isTrial())
      return (bench = { ...bench, stage });
    const set = isTrial()
      ? pointSet(options.starts.points, SEEDS.starts)
      : pointSet(options.polish.points, SEEDS.polish);
    const work = workspace(set, centres, options.ridge);
    return (bench = { stage, work, memory: searchMemory(work) });
  };

  /** Where the part of the work begins; undefined where no start was good enough. */
  const begin = (): Placement | undefined => {
    if (!isTrial()) {
      const best = found
        .slice(0, trials)
        .filter((each) => each !== undefined)
        .sort((a, b) => a.cost - b.cost);
      return best[stage - trials];
    }
    const { points } = benchOf().work;
    const width = teacher.gamma;
    if (stage < options.starts.orthogonal) {
      const anchors = teacher.anchors.rows.length / 6;
      const vectors = pointsOf(
        teacher.anchors.rows,
        new Float64Array(anchors),
        teacher.clip,
        teacher.scaling.slopes,
        shift,
      ).x;
      const more = Math.max(0, CANDIDATES - anchors);
      const candidates = Float64Array.from([...vectors, ...points.x.subarray(0, 6 * more)]);
      return { centres: orthogonalStart(points, candidates, centres, width), width };
    }
    const random = createRandom((seed + SEEDS.spread + 0x1000 * stage) >>> 0);
    return { centres: spreadStart(points, centres, random), width };
  };

  const finish = (result: Found | undefined): void => {
    found.push(result);
    state = undefined;
    stage++;
  };

  const advance = (): E.Either<TinyVmafError, Progress> => {
    const name = isTrial() ? `start ${stage + 1}` : `polish ${stage - trials + 1}`;
    if (state === undefined) {
      const place = begin();
      if (place === undefined) {
        if (stage === trials) return E.left(training(recipe.id, 'no start could be solved'));
        finish(undefined);
        return E.right({ stage: name, step, steps, loss });
      }
      if (isTrial() && skip) {
        finish({ ...place, cost: 0 });
        return E.right({ stage: name, step, steps, loss });
      }
      state = startSearch(place);
    }
    const { work, memory } = benchOf();
    const limits = isTrial() ? options.starts : options.polish;
    const next = searchStep(work, memory, state, limits);
    if (next === undefined) {
      finish(undefined);
      return E.right({ stage: name, step, steps, loss });
    }
    step++;
    loss = Math.sqrt(next.solution.squares / work.points.count);
    state = next.state;
    const { centres: places, width, cost } = next.solution;
    if (state.done) finish({ centres: places, width, cost });
    return E.right({ stage: name, step, steps, loss });
  };

  const result = (): E.Either<TinyVmafError, Weights> => {
    const best = found
      .slice(trials)
      .filter((each) => each !== undefined)
      .sort((a, b) => a.cost - b.cost)[0];
    if (best === undefined) return E.left(training(recipe.id, 'no search could be solved'));
    const folded = foldPlacement(best, teacher.scaling);
    const { rows, labels } = data.draw(options.polish.points, (seed + SEEDS.polish) >>> 0);
    const points = pointsOf(rows, labels, teacher.clip, folded.scale, new Float64Array(6));
    const rounded = roundWeights(points, folded.centres, options.ridge);
    if (rounded === undefined) return E.left(training(recipe.id, 'the rounded centres coincide'));
    return E.right(
      new Map([
        ['scale', folded.scale],
        ['centres', folded.centres],
        ['weights', rounded.weights],
        ['offset', Float64Array.of(rounded.offset)],
      ]),
    );
  };

  return {
    get done() {
      return stage >= stages;
    },
    advance,
    result,
    save: (): Saved => ({
      step,
      stage,
      found: found.map((each) =>
        each === undefined
          ? null
          : { centres: [...each.centres], width: each.width, cost: each.cost },
      ),
      search: state === undefined ? null : { ...state, centres: [...state.centres] },
    }),
  };
};

const tableError =
  (source: string, place: string) =>
  (issues: Parameters<typeof issuesText>[0]): TinyVmafError => ({
    _tag: 'TableFormat',
    source,
    place,
    problem: issuesText(issues),
  });

/** Levenberg-Marquardt with variable projection for radial basis functions. */
export const rbfTrainer: Trainer = {
  id: 'rbf',
  architectures: ['a5'],
  start: (input, saved) =>
    F.pipe(
      E.Do,
      E.bind('options', () =>
        decodeWith(
          rbfOptions,
          input.recipe.trainer.options,
          tableError(input.recipe.id, 'trainer.options'),
        ),
      ),
      E.bind('shape', () =>
        decodeWith(
          t.type({ centres: t.number }),
          input.architectureOptions,
          tableError(input.recipe.id, 'architecture.options'),
        ),
      ),
      E.bind('state', () =>
        saved === undefined
          ? E.right(undefined)
          : decodeWith(stateCodec, saved, tableError(input.recipe.id, 'checkpoint')),
      ),
      E.map(({ options, shape, state }) => createJob(input, options, shape.centres, state)),
    ),
};
