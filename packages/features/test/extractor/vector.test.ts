import { errorMessage } from '@tinyvmaf/core';
import { featureVectorOf } from '@tinyvmaf/features';
import { either as E } from 'fp-ts';
import { expect, it } from 'vitest';
import { runClips } from '../support/run.js';
import { clip } from '../support/sources.js';

const neg = { egl: 1 };

it('gives the six in canonical order, plain and NEG', async () => {
  const [[frame] = []] = await runClips(clip(1, 0), [clip(1, 9)], {
    extractors: [
      { name: 'motion' },
      { name: 'vif' },
      { name: 'adm' },
      { name: 'vif', options: neg },
      { name: 'adm', options: neg },
    ],
  });
  const values = frame?.values ?? new Map<string, number>();
  const of = (...keys: readonly string[]) =>
    E.right(Float64Array.from(keys, (key) => values.get(key) ?? NaN));
  expect(featureVectorOf(values)).toEqual(
    of(
      'integer_adm2',
      'integer_vif_scale0',
      'integer_vif_scale1',
      'integer_vif_scale2',
      'integer_vif_scale3',
      'integer_motion2',
    ),
  );
  expect(featureVectorOf(values, { adm: '_egl_1', vif: '_egl_1' })).toEqual(
    of(
      'integer_adm2_egl_1',
      'integer_vif_scale0_egl_1',
      'integer_vif_scale1_egl_1',
      'integer_vif_scale2_egl_1',
      'integer_vif_scale3_egl_1',
      'integer_motion2',
    ),
  );
});

it('names what is missing', () => {
  const result = featureVectorOf(new Map([['integer_adm2', 1]]));
  expect(E.isLeft(result) && errorMessage(result.left)).toBe(
    'values must have integer_vif_scale0, got "integer_adm2".',
  );
});
