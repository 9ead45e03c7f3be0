import { expect, it } from 'vitest';
import { chromaSize, describeFormat, frameBytes, type VideoFormat } from '../src/index.js';

const format: VideoFormat = { width: 97, height: 63, bitDepth: 10, chroma: '420' };

it('rounds chroma up', () => {
  expect(chromaSize(format)).toEqual([49, 32]);
  expect(chromaSize({ ...format, chroma: '422' })).toEqual([49, 63]);
  expect(chromaSize({ ...format, chroma: '400' })).toEqual([0, 0]);
});

it('counts the bytes of a frame', () => {
  expect(frameBytes({ ...format, bitDepth: 8 })).toBe(97 * 63 + 2 * 49 * 32);
  expect(frameBytes(format)).toBe(2 * (97 * 63 + 2 * 49 * 32));
});

it('shows a format as people write it', () => {
  expect(describeFormat(format)).toBe('97x63 10-bit 4:2:0');
});
