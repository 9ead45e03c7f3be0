/** Under what the chunks of an unfinished pair are kept. */
import { canonicalJson } from '../store/canonical.js';
import type { ExtractorId, FileIdentity, Sha256 } from '../store/contracts.js';
import { sha256 } from '../store/keys.js';

/** Key of a pair: both files as they are now and are looked at, and what is computed. */
export const pairKey = (
  extractor: ExtractorId,
  reference: FileIdentity,
  distorted: FileIdentity,
): Sha256 =>
  sha256(canonicalJson({ domain: 'tinyvmaf-pair-key/1', extractor, reference, distorted }));
