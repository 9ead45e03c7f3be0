/**
 * What every architecture must hold, ours and those of others, as plain
 * functions that return what they find. No test runner is needed.
 */
import { createRandom, errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { Architecture } from '../architecture/architecture.js';
import { buildArchitecture, checkArchitecture } from '../architecture/check.js';
import type { LayerGraph, Weights } from '../graph/graph.js';
import { runGraph } from '../graph/run.js';
import { initialWeights, nextNormal, parameterCount, parameters } from '../graph/weights.js';
import { exportedGraph, exportOnnx } from '../onnx/export.js';
import { ALLOWED_OPERATORS } from '../onnx/allowed.js';
import { createStudent, type Student } from '../student/student.js';

/** Something that an architecture does not hold. */
export interface ConformanceFinding {
  /** Name of the check. */
  readonly check: CheckName;
  /** What is wrong, with the numbers. */
  readonly problem: string;
}

/** An exported model of an architecture, ready for the checks that need one. */
interface Built {
  readonly architecture: Architecture;
  readonly graph: LayerGraph;
  readonly weights: Weights;
  readonly bytes: Uint8Array;
  readonly student: Student;
}

/**
 * Weights for tests: where training begins, with zeros replaced by small random
 * numbers, so that no part of the graph is without effect.
 */
export const randomWeights = (graph: LayerGraph, seed: number): Weights => {
  const random = createRandom(seed);
  const begin = initialWeights(graph, seed);
  return new Map(
    parameters(graph).map(({ name, rows }) => {
      const values = begin.get(name) ?? new Float64Array(0);
      const deviation = 0.5 / Math.sqrt(rows);
      return [name, values.map((value) => (value === 0 ? deviation * nextNormal(random) : value))];
    }),
  );
};

/** Random frames `[rows, 6]`, binary32 numbers about where features lie and somewhat beyond. */
export const randomFrames = (rows: number, seed: number): Float32Array => {
  const random = createRandom(seed);
  return new Float32Array(rows * 6).map((_, i) => random.float() * (i % 6 === 5 ? 35 : 1.2));
};

const compile = (architecture: Architecture): E.Either<TinyVmafError, Built> => {
  const built = buildArchitecture(architecture);
  if (E.isLeft(built)) return built;
  const { graph } = built.right;
  const weights = randomWeights(graph, 1);
  const { id, version, budget } = architecture;
  const metadata = { architecture: id, version, tier: budget?.tier ?? 'small' } as const;
  const exported = exportOnnx({ graph, weights, metadata });
  if (E.isLeft(exported)) return exported;
  const bytes = exported.right;
  return E.map((student: Student) => ({ architecture, graph, weights, bytes, student }))(
    createStudent(bytes, { source: id }),
  );
};

const ROWS = 1000;
const FRAMES = 40;

/** Bits of numbers, to compare them. */
const differing = (a: Float32Array, b: Float32Array): number => {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (!Object.is(a[i], b[i])) count++;
  return count;
};

/** Scores of frames in calls of `batch` frames; of clips with so many frames. */
const scored = ({ student }: Built, batch: number): Float32Array => {
  if (student.input === 'clip') {
    return Float32Array.from(
      { length: 8 },
      (_, i) => student.score(randomFrames(batch, i))[0] ?? NaN,
    );
  }
  const frames = randomFrames(ROWS, 2);
  const scores: number[] = [];
  for (let start = 0; start < frames.length; start += 6 * batch) {
    scores.push(...student.score(frames.subarray(start, start + 6 * batch)));
  }
  return Float32Array.from(scores);
};

const reference = ({ graph, weights, student }: Built, batch: number): Float32Array => {
  const exported = exportedGraph(graph, weights);
  const run = (frames: Float32Array): Float64Array =>
    runGraph(exported.graph, exported.weights, frames);
  return student.input === 'clip'
    ? Float32Array.from({ length: 8 }, (_, i) => run(randomFrames(batch, i))[0] ?? NaN)
    : Float32Array.from(run(randomFrames(ROWS, 2)));
};

type Check = (built: Built) => readonly string[];

const CHECKS = {
  'builds the same graph each time': ({ architecture, graph }) => {
    const again = buildArchitecture(architecture);
    const text = (value: LayerGraph): string =>
      JSON.stringify(value, (_key, each: unknown) =>
        each instanceof Float64Array ? Array.from(each) : each,
      );
    return E.isRight(again) && text(again.right.graph) === text(graph)
      ? []
      : ['the same options gave two different graphs'];
  },
  'takes only options that it knows how to decode': ({ architecture }) =>
    [null, 7, 'text', []].flatMap((options) => {
      const result = buildArchitecture(architecture, options);
      return E.isRight(result) || result.left._tag === 'BadArgument'
        ? []
        : [`options ${JSON.stringify(options)}: ${errorMessage(result.left)}`];
    }),
  'has something to learn': ({ graph }) =>
    parameterCount(graph).trainable > 0 ? [] : ['no parameter is trainable'],
  'gives finite scores that depend on the features': (built) => {
    const scores = scored(built, FRAMES);
    if (!scores.every(Number.isFinite)) return ['a score is not finite'];
    return new Set(scores).size > 1 ? [] : [`every score is ${scores[0]}`];
  },
  'gives in its file the scores of its graph': (built) => {
    const count = differing(scored(built, FRAMES), reference(built, FRAMES));
    return count === 0 ? [] : [`${count} scores differ in float32 bits`];
  },
  'does not depend on the batch': (built) => {
    if (built.student.input === 'clip') return [];
    const whole = scored(built, ROWS);
    return [1, 7, 256].flatMap((batch) => {
      const count = differing(whole, scored(built, batch));
      return count === 0 ? [] : [`${count} scores differ in calls of ${batch} frames`];
    });
  },
  'does not see padding': ({ student }) => {
    if (student.input === 'frame') return [];
    const frames = randomFrames(FRAMES, 3);
    const padded = new Float32Array(frames.length + 60);
    padded.set(frames);
    padded.set(randomFrames(10, 4), frames.length);
    const mask = new Float32Array(FRAMES + 10).fill(1, 0, FRAMES);
    const [alone = NaN] = student.score(frames);
    const [beside = NaN] = student.score(padded, mask);
    return Math.abs(alone - beside) <= 1e-4
      ? []
      : [`a clip scores ${alone}, with padding behind it ${beside}`];
  },
  'keeps its budget': ({ architecture: { budget }, bytes }) =>
    budget?.onnxBytes === undefined || bytes.length <= budget.onnxBytes
      ? []
      : [`its file has ${bytes.length} bytes; its budget is ${budget.onnxBytes}`],
  'uses operators that every loader takes': ({ student }) =>
    student.model.nodes.flatMap(({ op }) =>
      ALLOWED_OPERATORS.has(op) ? [] : [`its file has the operator ${op}`],
    ),
} satisfies Record<string, Check>;

/** Name of a check. */
export type CheckName = 'keeps the contract' | keyof typeof CHECKS;

/** Names of all checks, in order. */
export const CONFORMANCE_CHECKS: readonly CheckName[] = [
  'keeps the contract',
  ...(Object.keys(CHECKS) as (keyof typeof CHECKS)[]),
];

/**
 * What an architecture does not hold; nothing for one that conforms. Each check
 * builds the graph with default options, exports it with random weights and runs
 * the file.
 * @param value the default export of a plugin.
 * @param only one check; all by default. `keeps the contract` comes before each.
 */
export const conformance = (value: unknown, only?: CheckName): readonly ConformanceFinding[] => {
  const contract = E.flatMap(compile)(checkArchitecture(value, 'The architecture'));
  if (E.isLeft(contract)) {
    return [{ check: 'keeps the contract', problem: errorMessage(contract.left) }];
  }
  const entries = Object.entries(CHECKS) as [keyof typeof CHECKS, Check][];
  return entries
    .filter(([check]) => only === undefined || only === check)
    .flatMap(([check, run]) => run(contract.right).map((problem) => ({ check, problem })));
};
