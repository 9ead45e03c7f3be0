// Samples above the depth: found wherever they are, in planes of every shape.
import { TinyVmafException, type VideoFormat } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { checkRange } from '../../src/extractor/frame-check.js';

const errorFor = (format: VideoFormat, at: number, value: number, gap = 0, offset = 0) => {
  const { width, height } = format;
  const stride = width + gap;
  const data = new Uint16Array(offset + stride * height).fill(3).subarray(offset);
  data[at] = value;
  try {
    checkRange({ name: 'clip', format }, { data, width, height, stride }, 4);
    return undefined;
  } catch (thrown) {
    return thrown instanceof TinyVmafException ? thrown.error : thrown;
  }
};

describe('the range of samples', () => {
  // Whole words of four samples, and every remainder of them.
  it.each([
    [8, 4],
    [7, 5],
    [6, 3],
    [5, 2],
    [1, 3],
  ])('is looked at all over a picture of %d by %d', (width, height) => {
    const format: VideoFormat = { width, height, bitDepth: 10, chroma: '420' };
    for (const offset of [0, 1]) {
      for (let at = 0; at < width * height; at++) {
        expect(errorFor(format, at, 1023, 0, offset)).toBeUndefined();
        expect(errorFor(format, at, 1024, 0, offset)).toMatchObject({
          _tag: 'SampleRange',
          source: 'clip',
          frame: 4,
          value: 1024,
          bitDepth: 10,
        });
      }
    }
  });

  it('is not looked at beside the picture', () => {
    const format: VideoFormat = { width: 6, height: 4, bitDepth: 12, chroma: '420' };
    expect(errorFor(format, 6, 65535, 2)).toBeUndefined();
    expect(errorFor(format, 8, 65535, 2)).toMatchObject({ _tag: 'SampleRange', value: 65535 });
  });

  it('is that of the words at 16 bits', () => {
    const format: VideoFormat = { width: 6, height: 4, bitDepth: 16, chroma: '420' };
    expect(errorFor(format, 0, 65535)).toBeUndefined();
  });
});
