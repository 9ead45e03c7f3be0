/**
 * Students and their teacher against opinion scores: frames are scored and
 * averaged to clips, as VMAF does, and compared with what people said. The
 * licence of the scores may bar them from training; here they only judge.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { Dataset } from '@tinyvmaf/corpus-loader';
import type { Agreement, Teacher } from '@tinyvmaf/distill';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import type { EvalFlags } from './eval.js';
import { datasetTE } from './rows.js';
import type { Training } from './run.js';
import type { Judged } from './students.js';

/** How well one model agrees with people. */
export interface LabelAgreement extends Pick<Agreement, 'plcc' | 'srocc'> {
  readonly name: string;
  /** RMSE after the straight line that fits best, in units of the label. */
  readonly rmse: number;
}

/** The models on the same clips, the teacher first. */
export interface LabelEvaluation {
  readonly label: string;
  readonly clips: number;
  readonly models: readonly LabelAgreement[];
}

/** Judges; left as `datasetTE`. */
export const judgeByLabelsTE = (
  training: Training,
  students: readonly Judged[],
  teacher: Teacher,
  flags: EvalFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, LabelEvaluation> => {
  const label = flags.label ?? '';
  return F.pipe(
    datasetTE(flags, { labels: [label], purpose: 'evaluate' }, context),
    TE.map((dataset) => {
      const truth = clipMeans(dataset, dataset.labels[label] ?? new Float64Array(0));
      const scorers = [
        {
          name: teacher.name,
          score: (features: Float64Array) => training.clipped(teacher, teacher.label(features)),
        },
        ...students,
      ];
      return {
        label,
        clips: truth.length,
        models: scorers.map(({ name, score }) => {
          const scores = clipMeans(dataset, score(dataset.features));
          const { plcc, srocc } = training.agreement(scores, truth);
          const { rmse } = training.agreement(fitted(scores, truth), truth);
          return {
            name,
            ...(plcc === undefined ? {} : { plcc }),
            ...(srocc === undefined ? {} : { srocc }),
            rmse,
          };
        }),
      };
    }),
  );
};

/** Means over the frames of each clip that has rows, in order of the clips. */
const clipMeans = ({ clip, clips }: Dataset, values: ArrayLike<number>): Float64Array => {
  const sums = new Float64Array(clips.length);
  const counts = new Float64Array(clips.length);
  for (let row = 0; row < clip.length; row++) {
    const index = clip[row] ?? 0;
    sums[index] = (sums[index] ?? 0) + (values[row] ?? NaN);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return sums.map((sum, i) => sum / (counts[i] ?? 0)).filter((_, i) => (counts[i] ?? 0) > 0);
};

/** Scores through the straight line of least squares to the truth. */
const fitted = (scores: Float64Array, truth: Float64Array): Float64Array => {
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(scores), mean(truth)];
  let both = 0;
  let own = 0;
  for (let i = 0; i < scores.length; i++) {
    const dx = (scores[i] ?? NaN) - x;
    both += dx * ((truth[i] ?? NaN) - y);
    own += dx * dx;
  }
  const slope = own > 0 ? both / own : 0;
  return scores.map((score) => y + slope * (score - x));
};
