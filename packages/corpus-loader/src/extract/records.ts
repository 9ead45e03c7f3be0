/** Clip records: from a clip and its hashes to what the store keeps of it. */
import type { VideoFormat } from '@tinyvmaf/core';
import { canonicalJson } from '../store/canonical.js';
import type { ClipRecord, ContentHash, ExtractorId } from '../store/contracts.js';
import { featureKey } from '../store/keys.js';
import type { MediaFile } from '../corpus/corpus.js';
import type { JobRung } from './job.js';

/** What a record needs beside the clip itself. */
export interface RecordContext {
  readonly corpus: string;
  readonly source: string;
  readonly group: string;
  readonly extractor: ExtractorId;
  readonly reference: MediaFile;
}

/** The record of a clip. `format` is that of the pictures as scored. */
export const clipRecord = (
  { corpus, source, group, extractor, reference }: RecordContext,
  { clip, file, metadata, labels }: Pick<JobRung, 'clip' | 'file' | 'metadata' | 'labels'>,
  format: VideoFormat,
  hashes: { readonly reference: ContentHash; readonly distorted: ContentHash },
): ClipRecord => {
  const frameRate = reference.frameRate ?? file.frameRate;
  const address = {
    reference: hashes.reference.root,
    distorted: hashes.distorted.root,
    extractor,
  };
  return {
    corpus,
    source,
    group,
    clip,
    frames: hashes.distorted.frames,
    format,
    ...(frameRate === undefined ? {} : { frameRate }),
    features: featureKey(address),
    reference: address.reference,
    distorted: address.distorted,
    metadata,
    labels,
  };
};

/** Whether two records say the same. */
export const sameRecord = (a: ClipRecord | undefined, b: ClipRecord): boolean =>
  a !== undefined && canonicalJson(a) === canonicalJson(b);

/** Key of a record within its store. */
export const recordName = ({ corpus, clip }: Pick<ClipRecord, 'corpus' | 'clip'>): string =>
  JSON.stringify([corpus, clip]);
