/**
 * ffmpeg's pixel formats as planes in a rawvideo stream. Only formats whose
 * luma needs no arithmetic are here; any other is refused by name rather than
 * sent through a scaler.
 */
import type { BitDepth, Chroma } from '@tinyvmaf/core';

/** Layout of one rawvideo frame. */
export interface RawLayout {
  readonly bitDepth: BitDepth;
  /** What is delivered: 4:4:0, 4:1:1 and 4:1:0 have no name here and are read as luma only. */
  readonly chroma: Chroma;
  readonly arrangement: 'planar' | 'interleaved';
  /** Right shift that brings samples from the high bits of a word (P010) to the low ones: storage, not value. */
  readonly shift: number;
  /** Samples per frame that follow luma, delivered or skipped. */
  readonly rest: (width: number, height: number) => number;
}

const halves = (log2x: number, log2y: number) => (width: number, height: number) =>
  2 * Math.ceil(width / 2 ** log2x) * Math.ceil(height / 2 ** log2y);

const SUBSAMPLING: ReadonlyMap<
  string,
  { readonly chroma: Chroma; readonly rest: (width: number, height: number) => number }
> = new Map([
  ['420', { chroma: '420', rest: halves(1, 1) }],
  ['422', { chroma: '422', rest: halves(1, 0) }],
  ['444', { chroma: '444', rest: halves(0, 0) }],
  ['440', { chroma: '400', rest: halves(0, 1) }],
  ['411', { chroma: '400', rest: halves(2, 0) }],
  ['410', { chroma: '400', rest: halves(2, 2) }],
] as const);

const DEPTHS: ReadonlyMap<string, BitDepth> = new Map([
  ['', 8],
  ['10le', 10],
  ['12le', 12],
  ['16le', 16],
] as const);

/** `nv12`, `nv21`, `nv16`, `nv24` and the P-formats: subsampling and significant bits. */
const INTERLEAVED: ReadonlyMap<string, readonly [string, BitDepth]> = new Map([
  ['nv12', ['420', 8]],
  ['nv16', ['422', 8]],
  ['nv24', ['444', 8]],
  ['p010le', ['420', 10]],
  ['p012le', ['420', 12]],
  ['p016le', ['420', 16]],
  ['p210le', ['422', 10]],
  ['p212le', ['422', 12]],
  ['p216le', ['422', 16]],
  ['p410le', ['444', 10]],
  ['p412le', ['444', 12]],
  ['p416le', ['444', 16]],
] as const);

/** Layout of a pixel format; undefined for one that tinyvmaf does not take. */
export const rawLayout = (pixFmt: string): RawLayout | undefined => {
  const semi = INTERLEAVED.get(pixFmt);
  if (semi !== undefined) {
    const [name, bitDepth] = semi;
    const sub = SUBSAMPLING.get(name);
    const shift = pixFmt.startsWith('p') ? 16 - bitDepth : 0;
    return sub && { ...sub, bitDepth, arrangement: 'interleaved', shift };
  }
  const gray = /^gray(\d+le)?$/u.exec(pixFmt);
  if (gray !== null) {
    const bitDepth = DEPTHS.get(gray[1] ?? '');
    return bitDepth && { bitDepth, chroma: '400', arrangement: 'planar', shift: 0, rest: () => 0 };
  }
  const yuv = /^yuvj?(\d{3})p(\d+le)?$/u.exec(pixFmt);
  if (yuv === null) return undefined;
  const sub = SUBSAMPLING.get(yuv[1] ?? '');
  const bitDepth = DEPTHS.get(yuv[2] ?? '');
  return sub && bitDepth && { ...sub, bitDepth, arrangement: 'planar', shift: 0 };
};
