/**
 * What the store's features are computed with: the six of the v0.6.1 family,
 * as `tinyvmaf features` computes them. Part of every address in the store.
 */
import type { ExtractorRequest } from '@tinyvmaf/features';
import type { ExtractorId } from '../store/contracts.js';

/** Whose motion; see `ExtractorConfig.compat`. */
export const COMPAT = 'libvmaf-3.2';

/** What the six features need: AIM is a second pass that only v1 models use. */
export const REQUESTS: readonly ExtractorRequest[] = [
  { name: 'adm', options: { adm_skip_aim: true } },
  { name: 'motion' },
  { name: 'vif' },
];

/** The address of these settings. The text of the options is canonical JSON. */
export const EXTRACTOR: ExtractorId = {
  name: 'vmaf-six',
  version: 1,
  options: `{"compat":"${COMPAT}"}`,
};
