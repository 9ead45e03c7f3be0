import { expect, it } from 'vitest';
import { lossCurve, roughLog10 } from '../../src/run/curve.js';

it('knows logarithms well enough to draw', () => {
  for (const value of [1e-9, 0.00123, 0.5, 1, 9.99, 10, 31.6, 12345]) {
    expect(Math.abs(roughLog10(value) - Math.log10(value))).toBeLessThan(1 / 200);
  }
});

it('draws a line per stage and leaves out what has no logarithm', () => {
  const points = Array.from({ length: 3000 }, (_, step) => ({
    stage: step < 1000 ? 'start <1>' : 'polish 1',
    step,
    loss: step === 5 ? NaN : 100 / (step + 1),
  }));
  const svg = lossCurve('a5 & more', points);
  expect(svg.match(/fill="none"/g)).toHaveLength(2);
  expect(svg).toContain('start &lt;1&gt;');
  expect(svg).toContain('a5 &amp; more');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg.length).toBeLessThan(30_000);
  expect(lossCurve('none', [])).not.toMatch(/NaN|Infinity/);
});
