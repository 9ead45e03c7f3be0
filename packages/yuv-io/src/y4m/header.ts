/**
 * The first line of a Y4M stream (spec/pooling-and-io.md section 7): the magic
 * word, then tags divided by blanks in any order. Tags that do not matter here,
 * `X` tags among them, are passed over.
 */
import { printable, type TinyVmafError, type VideoFormat } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { checkFormat } from '../geometry/limits.js';
import { parseColour } from './colour.js';

/** What starts every Y4M stream. */
export const Y4M_MAGIC = 'YUV4MPEG2';

/**
 * Longest header or frame line, in bytes. The format names no limit and real
 * files stay far below; this one bounds memory for data that only looks like Y4M.
 */
export const MAX_LINE = 65536;

/** The meaning of a header line. */
export interface Y4mHeader {
  readonly format: VideoFormat;
  /** Bytes to pass over after each frame's planes: an alpha plane. */
  readonly extraBytes: number;
  /** Absent where unknown: no tag, or `0:0`. */
  readonly frameRate?: { readonly numerator: number; readonly denominator: number };
  /** From `XCOLORRANGE`, which ffmpeg writes. */
  readonly fullRange?: boolean;
  /** `It`, `Ib` and `Im`. */
  readonly interlaced: boolean;
}

/**
 * Parses a header line.
 * @param line bytes without the newline.
 * @param source name for messages.
 * Left: `DamagedInput` for a line that breaks the format, `UnsupportedFormat`
 * for a colour or interlacing type that is not read, `BadGeometry` for sizes.
 */
export const parseY4mHeader = (
  line: Uint8Array,
  source: string,
): E.Either<TinyVmafError, Y4mHeader> => {
  const damaged = (problem: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'DamagedInput', source, problem });
  const text = latin1(line);
  if (text.endsWith('\r')) return damaged(CARRIAGE_RETURN);
  const [magic, ...tags] = text.split(' ');
  if (magic !== Y4M_MAGIC) {
    return damaged(
      `a Y4M header starts with ${Y4M_MAGIC}, this one with ${printable(magic ?? '')}`,
    );
  }
  const values = new Map<string, string>();
  for (const tag of tags) {
    const name = tag.slice(0, 1);
    const value = tag.slice(1);
    if (name === 'X') {
      const range = /^COLORRANGE=(FULL|LIMITED)$/.exec(value)?.[1];
      if (range !== undefined) values.set('range', range);
    } else if (name !== '') {
      const before = values.get(name);
      if (before !== undefined && before !== value && 'WHC'.includes(name)) {
        return damaged(
          `its header gives two values for tag ${name}: ${before} and ${printable(value)}`,
        );
      }
      values.set(name, value);
    }
  }
  const sides: number[] = [];
  for (const name of ['W', 'H']) {
    const value = values.get(name);
    if (value === undefined) return damaged(`its Y4M header has no tag ${name}`);
    if (!/^\d+$/.test(value)) {
      return damaged(`Y4M tag ${name} must be a whole number, is ${printable(value)}`);
    }
    sides.push(Number(value));
  }
  for (const name of ['F', 'A']) {
    const value = values.get(name);
    if (value !== undefined && !/^\d+:\d+$/.test(value)) {
      return damaged(`Y4M tag ${name} must be two whole numbers as n:d, is ${printable(value)}`);
    }
  }
  const interlacing = values.get('I') ?? '?';
  if (!'?ptbm'.includes(interlacing) || interlacing.length !== 1) {
    return E.left({
      _tag: 'UnsupportedFormat',
      source,
      found: `the Y4M interlacing type ${printable(interlacing)}`,
      remedy: 'Types are p, t, b, m and ?.',
    });
  }
  const colour = parseColour(values.get('C') ?? '420', source);
  if (E.isLeft(colour)) return colour;
  const { bitDepth, chroma, alpha } = colour.right;
  const [width = 0, height = 0] = sides;
  const format = checkFormat({ width, height, bitDepth, chroma }, source);
  if (E.isLeft(format)) return format;
  const frameRate = rational(values.get('F'));
  const range = values.get('range');
  return E.right({
    format: format.right,
    extraBytes: alpha ? width * height : 0,
    ...(frameRate === undefined ? {} : { frameRate }),
    ...(range === undefined ? {} : { fullRange: range === 'FULL' }),
    interlaced: 'tbm'.includes(interlacing),
  });
};

/** Why a line that ends with CR LF is refused: sample bytes were changed as well. */
export const CARRIAGE_RETURN =
  'its lines end with CR LF, so it went through a text-mode copy that also changes samples';

/** Bytes as characters of the same number; a header may hold any bytes in comments. */
export const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  // In parts, because a call takes a limited number of arguments.
  for (let i = 0; i < bytes.length; i += 4096) {
    text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  }
  return text;
};

const rational = (value: string | undefined): Y4mHeader['frameRate'] => {
  const [numerator = 0, denominator = 0] = (value ?? '').split(':').map(Number);
  const known =
    Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && numerator > 0;
  return known && denominator > 0 ? { numerator, denominator } : undefined;
};
