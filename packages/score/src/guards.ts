/**
 * Remarks on a run that is legal and yet may not mean what its author thinks.
 * They never change a number.
 */
import { FEATURES, type VideoFormat } from '@tinyvmaf/core';
import type { PlannedModel } from './plan.js';
import type { Warning } from './report.js';
import type { Series } from './series.js';

/** Above this short side (in pixels) the 4k model fits better than the 1080p one. */
const HIGH_RESOLUTION = 1440;

/** Better model for a picture size, where the given one is meant for another. */
const betterModel = (label: string, format: VideoFormat): string | undefined => {
  const shortSide = Math.min(format.width, format.height);
  const meantFor4k = /^vmaf_(float_)?4k_/.test(label);
  const hdModel = /^vmaf_(float_)?v0\.6\.1(neg)?$/.exec(label);
  if (hdModel !== null && shortSide > HIGH_RESOLUTION) {
    return label.replace(/v0\.6\.1/, '4k_v0.6.1');
  }
  return meantFor4k && shortSide <= HIGH_RESOLUTION ? label.replace('4k_', '') : undefined;
};

/** `model-height`: the model was made for pictures of another size. */
export const modelHeightWarnings = (
  models: readonly PlannedModel[],
  format: VideoFormat,
): readonly Warning[] =>
  models.flatMap(({ label, student }) => {
    const teacher = student?.info.teacher;
    const better = betterModel(teacher ?? label, format);
    if (better === undefined) return [];
    const size = `${format.width}x${format.height}`;
    const who = teacher === undefined ? label : `${label} imitates ${teacher}, which`;
    return [
      {
        code: 'model-height',
        message: `${who} is not made for ${size} pictures; ${better} is (--model version=${better}).`,
      },
    ];
  });

/** `even-subsampling`: every second frame of a B-frame pyramid is of one kind. */
export const subsampleWarnings = (subsample: number): readonly Warning[] =>
  subsample > 1 && subsample % 2 === 0
    ? [
        {
          code: 'even-subsampling',
          message: `Scoring every ${subsample}th frame can hit the same kind of B-frame each time and bias the mean; an odd number is safer.`,
        },
      ]
    : [];

/**
 * `identical-below-100`: the features say that nothing differs, and still the
 * score is below 100. That is how VMAF is, not a fault of the comparison.
 */
export const identicalWarnings = (
  video: string,
  series: Series,
  models: readonly PlannedModel[],
): readonly Warning[] => {
  const puzzling = models.some(
    (model) =>
      series.column(model.name).some((score) => score < 100) &&
      // The model's own inputs: options put a suffix to their keys.
      model.inputKeys.every(
        (key, i) => model.inputs[i]?.output === 'motion2' || isAllOne(series.column(key)),
      ),
  );
  return puzzling
    ? [
        {
          code: 'identical-below-100',
          message: `${video} looks identical to its reference; VMAF gives such pictures less than 100 where nothing moves, the first frame included (about 97.4).`,
        },
      ]
    : [];
};

/** Sums of identical pictures are equal up to float rounding. */
const isAllOne = (values: Float64Array): boolean =>
  values.length > 0 && values.every((value) => Math.abs(value - 1) < 1e-4);

/** `outside-training-range`: a student saw no such features in training; its error there is not known. */
export const rangeWarnings = (
  video: string,
  series: Series,
  models: readonly PlannedModel[],
): readonly Warning[] =>
  models.flatMap(({ label, inputs, inputKeys, student }) => {
    const range = student?.range;
    if (range === undefined) return [];
    return inputKeys.flatMap((key, i) => {
      const place = FEATURES.findIndex((feature) => feature === inputs[i]?.output);
      const low = range.low[place] ?? -Infinity;
      const high = range.high[place] ?? Infinity;
      const beyond = furthestBeyond(series.column(key), low, high);
      if (beyond === undefined) return [];
      const { count, row, value } = beyond;
      const frames = count === 1 ? 'one frame' : `${count} frames`;
      const most = `${value} in frame ${series.frames[row] ?? row}`;
      return [
        {
          code: 'outside-training-range',
          message: `${video}: ${key} is outside ${low} to ${high}, which ${label} was trained on, in ${frames} (${most}); its scores there are less sure.`,
        },
      ];
    });
  });

/** How many values lie outside a range, and the one that does most; `undefined` for none. */
const furthestBeyond = (
  values: Float64Array,
  low: number,
  high: number,
): { readonly count: number; readonly row: number; readonly value: number } | undefined => {
  let count = 0;
  let most = 0;
  let row = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    const distance = Math.max(low - value, value - high);
    if (!(distance > 0)) continue;
    count++;
    if (distance > most) [most, row] = [distance, i];
  }
  return count === 0 ? undefined : { count, row, value: values[row] ?? NaN };
};
