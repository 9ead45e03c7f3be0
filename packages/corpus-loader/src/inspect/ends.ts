/**
 * Whether an encoded file ends before its contents do, told by the sizes that
 * its outermost parts state, without decoding: boxes of mp4 and mov (ISO/IEC
 * 14496-12, 4.2), the segment of Matroska and WebM (RFC 8794, RFC 9559).
 */
import type { FileHandle } from 'node:fs/promises';

/** More boxes are not looked at. A fragmented file has two per fragment. */
const MOST_BOXES = 100_000;

/** Boxes that stand at the outermost level; anything else behind them may be a stranger's. */
const BOXES = new Set(
  [
    'ftyp',
    'styp',
    'moov',
    'moof',
    'mdat',
    'free',
    'skip',
    'wide',
    'sidx',
    'ssix',
    'mfra',
    'meta',
  ].concat(['emsg', 'prft', 'pdin', 'uuid']),
);

const EBML_ID = 0x1a45dfa3;
const SEGMENT_ID = 0x18538067;

/**
 * Bytes that a file needs for what it has begun, where they are more than it
 * has; `undefined` where it is whole or does not tell.
 * @param bytes size of the file.
 */
export const missingEnd = async (file: FileHandle, bytes: number): Promise<number | undefined> => {
  const needed = (await isoBytes(file, bytes)) ?? (await matroskaBytes(file));
  return needed !== undefined && needed > bytes ? needed : undefined;
};

const readAt = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
};

/** Where the last box ends that begins in the file. */
const isoBytes = async (file: FileHandle, bytes: number): Promise<number | undefined> => {
  let at = 0;
  for (let boxes = 0; at < bytes && boxes < MOST_BOXES; boxes++) {
    const head = await readAt(file, at, 16);
    if (head.length < 8 || !BOXES.has(head.toString('latin1', 4, 8))) return undefined;
    const short = head.readUInt32BE(0);
    // 0: to the end of the file. 1: the size stands behind the type, in 64 bits.
    if (short === 0 || (short === 1 && head.length < 16)) return undefined;
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (size < 8) return undefined;
    at += size;
  }
  return at;
};

/** Where the segment ends; `undefined` where it does not say, as in a live recording. */
const matroskaBytes = async (file: FileHandle): Promise<number | undefined> => {
  const head = await readAt(file, 0, 12);
  if (head.length < 12 || head.readUInt32BE(0) !== EBML_ID) return undefined;
  const header = elementSize(head);
  if (header === undefined) return undefined;
  const at = 4 + header.length + header.size;
  const segment = await readAt(file, at, 12);
  if (segment.length < 12 || segment.readUInt32BE(0) !== SEGMENT_ID) return undefined;
  const body = elementSize(segment);
  return body === undefined ? undefined : at + 4 + body.length + body.size;
};

/** Size behind an id of four bytes: its length is that of the leading zeros; all ones mean unknown. */
const elementSize = (
  element: Buffer,
): { readonly size: number; readonly length: number } | undefined => {
  const length = Math.clz32(element[4] ?? 0) - 23;
  if (length > 8) return undefined;
  const value = element.readBigUInt64BE(4) >> BigInt(64 - 8 * length);
  const mask = (1n << BigInt(7 * length)) - 1n;
  const size = value & mask;
  return size === mask ? undefined : { size: Number(size), length };
};
