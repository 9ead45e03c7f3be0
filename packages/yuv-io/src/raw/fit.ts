/**
 * Which geometries a headerless file could have, judged by its size alone: the
 * hint that goes with a file that is not a whole number of frames.
 */
import {
  BIT_DEPTHS,
  describeFormat,
  frameBytes,
  type Chroma,
  type VideoFormat,
} from '@tinyvmaf/core';

/** A geometry that divides a file into whole frames. */
export interface Fit {
  /** A geometry that fits. */
  readonly format: VideoFormat;
  /** How many frames it would give. */
  readonly frames: number;
}

const COMMON_SIZES: readonly (readonly [width: number, height: number])[] = [
  [1920, 1080],
  [3840, 2160],
  [1280, 720],
  [960, 540],
  [640, 360],
  [480, 270],
  [352, 288],
  [176, 144],
  [704, 576],
  [720, 576],
  [720, 480],
  [640, 480],
  [768, 432],
  [832, 480],
  [416, 240],
  [1024, 768],
  [2048, 1080],
  [2560, 1440],
  [2560, 1600],
  [4096, 2160],
  [7680, 4320],
];

const AT_MOST = 5;

/** Chroma layouts from the most to the least usual. */
const USUAL_CHROMA: readonly Chroma[] = ['420', '422', '444', '400'];

/**
 * Geometries whose frame size divides `bytes`, at most {@link AT_MOST}: the
 * declared size with another depth or chroma first, then its transpose, then
 * common sizes with the declared depth and chroma, then the rest.
 */
export const fittingGeometries = (bytes: number, declared: VideoFormat): readonly Fit[] => {
  const { width, height, bitDepth, chroma } = declared;
  const variants = (w: number, h: number): readonly VideoFormat[] =>
    [bitDepth, ...BIT_DEPTHS.filter((depth) => depth !== bitDepth)].flatMap((depth) =>
      [chroma, ...USUAL_CHROMA.filter((layout) => layout !== chroma)].map((layout) => ({
        width: w,
        height: h,
        bitDepth: depth,
        chroma: layout,
      })),
    );
  const candidates = [
    ...variants(width, height),
    { ...declared, width: height, height: width },
    ...COMMON_SIZES.map(([w, h]) => ({ ...declared, width: w, height: h })),
    ...COMMON_SIZES.flatMap(([w, h]) => variants(w, h)),
  ];
  const seen = new Set<string>([describeFormat(declared)]);
  const fits: Fit[] = [];
  for (const format of candidates) {
    const key = describeFormat(format);
    const frames = bytes / frameBytes(format);
    if (fits.length < AT_MOST && frames >= 1 && Number.isInteger(frames) && !seen.has(key)) {
      // 10, 12 and 16 bits take the same bytes: one of them says it.
      for (const depth of bitDepthsOfSameSize(format)) seen.add(describeFormat(depth));
      fits.push({ format, frames });
    }
  }
  return fits;
};

const bitDepthsOfSameSize = (format: VideoFormat): readonly VideoFormat[] =>
  BIT_DEPTHS.map((bitDepth) => ({ ...format, bitDepth })).filter(
    (other) => frameBytes(other) === frameBytes(format),
  );

/** `The file has 27648 bytes, 1.5 frames of ... Whole numbers of frames: ...` */
export const fitHint = (bytes: number, declared: VideoFormat): string => {
  const size = frameBytes(declared);
  const count = Number((bytes / size).toFixed(3));
  const has = `The input has ${bytes} bytes, ${count} frames of ${describeFormat(declared)} at ${size} bytes each.`;
  const fits = fittingGeometries(bytes, declared);
  if (fits.length === 0) return `${has} No common geometry fits: the file was probably cut.`;
  const list = fits.map(({ format, frames }) => `${describeFormat(format)} (${frames})`);
  return `${has} It would be a whole number of frames as ${list.join(', ')}; or it was cut.`;
};
