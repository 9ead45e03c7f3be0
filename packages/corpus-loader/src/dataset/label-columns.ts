/**
 * From the name of a label column to where its numbers come from: a teacher's
 * score files, or the opinion scores in clip records.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { array as A, either as E, function as F } from 'fp-ts';
import type { Label, LabelScale } from '../corpus/label.js';
import type { ClipRecord, ModelRecord, Sha256 } from '../store/contracts.js';
import { namesOf, type DatasetQuery } from './query.js';

/** What a label column holds. */
export type LabelColumn =
  | {
      readonly kind: 'teacher';
      /** As the query names it. */
      readonly column: string;
      readonly modelName: string;
      readonly model: Sha256;
    }
  | {
      readonly kind: 'opinion';
      readonly column: string;
      readonly name: string;
      readonly dataset: string;
      readonly scale: LabelScale;
      /** Whether the licence bars training of what is shipped. */
      readonly evaluationOnly: boolean;
    };

/**
 * The label columns of a query. Left: `BadArgument` for a name that the clips
 * and models do not have, that stands for several models, whose scale is not
 * the same everywhere, or that may not be trained on.
 */
export const labelColumns = (
  query: DatasetQuery,
  clips: readonly ClipRecord[],
  models: readonly ModelRecord[],
): E.Either<TinyVmafError, readonly LabelColumn[]> =>
  F.pipe(
    [...new Set(query.labels ?? [])],
    A.map((column) =>
      column.includes('/') && !models.some(({ modelName }) => modelName === column)
        ? opinionColumn(column, clips, query.purpose ?? 'train')
        : teacherColumn(column, models),
    ),
    A.sequence(E.Applicative),
  );

/** The opinion score of a clip for a column. */
export const opinionOf = (
  clip: ClipRecord,
  column: Pick<Label, 'name' | 'dataset'>,
): Label | undefined =>
  clip.labels.find(({ name, dataset }) => name === column.name && dataset === column.dataset);

/** Names that label columns can have, for messages and lists: teachers, then opinion scores. */
export const labelNames = (
  clips: readonly ClipRecord[],
  models: readonly ModelRecord[],
): readonly string[] => [
  ...new Set(models.map(({ modelName }) => modelName)),
  ...[...new Set(clips.flatMap(({ labels }) => labels.map(columnName)))].sort(),
];

const columnName = ({ dataset, name }: Label): string => `${dataset}/${name}`;

const refuse = (rule: string, value: string): E.Either<TinyVmafError, never> =>
  E.left({ _tag: 'BadArgument', argument: 'query.labels', rule, value });

const teacherColumn = (
  column: string,
  models: readonly ModelRecord[],
): E.Either<TinyVmafError, LabelColumn> => {
  const [modelName = '', digits = ''] = column.split('@');
  const named = models.filter((model) => model.modelName === modelName);
  const [found, ...others] = named.filter(({ model }) => model.startsWith(digits));
  if (found === undefined) {
    const known = models.map((model) =>
      named.length > 0 ? `${model.modelName}@${model.model.slice(0, 8)}` : model.modelName,
    );
    return refuse(
      `must be a teacher of the store (${namesOf(new Set(known))}) or an opinion score as <dataset>/<name>`,
      column,
    );
  }
  if (others.length > 0) {
    const choices = [found, ...others].map(({ model }) => `${modelName}@${model.slice(0, 8)}`);
    return refuse(`must say which model is meant: ${choices.join(' or ')}`, column);
  }
  return E.right({ kind: 'teacher', column, modelName, model: found.model });
};

const opinionColumn = (
  column: string,
  clips: readonly ClipRecord[],
  purpose: 'train' | 'evaluate',
): E.Either<TinyVmafError, LabelColumn> => {
  const labels = clips.flatMap((clip) =>
    clip.labels.filter((label) => columnName(label) === column),
  );
  const [first] = labels;
  if (first === undefined) {
    const known = labelNames(clips, []);
    return refuse(`must be an opinion score of the selected clips (${namesOf(known)})`, column);
  }
  const { name, dataset, scale } = first;
  const other = labels.find((label) => !sameScale(label.scale, scale));
  if (other !== undefined) {
    return refuse(
      `must have one scale, has ${describeScale(scale)} and ${describeScale(other.scale)}`,
      column,
    );
  }
  const evaluationOnly = labels.some(({ restriction }) => restriction === 'evaluation-only');
  if (evaluationOnly && purpose !== 'evaluate') {
    return refuse(
      `is for evaluation only and may not be trained on; a query that evaluates says purpose: 'evaluate'`,
      column,
    );
  }
  return E.right({ kind: 'opinion', column, name, dataset, scale, evaluationOnly });
};

const sameScale = (a: LabelScale, b: LabelScale): boolean =>
  a.min === b.min && a.max === b.max && a.direction === b.direction;

const describeScale = ({ min, max, direction }: LabelScale): string =>
  `${min}..${max} (${direction})`;
