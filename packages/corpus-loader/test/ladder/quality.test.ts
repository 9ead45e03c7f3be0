import { describe, expect, test } from 'vitest';
import { kbpsOf, psnrOf, squares16, squares8 } from '../../src/ladder/quality.js';
import { rational } from '../../src/ladder/rational.js';

describe('measured numbers', () => {
  test('bit rates are rounded on exact fractions, and at least 1', () => {
    // 1000 bytes in 12 frames at 30000/1001: 19.98 kbps.
    expect(kbpsOf(1000, 12, rational(30000, 1001))).toBe(20);
    expect(kbpsOf(625, 10, rational(1))).toBe(1);
    expect(kbpsOf(0, 10, rational(25))).toBe(1);
    // Exactly 2.5 goes up.
    expect(kbpsOf(3125, 10, rational(1))).toBe(3);
  });

  test('PSNR has three decimals; equal pictures have 100', () => {
    expect(psnrOf(0, 5, 255)).toBe(100);
    expect(psnrOf(65.025 * 4, 4, 255)).toBe(30);
    expect(psnrOf(2, 2, 255)).toBe(48.131);
    expect(psnrOf(2, 2, 1023)).toBe(60.198);
  });

  test('halves between thousandths go to the even one', () => {
    const meanSquare = (psnr: number): number => 65025 / 10 ** (psnr / 10);
    // 40.0625 and 40.1875 are doubles; 40.0625 -> .062, 40.1875 -> .188.
    expect(psnrOf(meanSquare(40.0625), 1, 255)).toBe(40.062);
    expect(psnrOf(meanSquare(40.1875), 1, 255)).toBe(40.188);
  });

  test('squared differences of 8 and 16 bits', () => {
    expect(squares8(Uint8Array.of(0, 255, 7), Uint8Array.of(255, 0, 9), 3)).toBe(2 * 65025 + 4);
    expect(squares8(Uint8Array.of(0, 255), Uint8Array.of(1, 0), 1)).toBe(1);
    expect(squares16(Uint8Array.of(255, 3, 1, 0), Uint8Array.of(0, 0, 0, 1), 2)).toBe(
      1023 ** 2 + 255 ** 2,
    );
  });
});
