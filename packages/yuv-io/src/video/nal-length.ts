/**
 * NAL units with length fields of other than four bytes. mp4 allows one, two
 * or four (ISO 14496-15, `lengthSizeMinusOne`); old files use two, and native
 * decoders have been met that read four whatever the record says. Packets are
 * rewritten to four bytes; the coded pictures stay as they are.
 */
import type { VideoCodec } from 'mediabunny';

/** Place of `lengthSizeMinusOne` (low two bits) in the `avcC` and `hvcC` records. */
const LENGTH_BYTE: Partial<Record<VideoCodec, number>> = { avc: 4, hevc: 21 };

/** A decoder record asking for four-byte lengths, and the same for packets. */
export interface FourByteLengths {
  readonly description: Uint8Array;
  /** The packet with four-byte lengths; a length past the end keeps what is there, for the decoder to judge. */
  readonly convert: (packet: Uint8Array) => Uint8Array;
}

const convert = (packet: Uint8Array, lengthBytes: number): Uint8Array => {
  const units: Uint8Array[] = [];
  let total = 0;
  for (let at = 0; at + lengthBytes <= packet.length;) {
    let length = 0;
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + (packet[at + i] ?? 0);
    const unit = packet.subarray(at + lengthBytes, at + lengthBytes + length);
    units.push(unit);
    total += 4 + unit.length;
    at += lengthBytes + length;
  }
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  let to = 0;
  for (const unit of units) {
    view.setUint32(to, unit.length);
    out.set(unit, to + 4);
    to += 4 + unit.length;
  }
  return out;
};

/** How to rewrite a track; undefined where its lengths are four bytes already or it has none. */
export const fourByteLengths = (
  codec: VideoCodec | null,
  description: Uint8Array | undefined,
): FourByteLengths | undefined => {
  const place = codec === null ? undefined : LENGTH_BYTE[codec];
  const flags = place === undefined ? undefined : description?.[place];
  if (place === undefined || description === undefined || flags === undefined) return undefined;
  const lengthBytes = (flags & 3) + 1;
  if (lengthBytes === 4) return undefined;
  const rewritten = description.slice();
  rewritten[place] = flags | 3;
  return { description: rewritten, convert: (packet) => convert(packet, lengthBytes) };
};
