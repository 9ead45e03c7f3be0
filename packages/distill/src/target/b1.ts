/** B1: the teacher's own scores, before its clip, for points that samplers draw. */
import { taskEither as TE } from 'fp-ts';
import { drawPoints } from '../sample/index.js';
import type { Target } from './target.js';

/** Distillation of a teacher. */
export const b1: Target = {
  id: 'b1',
  title: 'the scores of the teacher',
  prepare: ({ recipe, teacher }) =>
    TE.right({
      teacher,
      draw: (count, seed) => {
        const rows = drawPoints(recipe.data.mixture, count, seed, teacher.anchors);
        return { rows, labels: teacher.label(rows) };
      },
    }),
};
