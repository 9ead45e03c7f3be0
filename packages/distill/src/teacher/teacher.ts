/**
 * The teacher as trainers see it: unclipped scores for rows of features in
 * canonical order, and what its support vectors say about the space.
 */
import { FEATURES, toPromise, type TinyVmafError } from '@tinyvmaf/core';
import { createPredictor, parseModelSpec, type Model } from '@tinyvmaf/svm';
import { loadModelSpecTE, type FindOptions } from '@tinyvmaf/svm/node';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { Anchors } from '../sample/index.js';

/** Something to learn from. */
export interface Teacher {
  /** `vmaf_v0.6.1`. */
  readonly name: string;
  /** SHA-256 of its file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Range of its scores once clipped. */
  readonly clip: { readonly min: number; readonly max: number };
  /** Its support vectors as raw features. */
  readonly anchors: Anchors;
  /** `x = slopes * feature + intercepts`: the space it measures distances in. `[6]` each. */
  readonly scaling: { readonly slopes: Float64Array; readonly intercepts: Float64Array };
  /** Width of its kernel, `exp(-gamma * distance^2)` in that space. */
  readonly gamma: number;
  /** Unclipped scores of `[count, 6]` raw features in canonical order. */
  label(rows: Float64Array): Float64Array;
}

/** Scores within the teacher's range, as it would report them. */
export const clipped = (teacher: Teacher, scores: Float64Array): Float64Array =>
  scores.map((score) => Math.min(teacher.clip.max, Math.max(teacher.clip.min, score)));

/**
 * A model as a teacher.
 * @returns left `ModelFormat` where it does not take the six features, or has
 * no scaling.
 */
export const teacherOf = (
  model: Model,
  name: string,
  sha256: string,
): E.Either<TinyVmafError, Teacher> => {
  const refuse = (problem: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'ModelFormat', source: model.source, path: 'feature_names', problem });
  /** Place of each canonical feature among the model's inputs. */
  const order = FEATURES.map((feature) =>
    model.inputs.findIndex(({ output }) => output === feature),
  );
  if (model.inputs.length !== FEATURES.length || order.includes(-1)) {
    return refuse(`must be the six of the v0.6.1 family to teach: ${FEATURES.join(', ')}`);
  }
  const member = model.members[0];
  if (member?.scaling === undefined) return refuse('come without a scaling, which training needs');
  const { slopes, intercepts } = member.scaling;
  const scaling = {
    slopes: Float64Array.from(order, (i) => slopes[i + 1] ?? NaN),
    intercepts: Float64Array.from(order, (i) => intercepts[i + 1] ?? NaN),
  };
  const { values, count, gamma } = member.svm;
  const rows = new Float64Array(6 * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < 6; j++) {
      const scaled = values[6 * i + (order[j] ?? 0)] ?? NaN;
      rows[6 * i + j] = (scaled - (scaling.intercepts[j] ?? NaN)) / (scaling.slopes[j] ?? NaN);
    }
  }
  const predictor = createPredictor(
    { ...model, kind: 'single', members: [member] },
    { disableClip: true },
  );
  const scratch = new Float64Array(6);
  return E.right({
    name,
    sha256,
    clip: member.clip ?? { min: 0, max: 100 },
    anchors: { rows, deviation: deviations(rows) },
    scaling,
    gamma,
    label: (features) => {
      const scores = new Float64Array(features.length / 6);
      for (let i = 0; i < scores.length; i++) {
        for (let j = 0; j < 6; j++) scratch[order[j] ?? 0] = features[6 * i + j] ?? NaN;
        scores[i] = predictor.predict(scratch).score;
      }
      return scores;
    },
  });
};

/** `[6]`: deviation of each feature over `[count, 6]` rows. */
export const deviations = (rows: Float64Array): Float64Array => {
  const count = rows.length / 6;
  const out = new Float64Array(6);
  for (let j = 0; j < 6; j++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += rows[6 * i + j] ?? NaN;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const difference = (rows[6 * i + j] ?? NaN) - sum / count;
      squares += difference * difference;
    }
    out[j] = Math.sqrt(squares / count);
  }
  return out;
};

/**
 * Finds and loads a teacher by version name.
 * @param options where to look, see `@tinyvmaf/svm/node`.
 * @returns left `BadArgument`, `ModelNotFound`, `ModelFormat`, `HashMismatch` or `Io`.
 */
export const loadTeacherTE = (
  name: string,
  options: FindOptions = {},
): TE.TaskEither<TinyVmafError, Teacher> =>
  F.pipe(
    TE.fromEither(parseModelSpec(`version=${name}`)),
    TE.flatMap((spec) => loadModelSpecTE(spec, options)),
    TE.flatMapEither(({ model, sha256 }) => teacherOf(model, name, sha256)),
  );

/** {@link loadTeacherTE} as a Promise; rejects with `TinyVmafException`. */
export const loadTeacher = (name: string, options?: FindOptions): Promise<Teacher> =>
  toPromise(loadTeacherTE(name, options));
