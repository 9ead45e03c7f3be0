import { describe, expect, it } from 'vitest';
import { halfWave, rateAt } from '../../src/gradient/schedule.js';

describe('learning rates', () => {
  it('follow half a wave of a cosine', () => {
    for (let i = 0; i <= 1000; i++) {
      expect(halfWave(i / 1000)).toBeCloseTo((1 + Math.cos((Math.PI * i) / 1000)) / 2, 14);
    }
  });

  it('rise, then fall to their end', () => {
    const schedule = { steps: 1000, rate: 0.01, final: 1e-4, warmup: 10 };
    expect(rateAt(schedule, 0)).toBeCloseTo(0.001, 15);
    expect(rateAt(schedule, 9)).toBe(0.01);
    expect(rateAt(schedule, 10)).toBe(0.01);
    expect(rateAt(schedule, 999)).toBeCloseTo(1e-6, 15);
    for (let step = 11; step < 1000; step++) {
      expect(rateAt(schedule, step)).toBeLessThan(rateAt(schedule, step - 1));
    }
  });

  it('can be shorter than their warm-up', () => {
    expect(rateAt({ steps: 1, rate: 1, final: 0.5, warmup: 0 }, 0)).toBe(0.5);
    expect(rateAt({ steps: 2, rate: 1, final: 0.5, warmup: 4 }, 1)).toBe(0.5);
  });
});
