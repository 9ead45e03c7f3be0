/**
 * Files that end before their contents do: copies that were interrupted,
 * recordings on a full disk. Demuxers stop at the last whole packet and call
 * it the end; a score over the rest would look sound.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { InputVideoTrack } from 'mediabunny';
import type { ByteReader } from './edit-list.js';

/** RFC 8794: a leading element id, RFC 9559: the segment that holds everything. */
const EBML_ID = 0x1a45dfa3;
const SEGMENT_ID = 0x18538067;

/** Seconds by which the last picture may be off the index: a microsecond clock against the file's. */
const SAME_TIME = 1e-4;

/** Element size (RFC 8794, 4): length from the leading zeros; all ones means unknown. */
const elementSize = (
  bytes: Uint8Array,
  at: number,
): { readonly size: number; readonly length: number } | undefined => {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  let size = first & (0xff >> length);
  let unknown = size === 0xff >> length;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return undefined;
    size = size * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return { size: unknown ? Infinity : size, length };
};

const elementId = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);

/** Bytes a Matroska or WebM file should have; undefined where it does not say or is something else. */
const matroskaBytes = async (file: ByteReader): Promise<number | undefined> => {
  const head = await file.read(0, 16);
  if (head.length < 16 || elementId(head, 0) !== EBML_ID) return undefined;
  const header = elementSize(head, 4);
  if (header === undefined || header.size > file.size) return undefined;
  const at = 4 + header.length + header.size;
  const segment = await file.read(at, 12);
  if (segment.length < 12 || elementId(segment, 0) !== SEGMENT_ID) return undefined;
  const body = elementSize(segment, 4);
  return body === undefined || body.size === Infinity
    ? undefined
    : at + 4 + body.length + body.size;
};

/** Throws `DamagedInput` with both numbers for a Matroska or WebM file that is shorter than it says. */
export const refuseCutMatroska = async (source: string, file: ByteReader): Promise<void> => {
  const needed = await matroskaBytes(file);
  if (needed === undefined || needed <= file.size) return;
  throw new TinyVmafException({
    _tag: 'DamagedInput',
    source,
    problem: `the file is cut off: ${needed} bytes needed, ${file.size} present`,
  });
};

/**
 * Throws `DamagedInput` where the index of an mp4 or mov lists pictures after
 * the last one that was delivered.
 */
export const refuseMissingEnd = async (
  source: string,
  track: InputVideoTrack,
  lastSeconds: number,
  frames: number,
): Promise<void> => {
  const { EncodedPacketSink } = await import('mediabunny');
  const last = await new EncodedPacketSink(track).getPacket(Infinity, { metadataOnly: true });
  if (last === null || last.timestamp - lastSeconds <= SAME_TIME) return;
  throw new TinyVmafException({
    _tag: 'DamagedInput',
    source,
    problem: `its index lists pictures until ${last.timestamp.toFixed(3)} s, but the data end at ${lastSeconds.toFixed(3)} s`,
    frame: frames,
  });
};
