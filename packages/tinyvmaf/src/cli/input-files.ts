/** The files that a comparison reads, as far as its request names them. */
import type { CompareRequest } from '@tinyvmaf/score/node';
import { parseModelSpec } from '@tinyvmaf/svm';
import { either as E } from 'fp-ts';

/** Paths of the videos, the model files and the teacher; some may not exist. */
export const inputFiles = ({
  reference,
  distorted,
  models,
  teacher,
}: Pick<CompareRequest, 'reference' | 'distorted' | 'models' | 'teacher'>): readonly string[] => [
  ...[reference, ...distorted, teacher].flatMap((input) =>
    typeof input === 'string' ? [input === '-' ? '/dev/stdin' : input] : [],
  ),
  ...(models ?? []).flatMap((text) => {
    // A spec that cannot be read names no file; scoring says what is wrong with it.
    const spec = parseModelSpec(text);
    return E.isRight(spec) && 'path' in spec.right.source ? [spec.right.source.path] : [];
  }),
];
