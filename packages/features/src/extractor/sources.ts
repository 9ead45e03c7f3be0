/**
 * What can be said about the videos of a run before their first frame.
 */
import {
  describeFormat,
  TinyVmafException,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { countMismatch } from './lockstep.js';

/**
 * Checks that the videos belong together and to the extractor's format.
 * @throws BadArgument, FormatMismatch, and FrameCountMismatch where both
 * lengths are known beforehand, as exceptions. Known empty videos pass here:
 * reading them says so more plainly.
 */
export const checkSources = (
  format: VideoFormat,
  reference: FrameSource,
  distorted: readonly FrameSource[],
  allowShorter: boolean,
): void => {
  const fail = (error: TinyVmafError): never => {
    throw new TinyVmafException(error);
  };
  const end = (source: FrameSource) => ({ source: source.info.name, format: source.format });
  if (distorted.length === 0) {
    fail({ _tag: 'BadArgument', argument: 'distorted', rule: 'must hold at least one video' });
  }
  if (new Set([reference, ...distorted]).size <= distorted.length) {
    fail({
      _tag: 'BadArgument',
      argument: 'distorted',
      rule: 'must be sources of their own: a source delivers one stream at a time',
    });
  }
  for (const source of distorted) {
    if (!sameFormat(reference.format, source.format)) {
      fail({ _tag: 'FormatMismatch', reference: end(reference), distorted: end(source) });
    }
    const [frames, others] = [reference.frameCount ?? 0, source.frameCount ?? 0];
    if (!allowShorter && frames > 0 && others > 0 && frames !== others) {
      fail(countMismatch(reference, frames, source, others));
    }
  }
  if (!sameFormat(format, reference.format)) {
    fail({
      _tag: 'BadArgument',
      argument: 'reference',
      rule: `must be ${describeFormat(format)}, which the extractor was made for`,
      value: describeFormat(reference.format),
    });
  }
};

const sameFormat = (a: VideoFormat, b: VideoFormat): boolean =>
  a.width === b.width &&
  a.height === b.height &&
  a.bitDepth === b.bitDepth &&
  a.chroma === b.chroma;
