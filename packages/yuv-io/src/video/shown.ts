/**
 * Whether a packet carries a picture to show. VP8 and VP9 files hold packets
 * that only feed later pictures (alternate references); they must not be taken
 * for lost pictures.
 */
import type { VideoCodec } from 'mediabunny';

/** RFC 6386, 9.1: bit 4 of the frame tag is `show_frame`. */
const vp8Shows = (data: Uint8Array): boolean => ((data[0] ?? 0) & 0x10) !== 0;

/** VP9 bitstream, 6.2 and annex B: superframes end in a shown frame. */
const vp9Shows = (data: Uint8Array): boolean => {
  if (((data[data.length - 1] ?? 0) & 0xe0) === 0xc0) return true;
  const head = data[0] ?? 0;
  const profile = ((head >> 5) & 1) | ((head >> 3) & 2);
  const shift = profile === 3 ? 1 : 0;
  const showExisting = (head >> (3 - shift)) & 1;
  const showFrame = (head >> (1 - shift)) & 1;
  return showExisting === 1 || showFrame === 1;
};

/** True where decoding this packet must give a picture. */
export const showsPicture = (codec: VideoCodec | null, data: Uint8Array): boolean => {
  if (data.length === 0) return false;
  switch (codec) {
    case 'vp8':
      return vp8Shows(data);
    case 'vp9':
      return vp9Shows(data);
    default:
      return true;
  }
};
