/**
 * Names of the files in a store. A key is SHA-256 of canonical JSON that says
 * what was computed from what; nothing about names or places is in it.
 */
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical.js';
import type { FeatureAddress, ScoreAddress, Sha256 } from './contracts.js';

const FEATURE_DOMAIN = 'tinyvmaf-features-key/1';
const SCORE_DOMAIN = 'tinyvmaf-scores-key/1';

/** SHA-256 of bytes or of a text's UTF-8, as 64 hexadecimal digits. */
export const sha256 = (data: string | Uint8Array): Sha256 => hash('sha256', data);

/** Whether a text is 64 lower-case hexadecimal digits. */
export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Key of a feature file. */
export const featureKey = ({ reference, distorted, extractor }: FeatureAddress): Sha256 => {
  const { name, version, options } = extractor;
  return sha256(
    canonicalJson({ domain: FEATURE_DOMAIN, reference, distorted, name, version, options }),
  );
};

/** Key of a score file. */
export const scoreKey = ({ features, model }: ScoreAddress): Sha256 =>
  sha256(canonicalJson({ domain: SCORE_DOMAIN, features, model }));
