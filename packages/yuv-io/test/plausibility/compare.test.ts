import { describe, expect, it } from 'vitest';
import { compareSources, infoWarnings, type SourceInfo } from '../../src/index.js';

const info = (name: string, more: Partial<SourceInfo> = {}): SourceInfo => ({
  name,
  container: 'mp4',
  decoder: 'webcodecs',
  ...more,
});
const rate = (numerator: number, denominator: number): Partial<SourceInfo> => ({
  frameRate: { numerator, denominator },
});

const pair = (a: Partial<SourceInfo>, b: Partial<SourceInfo>): readonly string[] =>
  compareSources(info('a', a), info('b', b)).map(({ code }) => code);

describe('compareSources', () => {
  it('compares frame rates as rationals', () => {
    expect(pair(rate(25, 1), rate(50, 2))).toEqual([]);
    expect(pair(rate(30000, 1001), rate(30, 1))).toEqual(['frame-rates-differ']);
    expect(pair(rate(2 ** 53 - 1, 2 ** 53 - 2), rate(2 ** 53 - 2, 2 ** 53 - 3))).toHaveLength(1);
    expect(
      compareSources(info('a', rate(30000, 1001)), info('b', rate(25, 1)))[0]?.message,
    ).toMatch(/a has 29\.97, b 25 frames per second/);
  });

  it('says nothing where a side is unknown', () => {
    expect(pair({}, { ...rate(25, 1), fullRange: true, transfer: 'bt709' })).toEqual([]);
  });

  it('finds unequal range and transfer', () => {
    expect(pair({ fullRange: true }, { fullRange: false })).toEqual(['ranges-differ']);
    expect(pair({ transfer: 'smpte2084' }, { transfer: 'bt709' })).toEqual(['transfers-differ']);
  });
});

describe('infoWarnings', () => {
  it('lists what concerns one video', () => {
    const codes = (more: Partial<SourceInfo>): readonly string[] =>
      infoWarnings(info('a', more)).map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ interlaced: true })).toEqual(['interlaced']);
    expect(codes({ variableFrameRate: true })).toEqual(['variable-frame-rate']);
    expect(codes({ transfer: 'smpte2084' })).toEqual(['hdr-transfer']);
    expect(codes({ transfer: 'arib-std-b67' })).toEqual(['hdr-transfer']);
    expect(codes({ transfer: 'bt709', interlaced: false, variableFrameRate: false })).toEqual([]);
  });
});
