// Synthetic pictures whose libvmaf values are known. Formulas are those of
// spec/test-vectors.md, golden/README.md and cases.md, so nothing has to be
// shipped.

/** A luma plane: `width * height` samples, row after row. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 8 | 10 | 12 | 16;
  readonly data: Uint8Array | Uint16Array;
}

type Sample = (x: number, y: number) => number;

/** A luma plane from a function of the position. */
export const lumaOf = (
  width: number,
  height: number,
  bitDepth: Luma['bitDepth'],
  sample: Sample,
): Luma => {
  const data = bitDepth === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[y * width + x] = sample(x, y);
  }
  return { width, height, bitDepth, data };
};

const VECTOR_WIDTH = 96;
const VECTOR_HEIGHT = 64;

const vectorReference8 =
  (i: number): Sample =>
  (x, y) => {
    const shiftedX = x + 2 * i;
    const shiftedY = y + i;
    return (
      60 + ((5 * shiftedX + 3 * shiftedY) % 97) + 20 * (((shiftedX >> 2) ^ (shiftedY >> 3)) & 1)
    );
  };

const vectorDistorted8 = (i: number): Sample => {
  const reference = vectorReference8(i);
  return (x, y) =>
    ((3 * reference(x, y) + reference(Math.max(x - 1, 0), y) + 2) >> 2) + ((x * y) % 7) - 3;
};

/** Frame `i` of the test-vector pair (spec/test-vectors.md), 96x64, 8 or 10 bit. */
export const vectorPair = (i: number, bitDepth: 8 | 10): { reference: Luma; distorted: Luma } => {
  const r = vectorReference8(i);
  const d = vectorDistorted8(i);
  const make = (sample: Sample): Luma => lumaOf(VECTOR_WIDTH, VECTOR_HEIGHT, bitDepth, sample);
  return bitDepth === 8
    ? { reference: make(r), distorted: make(d) }
    : {
        reference: make((x, y) => 4 * r(x, y) + (x % 3)),
        distorted: make((x, y) => 4 * d(x, y) + (y % 3)),
      };
};

/** The pair with a flat half (spec/test-vectors.md, "Second picture pair"). */
export const flatHalfPair = (): { reference: Luma; distorted: Luma } => {
  const { reference: r, distorted: d } = vectorPair(0, 8);
  const at = (luma: Luma, x: number, y: number): number => luma.data[y * VECTOR_WIDTH + x] ?? 0;
  return {
    reference: lumaOf(VECTOR_WIDTH, VECTOR_HEIGHT, 8, (x, y) => (x < 48 ? at(r, x, y) : 120)),
    distorted: lumaOf(VECTOR_WIDTH, VECTOR_HEIGHT, 8, (x, y) =>
      x < 48 ? at(d, x, y) : 120 + ((x * y) % 3) - 1,
    ),
  };
};

/**
 * Frame `t` of the texture recipe (golden/README.md; `gen.py` of cases.md).
 * @param quantiser 1 for the reference, 32 for the distorted picture.
 */
export const textureLuma = (
  width: number,
  height: number,
  t: number,
  bitDepth: Luma['bitDepth'],
  quantiser: number,
): Luma => {
  const shift = bitDepth - 8;
  const step = quantiser * 2 ** shift;
  let random = 12345 + t;
  return lumaOf(width, height, bitDepth, (i, j) => {
    random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff;
    const base = 32 + ((2 * i + j + 3 * t) % 160) + (((i + t) ^ j) & 31) + ((random >>> 16) % 9);
    const value = (base << shift) + ((i + j) & ((1 << shift) - 1));
    return quantiser < 2 ? value : value - (value % step) + Math.floor(step / 2);
  });
};

/** Frame `n` of Netflix's checkerboard clips, 1920x1080 8-bit, shifted right by `offsetX`. */
export const checkerboardLuma = (n: number, offsetX: number): Luma =>
  lumaOf(1920, 1080, 8, (x, y) =>
    (Math.floor((x - offsetX - n) / 10) + Math.floor(y / 10)) % 2 === 0 ? 16 : 235,
  );

/** A plane of one value. */
export const flatLuma = (
  width: number,
  height: number,
  bitDepth: Luma['bitDepth'],
  value: number,
): Luma => lumaOf(width, height, bitDepth, () => value);

/** Chroma of a file of {@link Luma} frames. */
export type FileChroma = '400' | '420' | '422' | '444';

/**
 * Bytes of a raw planar file: each luma plane followed by two mid-grey chroma
 * planes, sizes rounded up, high bit depths little-endian.
 */
export const rawFile = (frames: readonly Luma[], chroma: FileChroma = '420'): Uint8Array => {
  const parts = frames.map((frame) => rawFrame(frame, chroma));
  return concatBytes(parts);
};

/** Bytes of a Y4M file of {@link Luma} frames with mid-grey chroma. */
export const y4mFile = (
  frames: readonly Luma[],
  chroma: FileChroma = '420',
  header?: string,
): Uint8Array => {
  const first = frames[0];
  if (first === undefined) throw new Error('a Y4M file needs a first frame');
  const tag =
    chroma === '400' ? 'mono' : `${chroma}${first.bitDepth > 8 ? `p${first.bitDepth}` : ''}`;
  const line = header ?? `YUV4MPEG2 W${first.width} H${first.height} F25:1 Ip A1:1 C${tag}\n`;
  const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
  return concatBytes([
    ascii(line),
    ...frames.flatMap((frame) => [ascii('FRAME\n'), rawFrame(frame, chroma)]),
  ]);
};

const rawFrame = (frame: Luma, chroma: FileChroma): Uint8Array => {
  const half = (n: number): number => Math.ceil(n / 2);
  const chromaSamples =
    chroma === '400'
      ? 0
      : (chroma === '444' ? frame.width : half(frame.width)) *
        (chroma === '420' ? half(frame.height) : frame.height);
  const lumaSamples = frame.width * frame.height;
  const samples = new Uint16Array(lumaSamples + 2 * chromaSamples);
  samples.set(frame.data);
  samples.fill(128 << (frame.bitDepth - 8), lumaSamples);
  if (frame.bitDepth === 8) return Uint8Array.from(samples);
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => view.setUint16(2 * i, sample, true));
  return bytes;
};

const concatBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
};
