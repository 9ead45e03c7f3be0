/** A model's results for one frame, added to the frame's values under their keys. */
import type { PlannedModel } from './plan.js';

/**
 * Evaluates a model on the features in `values` and adds its outputs there.
 * Throws `TinyVmafException` where a feature is missing or not finite.
 */
export const predictInto = (values: Map<string, number>, model: PlannedModel): void => {
  const features = Float64Array.from(model.inputKeys, (key) => values.get(key) ?? NaN);
  const results = model.predict(features);
  for (const [i, key] of model.outputKeys.entries()) values.set(key, results[i] ?? NaN);
};
