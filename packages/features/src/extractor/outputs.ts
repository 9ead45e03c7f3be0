/**
 * What each extractor reports, under libvmaf's printed names and in its order:
 * one table per extractor of name and place in the kernel's result.
 * Sources: spec/pooling-and-io.md section 3, spec/vif.md section 1,
 * spec/adm.md section 1.
 */
import type { AdmResult } from '../adm/adm.js';
import type { Compat } from '../motion/sad.js';
import type { MotionFrame } from '../motion/series.js';
import type { VifResult } from '../vif/vif.js';
import type { ExtractorName } from './options.js';

/** One reported value of a result of type `R`. */
export interface Output<R> {
  /** Name without prefix and suffix: `adm2`, `vif_num_scale0`. */
  readonly name: string;
  /** Reported only with `debug`. */
  readonly debug: boolean;
  /** Motion only: listed after the immediate outputs of all extractors. */
  readonly delayed?: boolean;
  readonly value: (result: R) => number;
}

const SCALES = [0, 1, 2, 3] as const;

const plain = <R>(name: string, value: (result: R) => number): Output<R> => ({
  name,
  debug: false,
  value,
});

const debug = <R>(name: string, value: (result: R) => number): Output<R> => ({
  name,
  debug: true,
  value,
});

const VIF: readonly Output<VifResult>[] = [
  ...SCALES.map((s) => plain<VifResult>(`vif_scale${s}`, ({ scales }) => scales[s].vif)),
  debug('vif', (result) => result.vif),
  debug('vif_num', (result) => result.num),
  debug('vif_den', (result) => result.den),
  ...SCALES.flatMap((s) => [
    debug<VifResult>(`vif_num_scale${s}`, ({ scales }) => scales[s].num),
    debug<VifResult>(`vif_den_scale${s}`, ({ scales }) => scales[s].den),
  ]),
];

const ADM: readonly Output<AdmResult>[] = [
  plain('adm2', (result) => result.adm2),
  plain('aim', (result) => result.aim),
  plain('adm3', (result) => result.adm3),
  ...SCALES.map((s) => plain<AdmResult>(`adm_scale${s}`, ({ admScale }) => admScale[s])),
  debug('adm', (result) => result.adm2),
  debug('adm_num', (result) => result.num),
  debug('adm_den', (result) => result.den),
  ...SCALES.flatMap((s) => [
    debug<AdmResult>(`adm_num_scale${s}`, ({ scaleNum }) => scaleNum[s]),
    debug<AdmResult>(`adm_den_scale${s}`, ({ scaleDen }) => scaleDen[s]),
  ]),
];

const MOTION: readonly Output<MotionFrame>[] = [
  plain('motion_sad', (frame) => frame.sad),
  debug('motion', (frame) => frame.sad),
  { ...plain<MotionFrame>('motion2', (frame) => frame.motion2), delayed: true },
  { ...plain<MotionFrame>('motion3', (frame) => frame.motion3), delayed: true },
];

/** Releases 2.1 to 3.1 report motion2 and motion at once, always both, and nothing else. */
const MOTION_3_1: readonly Output<MotionFrame>[] = [
  plain('motion2', (frame) => frame.motion2),
  plain('motion', (frame) => frame.sad),
];

/** The outputs of each extractor in libvmaf's order. */
export const outputs = {
  vif: (): readonly Output<VifResult>[] => VIF,
  adm: (): readonly Output<AdmResult>[] => ADM,
  motion: (compat: Compat): readonly Output<MotionFrame>[] =>
    compat === 'libvmaf-3.2' ? MOTION : MOTION_3_1,
} as const satisfies Record<ExtractorName, unknown>;

/** The one output that libvmaf has no short name for. */
const SAD_KEY = 'VMAF_integer_feature_motion_sad_score';

/**
 * Printed name of an output: `integer_adm2`, `integer_vif_scale0_egl_1`,
 * `VMAF_integer_feature_motion_sad_score`.
 * @param output name without prefix: `adm2`, `vif_num_scale0`, `motion_sad`.
 * @param suffix of the extractor's options, from `resolveRequest`.
 */
export const outputKey = (extractor: ExtractorName, output: string, suffix = ''): string =>
  extractor === 'motion' && output === 'motion_sad'
    ? `${SAD_KEY}${suffix}`
    : `integer_${output}${suffix}`;
