/**
 * Headerless samples as ffmpeg names them.
 */
import type { VideoFormat } from '@tinyvmaf/core';

/** ffmpeg's pixel format of a raw file: `yuv420p10le`, `gray`. */
export const describeRaw = ({ chroma, bitDepth }: VideoFormat): string => {
  const depth = bitDepth === 8 ? '' : `${bitDepth}le`;
  return chroma === '400' ? `gray${depth}` : `yuv${chroma}p${depth}`;
};
