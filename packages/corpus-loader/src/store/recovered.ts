/**
 * Clip records for features whose names are lost: made from what the feature
 * file itself says, so that a table can still be trained on and split without
 * leaks. They give way as soon as a true record points at the same features.
 */
import type { ClipRecord, FeatureFile, Sha256 } from './contracts.js';

/** Corpus of records that a rebuild has made up. */
export const RECOVERED = '(recovered)';

const SHORT = 16;

/** A record for a feature file: its source and group are the reference's content, its clip the distorted's. */
export const recoveredClip = (
  key: Sha256,
  { address, frames, format }: FeatureFile,
): ClipRecord => {
  const source = address.reference.slice(0, SHORT);
  return {
    corpus: RECOVERED,
    source,
    group: source,
    clip: `${source}/${address.distorted.slice(0, SHORT)}/${key.slice(0, SHORT)}`,
    frames,
    format,
    features: key,
    reference: address.reference,
    distorted: address.distorted,
    metadata: {},
    labels: [],
  };
};

/** Whether a record was made up by a rebuild. */
export const isRecovered = ({ corpus }: ClipRecord): boolean => corpus === RECOVERED;
