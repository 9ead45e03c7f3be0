// The sine made of plain operations against the engine's own.
import { describe, expect, it } from 'vitest';
import { lanczos, sinPi } from '../../src/scale/sinc.js';

describe('sinPi', () => {
  it('is exact where the sine is', () => {
    expect([0, 1, 2, 3].map((x) => Math.abs(sinPi(x)))).toEqual([0, 0, 0, 0]);
    expect([0.5, 1.5, 2.5].map(sinPi)).toEqual([1, -1, 1]);
  });

  it('agrees with Math.sin to the last bits', () => {
    for (let i = 0; i <= 6000; i++) {
      const x = i / 2000;
      // The product under Math.sin is itself off by up to 9e-16.
      expect(Math.abs(sinPi(x) - Math.sin(Math.PI * x))).toBeLessThan(2e-15);
    }
  });
});

describe('lanczos', () => {
  it('is 1 in the middle, 0 at whole distances and beyond its lobes', () => {
    expect(lanczos(0, 3)).toBe(1);
    expect([1, 2, 3, 3.5].map((x) => Math.abs(lanczos(x, 3)))).toEqual([0, 0, 0, 0]);
    expect(lanczos(0.5, 3)).toBeCloseTo(0.6079271018540265, 15);
  });
});
