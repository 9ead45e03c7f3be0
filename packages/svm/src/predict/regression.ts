/**
 * The raw score of one regression: scaling, radial basis functions, scaling
 * back (spec/model-svm.md section 4). Sums run in file order, so that the
 * result is equal to libvmaf's as bits. Takes any finite numbers; checks
 * nothing.
 */
import { expNonPositive } from '../exp/exp.js';
import type { SupportVectors } from '../libsvm/libsvm.js';
import type { ModelMember } from '../model/model.js';

/**
 * Score before transform and clip.
 * @param features `[inputs]`, in the model's order.
 * @param scratch `[inputs]`, overwritten.
 */
export const rawScore = (
  member: ModelMember,
  features: Float64Array,
  scratch: Float64Array,
): number => {
  const { scaling, svm } = member;
  if (scaling === undefined) return regress(svm, features);
  const { slopes, intercepts } = scaling;
  for (let j = 0; j < features.length; j++) {
    scratch[j] = (slopes[j + 1] ?? NaN) * (features[j] ?? NaN) + (intercepts[j + 1] ?? NaN);
  }
  return (regress(svm, scratch) - (intercepts[0] ?? NaN)) / (slopes[0] ?? NaN);
};

const regress = (svm: SupportVectors, x: Float64Array): number => {
  const { coefficients, values, width, gamma, rho } = svm;
  let sum = 0;
  let at = 0;
  for (let i = 0; i < coefficients.length; i++) {
    let distance = 0;
    for (let j = 0; j < width; j++) {
      const difference = (x[j] ?? NaN) - (values[at] ?? NaN);
      distance += difference * difference;
      at++;
    }
    sum += (coefficients[i] ?? NaN) * expNonPositive(-gamma * distance);
  }
  return sum - rho;
};
