/**
 * What the clip records of a store say about contents: the format of a
 * reference whose file was not opened, and whether a pair may be there under
 * another name, so that hashing before computing is worth a read.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { ClipRecord, Sha256 } from '../store/contracts.js';

/** An index of records by content. */
export interface KnownContents {
  add(record: ClipRecord): void;
  /** Format of the pictures of a reference that some clip was compared with. */
  formatOf(reference: Sha256): VideoFormat | undefined;
  /** Whether any clip has pictures of this kind; `frames` where the length is known. */
  mayHave(format: VideoFormat, frames: number | undefined): boolean;
  /** Whether any clip was compared with this reference. */
  hasReference(reference: Sha256): boolean;
}

const kind = ({ width, height, bitDepth, chroma }: VideoFormat): string =>
  `${width}x${height} ${bitDepth} ${chroma}`;

/** Starts an index with the records of a store. */
export const knownContents = (records: readonly ClipRecord[]): KnownContents => {
  const formats = new Map<Sha256, VideoFormat>();
  const kinds = new Set<string>();
  const contents: KnownContents = {
    add({ reference, format, frames }) {
      formats.set(reference, format);
      kinds.add(kind(format)).add(`${kind(format)} ${frames}`);
    },
    formatOf: (reference) => formats.get(reference),
    mayHave: (format, frames) =>
      kinds.has(frames === undefined ? kind(format) : `${kind(format)} ${frames}`),
    hasReference: (reference) => formats.has(reference),
  };
  for (const record of records) contents.add(record);
  return contents;
};
