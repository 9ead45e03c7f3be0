/**
 * A student from the bytes of its file, run in plain TypeScript. Our files
 * compute in binary64 between two roundings to binary32, so their scores here
 * are those of onnxruntime, bit for bit but for ties of the last rounding. Files
 * of others that keep the same names and shapes run too.
 */
import {
  FEATURES,
  fromThrown,
  TinyVmafException,
  unwrap,
  type FeatureName,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type { Budget, Tensor } from '../onnx/compute.js';
import { parseMetadata, type FeatureRange, type StudentMetadata } from '../onnx/metadata.js';
import { readOnnx, type ReadOptions } from '../onnx/read.js';
import { createProgram, runBudget, type OnnxProgram } from '../onnx/run.js';
import type { OnnxModel } from '../onnx/types.js';
import { checkInterface, lastClip, tensors, tryFrame, type StudentInput } from './interface.js';

/** A model that scores frames or clips from their features. */
export interface Student {
  /** One score per frame, or one for all frames of a clip. */
  readonly input: StudentInput;
  /** What the file says of itself; absent in files of others. */
  readonly metadata?: StudentMetadata;
  /** The file as data. */
  readonly model: OnnxModel;
  /** Bytes of the file and of every file of weights beside it. */
  readonly bytes: number;
  /**
   * Scores, VMAF points.
   * @param features `[frames, 6]` row by row in canonical order; rounded to binary32 first.
   * @param mask clip models: 1 for a frame, 0 for padding; all 1 by default.
   * @returns one score per frame, or one for the clip.
   * @throws TinyVmafException `BadArgument` for lengths that do not fit and
   *   numbers that are not finite, `ModelFormat` for a clip too long to compute.
   */
  score(features: ArrayLike<number>, mask?: ArrayLike<number>): Float32Array;
  /**
   * What the last `Clip` of the file gets: scores that may lie outside the
   * range, in binary64. The same as `score` where the file ends in no `Clip`.
   */
  unclipped(features: ArrayLike<number>, mask?: ArrayLike<number>): Float64Array;
}

/** How a student is made. */
export interface StudentOptions extends ReadOptions {
  /** Whether the probe in the file is computed and compared; it is by default. */
  readonly checkProbe?: boolean;
}

/** Most that a score may lie from the probe's, in units of its last place. */
const PROBE_ULPS = 2;

/** Frames at a time at most, and numbers on the way of a block. */
const BLOCK_ROWS = 256;
const BLOCK_ELEMENTS = 2 ** 21;

/**
 * A student from bytes.
 * @returns `ModelFormat` for damaged, hostile or oversized bytes, for inputs and
 *   outputs that are not those of a student, and where the probe in the file
 *   comes out otherwise.
 */
export const createStudent = (
  bytes: Uint8Array,
  options: StudentOptions = {},
): E.Either<TinyVmafError, Student> => {
  const { source = 'The model', external, checkProbe = true } = options;
  const files = new Map<string, number>();
  const counted = external && {
    external: (location: string): Uint8Array | undefined => {
      const file = external(location);
      if (file !== undefined) files.set(location, file.length);
      return file;
    },
  };
  return F.pipe(
    E.Do,
    E.bind('model', () => readOnnx(bytes, { source, ...counted })),
    E.bind('input', ({ model }) => checkInterface(model, source)),
    E.bind('metadata', ({ model }) => parseMetadata(model.metadata, source)),
    E.bind('program', ({ model }) => createProgram(model, source)),
    E.bind('elements', ({ program, input }) => tryFrame(program, input, source)),
    E.map(({ model, input, metadata, program, elements }): Student => {
      const last = lastClip(model);
      const compute = (
        name: string,
        features: ArrayLike<number>,
        mask: ArrayLike<number> | undefined,
      ): Float64Array =>
        input === 'clip'
          ? scoreClip(program, name, checkedRows(features), mask)
          : scoreFrames(program, name, checkedRows(features), mask, elements);
      return {
        input,
        ...(metadata === undefined ? {} : { metadata }),
        model,
        bytes: [...files.values()].reduce((sum, size) => sum + size, bytes.length),
        score: (features, mask) =>
          Float32Array.from(finite(compute(model.outputs[0]?.name ?? '', features, mask), source)),
        unclipped: (features, mask) => finite(compute(last, features, mask), source),
      };
    }),
    E.flatMap((student) => (checkProbe ? checkedProbe(student, source) : E.right(student))),
  );
};

/** Names of the features of a frame that lie outside what a model was trained on. */
export const outsideRange = (
  { low, high }: FeatureRange,
  frame: ArrayLike<number>,
): readonly FeatureName[] =>
  FEATURES.filter((_, i) => {
    const value = frame[i] ?? NaN;
    return !(value >= (low[i] ?? -Infinity) && value <= (high[i] ?? Infinity));
  });

const bad = (argument: string, rule: string, value: string): never => {
  throw new TinyVmafException({ _tag: 'BadArgument', argument, rule, value });
};

const checkedRows = (features: ArrayLike<number>): Float32Array => {
  const rows = Float32Array.from(features);
  if (rows.length % 6 !== 0)
    bad('features', 'must hold 6 numbers per frame', `${rows.length} numbers`);
  const wrong = rows.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    bad(
      `features, frame ${Math.floor(wrong / 6)}, ${FEATURES[wrong % 6] ?? ''}`,
      'must be a finite binary32 number',
      String(features[wrong]),
    );
  }
  return rows;
};

/** Scores that are numbers; a file may hold weights with which they are not. */
const finite = (scores: Float64Array, source: string): Float64Array => {
  const wrong = scores.findIndex((score) => !Number.isFinite(score));
  if (wrong < 0) return scores;
  throw new TinyVmafException({
    _tag: 'ModelFormat',
    source,
    path: 'output',
    problem: `score ${wrong} is ${scores[wrong]}, not a finite number`,
  });
};

const values = (
  program: OnnxProgram,
  name: string,
  features: Float32Array,
  mask: Float32Array | undefined,
  budget: Budget,
): Tensor['data'] =>
  unwrap(program.run(tensors(features, mask), [name], budget))[0]?.data ?? new Float64Array(0);

const scoreFrames = (
  program: OnnxProgram,
  name: string,
  features: Float32Array,
  mask: ArrayLike<number> | undefined,
  elements: number,
): Float64Array => {
  if (mask !== undefined) bad('mask', 'is for clip models only', `${mask.length} numbers`);
  const rows = features.length / 6;
  const scores = new Float64Array(rows);
  // Quantisation on the fly depends on all rows of a call; others do not care.
  const whole = program.model.nodes.some(({ op }) => op === 'DynamicQuantizeLinear');
  const block = whole
    ? rows
    : Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_ELEMENTS / elements)));
  for (let start = 0; start < rows; start += block) {
    const end = Math.min(start + block, rows);
    const out = values(
      program,
      name,
      features.subarray(start * 6, end * 6),
      undefined,
      runBudget(),
    );
    if (out.length !== end - start) {
      throw new TinyVmafException({
        _tag: 'ModelFormat',
        source: 'The model',
        path: `value ${JSON.stringify(name)}`,
        problem: `${end - start} frames must give as many numbers, give ${out.length}`,
      });
    }
    scores.set(out, start);
  }
  return scores;
};

const scoreClip = (
  program: OnnxProgram,
  name: string,
  features: Float32Array,
  mask: ArrayLike<number> | undefined,
): Float64Array => {
  const rows = features.length / 6;
  const weights = mask === undefined ? new Float32Array(rows).fill(1) : Float32Array.from(mask);
  if (weights.length !== rows)
    bad('mask', `must have one number per frame, ${rows}`, `${weights.length} numbers`);
  if (!weights.every((weight) => weight === 0 || weight === 1))
    bad('mask', 'must hold 0 and 1', 'others');
  if (!weights.includes(1)) bad('features', 'must hold at least one frame of a clip', 'none');
  return Float64Array.from(values(program, name, features, weights, runBudget()));
};

/** The distance of neighbouring binary32 numbers about a value. */
const ulp = (value: number): number =>
  2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(value) || 2 ** -126))) - 23);

const checkedProbe = (student: Student, source: string): E.Either<TinyVmafError, Student> => {
  const probe = student.metadata?.probe;
  if (probe === undefined) return E.right(student);
  const scored = E.tryCatch(() => student.score(probe.features)[0] ?? NaN, fromThrown);
  if (E.isLeft(scored)) return scored;
  const score = scored.right;
  return Math.abs(score - probe.score) <= PROBE_ULPS * ulp(probe.score)
    ? E.right(student)
    : E.left({
        _tag: 'ModelFormat',
        source,
        path: 'metadata_props.probe',
        problem: `the probe scores ${score} here and ${probe.score} where the file was made; the file is damaged or this engine computes something else`,
      });
};
