/**
 * The options of ADM with libvmaf's defaults, and the rules that tie several
 * of them together. Ranges of single options are checked where options are
 * read (spec/adm.md section 11.3).
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import { csfScales } from './csf.js';

/** All options of ADM; libvmaf's names in brackets. */
export interface AdmOptions {
  /** How far enhancement is credited (`adm_enhn_gain_limit`), 1..100; 1 for NEG models. */
  readonly gainLimit: number;
  /** Viewing distance in display heights (`adm_norm_view_dist`), 0.75..24. */
  readonly normViewDist: number;
  /** Rows of the display (`adm_ref_display_height`), 1..4320. */
  readonly refDisplayHeight: number;
  /** Contrast sensitivity model (`adm_csf_mode`): 0 Watson, 2 blend table; 1 and 3 are refused. */
  readonly csfMode: number;
  /** Scales the weights of mode 1 (`adm_csf_scale`), 0..50; no effect in modes 0 and 2. */
  readonly csfScale: number;
  /** The same for the diagonal band (`adm_csf_diag_scale`). */
  readonly csfDiagScale: number;
  /** Added to every band before pooling (`adm_noise_weight`), 0..1500. */
  readonly noiseWeight: number;
  /** Share of adm2 in adm3 (`adm_dlm_weight`), 0..1. */
  readonly dlmWeight: number;
  /** Smallest adm3 (`adm_min_val`), 0..1. */
  readonly minVal: number;
  /** Leaves AIM out: it is 0 (`adm_skip_aim`). */
  readonly skipAim: boolean;
  /** Leaves the finest scale out (`adm_skip_scale0`). */
  readonly skipScale0: boolean;
}

/** libvmaf's defaults, those of all v0.6.1 models; NEG models set `gainLimit` to 1. */
export const ADM_DEFAULTS: AdmOptions = {
  gainLimit: 100,
  normViewDist: 3,
  refDisplayHeight: 1080,
  csfMode: 0,
  csfScale: 1,
  csfDiagScale: 1,
  noiseWeight: 0.03125,
  dlmWeight: 0.5,
  minVal: 0,
  skipAim: false,
  skipScale0: false,
};

/**
 * The options, if ADM can be computed with them. Left: `BadArgument` for a
 * viewing distance times display height below 3240, for CSF modes 1 and 3, and
 * for viewing conditions that the table of mode 2 does not have.
 */
export const checkAdmOptions = (options: AdmOptions): E.Either<TinyVmafError, AdmOptions> =>
  F.pipe(
    csfScales(options),
    E.map(() => options),
  );
