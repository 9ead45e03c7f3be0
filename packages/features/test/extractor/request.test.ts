import { errorMessage } from '@tinyvmaf/core';
import {
  ADM_DEFAULTS,
  MOTION_DEFAULTS,
  OPTION_TABLES,
  outputKey,
  parseFeatureSpec,
  resolveRequest,
  VIF_DEFAULTS,
  type ExtractorRequest,
} from '@tinyvmaf/features';
import { either as E, function as F } from 'fp-ts';
import { describe, expect, it } from 'vitest';

const suffix = (request: ExtractorRequest): string =>
  F.pipe(
    resolveRequest(request),
    E.match(errorMessage, (extractor) => extractor.suffix),
  );

const message = (result: E.Either<Parameters<typeof errorMessage>[0], unknown>): string =>
  F.pipe(
    result,
    E.match(errorMessage, () => 'no error'),
  );

describe('a request', () => {
  it('without options has the defaults and no suffix', () => {
    expect(resolveRequest({ name: 'vif' })).toEqual(
      E.right({ name: 'vif', options: VIF_DEFAULTS, debug: false, suffix: '' }),
    );
    expect(resolveRequest({ name: 'adm' })).toEqual(
      E.right({ name: 'adm', options: ADM_DEFAULTS, debug: false, suffix: '' }),
    );
    expect(resolveRequest({ name: 'motion' })).toEqual(
      E.right({ name: 'motion', options: MOTION_DEFAULTS, debug: false, suffix: '' }),
    );
  });

  it.each<[ExtractorRequest, string]>([
    [{ name: 'vif', options: { vif_enhn_gain_limit: 1 } }, '_egl_1'],
    [{ name: 'vif', options: { egl: 1.1 } }, '_egl_1.1'],
    [{ name: 'vif', options: { egl: 100, debug: true } }, ''],
    [{ name: 'vif', options: { vif_skip_scale0: true, egl: 1 } }, '_egl_1_ssclz'],
    [
      {
        name: 'adm',
        options: {
          adm_noise_weight: 0.02,
          adm_min_val: 0.5,
          adm_enhn_gain_limit: 1,
          adm_dlm_weight: 0.7,
          adm_csf_mode: 2,
        },
      },
      '_csf_2_dlmw_0.7_egl_1_min_0.5_nw_0.02',
    ],
    [{ name: 'adm', options: { adm_skip_aim: true, debug: true } }, ''],
    [{ name: 'adm', options: { adm_skip_scale0: true, nvd: 5 } }, '_nvd_5_ssz'],
    [{ name: 'motion', options: { motion_max_val: 18 } }, '_mmxv_18'],
    [
      {
        name: 'motion',
        options: { motion_moving_average: true, motion_five_frame_window: true },
      },
      '_mffw_mma',
    ],
    [{ name: 'motion', options: { motion_force_zero: true } }, '_force_0'],
    [{ name: 'motion', options: { mbf: 0.3, mbo: 2, mfw: 0.7 } }, '_mbf_0.3_mbo_2_mfw_0.7'],
  ])('%j has the suffix %s', (request, expected) => {
    expect(suffix(request)).toBe(expected);
  });

  it.each<[unknown, string]>([
    [{ name: 'psnr' }, 'extractor must be one of adm, vif, motion, got "psnr".'],
    [
      { name: 'vif', options: { gain: 1 } },
      'vif has no option "gain"; it has vif_enhn_gain_limit (egl), vif_skip_scale0 (ssclz), debug.',
    ],
    [
      { name: 'vif', options: { egl: 0.5 } },
      'vif.vif_enhn_gain_limit must be a number from 1 to 100, got "0.5".',
    ],
    [
      { name: 'vif', options: { egl: NaN } },
      'vif.vif_enhn_gain_limit must be a number from 1 to 100, got "NaN".',
    ],
    [{ name: 'vif', options: { debug: 1 } }, 'vif.debug must be true or false, got "1".'],
    [
      { name: 'vif', options: { egl: 1, vif_enhn_gain_limit: 1 } },
      'vif.vif_enhn_gain_limit is given twice, by name and by alias.',
    ],
    [
      { name: 'adm', options: { adm_csf_mode: 1.5 } },
      'adm.adm_csf_mode must be a whole number from 0 to 3, got "1.5".',
    ],
    [
      { name: 'adm', options: { adm_norm_view_dist: 1 } },
      'adm_norm_view_dist * adm_ref_display_height must be at least 3240, got "1 * 1080 = 1080".',
    ],
  ])('%j is refused', (request, expected) => {
    expect(message(resolveRequest(request as ExtractorRequest))).toBe(expected);
  });

  it('takes both ends of every range', () => {
    for (const [name, table] of Object.entries(OPTION_TABLES)) {
      for (const option of table) {
        if (option.kind === 'boolean' || option.name === 'adm_csf_mode') continue;
        const more = option.name.startsWith('adm_') ? { nvd: 24, rdh: 4320 } : {};
        for (const value of [option.min, option.max]) {
          const options: Record<string, number> = { ...more, [option.alias]: value };
          const result = resolveRequest({ name, options } as ExtractorRequest);
          const tooNear = option.alias === 'rdh' && value === 1;
          expect(E.isRight(result), `${option.name} = ${value}`).toBe(!tooNear);
        }
      }
    }
  });
});

describe('the text form', () => {
  it.each<[string, ExtractorRequest]>([
    ['adm', { name: 'adm', options: {} }],
    [
      'adm=adm_enhn_gain_limit=1.0:debug=true',
      { name: 'adm', options: { adm_enhn_gain_limit: 1, debug: true } },
    ],
    ['vif=egl=1e0', { name: 'vif', options: { vif_enhn_gain_limit: 1 } }],
    ['motion=mma=false', { name: 'motion', options: { motion_moving_average: false } }],
  ])('%s', (text, request) => {
    expect(parseFeatureSpec(text)).toEqual(E.right(request));
  });

  it.each<[string, string]>([
    ['', 'extractor must be one of adm, vif, motion, got "".'],
    ['psnr=enable_mse=true', 'extractor must be one of adm, vif, motion, got "psnr".'],
    ['VIF', 'extractor must be one of adm, vif, motion, got "VIF".'],
    [
      'vif=',
      'vif has no option ""; it has vif_enhn_gain_limit (egl), vif_skip_scale0 (ssclz), debug.',
    ],
    ['vif=debug', 'vif.debug needs a value: option=value.'],
    ['vif=debug=yes', 'vif.debug must be true or false, got "yes".'],
    ['vif=egl=0x1', 'vif.vif_enhn_gain_limit must be a number from 1 to 100, got "0x1".'],
    ['vif=egl=', 'vif.vif_enhn_gain_limit must be a number from 1 to 100, got "".'],
    ['vif=egl=1e999', 'vif.vif_enhn_gain_limit must be a number from 1 to 100, got "Infinity".'],
    ['vif=egl=1:egl=1', 'vif.vif_enhn_gain_limit is given twice.'],
    [
      'vif=constructor=1',
      'vif has no option "constructor"; it has vif_enhn_gain_limit (egl), vif_skip_scale0 (ssclz), debug.',
    ],
  ])('%s is refused', (text, expected) => {
    expect(message(parseFeatureSpec(text))).toBe(expected);
  });
});

it.each([
  ['adm', 'adm2', '', 'integer_adm2'],
  ['adm', 'adm2', '_egl_1', 'integer_adm2_egl_1'],
  ['adm', 'adm_scale0', '', 'integer_adm_scale0'],
  ['vif', 'vif_num_scale0', '_egl_1', 'integer_vif_num_scale0_egl_1'],
  ['motion', 'motion_sad', '', 'VMAF_integer_feature_motion_sad_score'],
  ['motion', 'motion_sad', '_mmxv_18', 'VMAF_integer_feature_motion_sad_score_mmxv_18'],
  ['motion', 'motion3', '_mffw_mma', 'integer_motion3_mffw_mma'],
] as const)('%s %s%s is printed as %s', (extractor, output, end, key) => {
  expect(outputKey(extractor, output, end)).toBe(key);
});
