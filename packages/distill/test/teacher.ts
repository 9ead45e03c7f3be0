// Teachers for tests: the shipped student, always there, and Netflix's model
// where it lies beside the checkout.
import { resolve } from 'node:path';
import { unwrap } from '@tinyvmaf/core';
import { SHARED } from '@tinyvmaf/testkit';
import { loadTeacher, studentTeacher, type Recipe, type Teacher } from '../src/index.js';

/** Folder of Netflix's model files. */
export const TEACHERS = resolve(SHARED, 'teacher');

/** The shipped student of vmaf_v0.6.1 as a teacher. */
export const stand: Teacher = unwrap(studentTeacher('a5'));

/** Netflix's model. */
export const real = (name = 'vmaf_v0.6.1'): Promise<Teacher> =>
  loadTeacher(name, { teacher: TEACHERS });

/** A recipe that takes a second. */
export const tiny: Recipe = {
  format: 'tinyvmaf-recipe',
  version: 1,
  id: 'a5-test',
  title: 'For tests',
  architecture: { id: 'a5', options: { centres: 4 } },
  target: 'b1',
  teacher: 'vmaf_v0.6.1',
  seed: 3,
  data: {
    kind: 'synthetic',
    mixture: { chain: 0.5, mix: 0.2, box: 0.15, corner: 0.1, identity: 0.05 },
  },
  trainer: {
    id: 'rbf',
    options: {
      starts: { points: 300, orthogonal: 1, spread: 2, iterations: 12 },
      polish: { points: 600, keep: 2, iterations: 40 },
      ridge: 1e-15,
    },
  },
  tier: 'nano',
};
