/**
 * A student as a teacher: where Netflix's model is not installed, its shipped
 * student can label points instead. It has no support vectors, so points stand
 * in for them.
 */
import { createHash } from 'node:crypto';
import type { TinyVmafError } from '@tinyvmaf/core';
import { modelBytes, createStudent } from '@tinyvmaf/models';
import { either as E, function as F } from 'fp-ts';
import { drawPoints, HIGHEST, type Anchors } from '../sample/index.js';
import { deviations, type Teacher } from './teacher.js';

/** Points that stand in for support vectors. */
const ANCHORS = 211;
const ANCHOR_SEED = 0x5eed;
const NONE: Anchors = { rows: new Float64Array(6), deviation: new Float64Array(6) };

/** Width of functions in a space where features end at 1, as smooth as the teachers. */
const GAMMA = 0.04;

/**
 * A student of the registry as a teacher.
 * @param id `a5`.
 * @returns left `ModelNotFound`, `ModelFormat`.
 */
export const studentTeacher = (id: string): E.Either<TinyVmafError, Teacher> =>
  F.pipe(
    modelBytes(id),
    E.bindTo('bytes'),
    E.bind('student', ({ bytes }) => createStudent(bytes, { source: id })),
    E.map(({ bytes, student }) => {
      const rows = drawPoints({ chain: 0.7, box: 0.3 }, ANCHORS, ANCHOR_SEED, NONE);
      return {
        name: id,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        clip: { min: 0, max: 100 },
        anchors: { rows, deviation: deviations(rows) },
        scaling: {
          slopes: Float64Array.from(HIGHEST, (highest) => 1 / highest),
          intercepts: new Float64Array(6),
        },
        gamma: GAMMA,
        label: (features) => student.unclipped(features),
      };
    }),
  );
