/** Codecs that the manifests share: numbers with their ranges, geometry, rates, hashes, labels' scales. */
import { CHROMAS, BIT_DEPTHS, type VideoFormat } from '@tinyvmaf/core';
import * as t from 'io-ts';
import type { FrameRate } from '../corpus/corpus.js';
import type { LabelScale } from '../corpus/label.js';
import { parseRate } from './frame-rate.js';

/** Whole number from 1 up. */
export const Positive = t.refinement(
  t.number,
  (n) => Number.isSafeInteger(n) && n >= 1,
  'a whole number >= 1',
);

/** Side of a picture. */
export const Side = t.refinement(
  t.number,
  (n) => Number.isInteger(n) && n >= 1 && n <= 16384,
  'a whole number from 1 to 16384',
);

/** A number that is one. */
export const Finite = t.refinement(t.number, (n) => Number.isFinite(n), 'a finite number');

/** Text of at least one character. */
export const Text = t.refinement(t.string, (text) => text.length > 0, 'a text that is not empty');

/** SHA-256 in lower or upper case; decoded in lower case. */
export const Sha256 = new t.Type<string, string, unknown>(
  '64 hexadecimal digits',
  t.string.is,
  (value, context) =>
    typeof value === 'string' && /^[0-9a-fA-F]{64}$/.test(value)
      ? t.success(value.toLowerCase())
      : t.failure(value, context),
  t.identity,
);

/** `30000/1001`, `"25"` or `25`, as a rational. */
export const Rate = new t.Type<FrameRate, string, unknown>(
  'a frame rate such as "25" or "30000/1001"',
  (value): value is FrameRate => typeof value === 'object' && value !== null,
  (value, context) => {
    const rate =
      typeof value === 'string' || typeof value === 'number' ? parseRate(String(value)) : undefined;
    return rate === undefined ? t.failure(value, context) : t.success(rate);
  },
  ({ numerator, denominator }) => `${numerator}/${denominator}`,
);

/** Geometry of raw samples as JSON writes it. */
export const Geometry = t.type({
  width: Side,
  height: Side,
  bitDepth: t.union([t.literal(8), t.literal(10), t.literal(12), t.literal(16)]),
  chroma: t.keyof({ '400': null, '420': null, '422': null, '444': null }),
});

/** Scale of labels. */
export const Scale: t.Type<LabelScale, unknown, unknown> = t.intersection([
  t.type({
    min: Finite,
    max: Finite,
    direction: t.keyof({ 'higher-is-better': null, 'lower-is-better': null }),
  }),
  t.partial({ open: t.boolean }),
]);

const PIX_FMT = /^(?:gray|yuvj?(4[0-4][0-4])p)(?:(10|12|16)(?:le)?)?$/;

/**
 * ffmpeg's name of planar YUV or grey samples as depth and chroma: `yuv420p`,
 * `yuv422p10le`, `gray`. `undefined` for what is not read here.
 */
const parsePixFmt = (name: string): Pick<VideoFormat, 'bitDepth' | 'chroma'> | undefined => {
  const match = PIX_FMT.exec(name);
  if (match === null) return undefined;
  const chroma = CHROMAS.find((one) => one === (match[1] ?? '400'));
  const bitDepth = BIT_DEPTHS.find((one) => one === Number(match[2] ?? 8));
  return chroma === undefined || bitDepth === undefined ? undefined : { bitDepth, chroma };
};

/** {@link parsePixFmt} as a codec. */
export const PixFmt = new t.Type<Pick<VideoFormat, 'bitDepth' | 'chroma'>, unknown, unknown>(
  'planar samples such as yuv420p or yuv420p10le',
  (value): value is Pick<VideoFormat, 'bitDepth' | 'chroma'> => typeof value === 'object',
  (value, context) => {
    const parsed = typeof value === 'string' ? parsePixFmt(value) : undefined;
    return parsed === undefined ? t.failure(value, context) : t.success(parsed);
  },
  t.identity,
);

/** Members of an object that are text or finite numbers, without those in `known`. */
export const scalars = (
  value: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string | number] =>
        !known.has(entry[0]) &&
        (typeof entry[1] === 'string' ||
          (typeof entry[1] === 'number' && Number.isFinite(entry[1]))),
    ),
  );

/** Name of a key that no codec knows; `undefined` where all are known. */
export const unknownKey = (
  value: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): string | undefined => Object.keys(value).find((key) => !known.has(key));
