/** Signatures at the start of something that is read once: looked at, not consumed. */
import type { ByteReader } from '../bytes/reader.js';
import type { FileKind } from './kinds.js';
import { SNIFF_BYTES, sniff } from './signatures.js';

const SHORTEST = 16;

/**
 * Kind of what the reader stands at the start of. Y4M is known from the first
 * few bytes, so that a slow pipe is not waited for longer than needed.
 */
export const sniffReader = async (
  reader: ByteReader,
  signal?: AbortSignal,
): Promise<FileKind | undefined> => {
  const first = sniff(await reader.peek(SHORTEST, signal));
  return first === 'y4m' ? first : sniff(await reader.peek(SNIFF_BYTES, signal));
};
