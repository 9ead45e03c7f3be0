// The cube root against the binary32 `powf` of GNU C library 2.36 (x86-64,
// Debian 12), exponent bits 0x3eaaaaab; patterns in hexadecimal. The second
// list holds arguments where a correctly rounded power has another last bit.
import { describe, expect, it } from 'vitest';
import { cbrt32 } from '../../src/adm/cbrt32.js';
import { hexFloat } from '../../src/adm/hex-float.js';

const words = new Uint32Array(1);
const floats = new Float32Array(words.buffer);

const float = (pattern: number): number => {
  words[0] = pattern;
  return floats[0]!;
};

const pattern = (value: number): number => {
  floats[0] = value;
  return words[0]!;
};

describe('cbrt32', () => {
  it.each([
    [0x00000001, 0x26a1450d],
    [0x007fffff, 0x2a7ffff1],
    [0x00800000, 0x2a7ffff1],
    [0x3f32ffff, 0x3f633805],
    [0x3f330000, 0x3f633805],
    [0x3f7fffff, 0x3f800000],
    [0x3f800000, 0x3f800000],
    [0x3f800001, 0x3f800000],
    [0x41000000, 0x40000000],
    [0x47cb2000, 0x423c1b57],
    [0x5f000000, 0x4a000004],
    [0x7f7fffff, 0x54cb3001],
  ])('of %d is %d, as patterns', (argument, root) => {
    expect(pattern(cbrt32(float(argument)))).toBe(root);
  });

  it.each([
    [0x15bb0280, 0x31913e26],
    [0x501f163f, 0x45099efe],
    [0x1b25d920, 0x335d82fe],
    [0x068c0d88, 0x2c83e5cb],
    [0x2171a7a6, 0x357b2041],
    [0x1f2cf685, 0x34b24aff],
    [0x2ec3c589, 0x39ea1ac2],
    [0x086ceb82, 0x2d1d28ca],
    [0x043fb11a, 0x2bb8824c],
    [0x10db6a96, 0x2ff32c63],
    [0x18760a47, 0x327ca2cb],
    [0x23bc1e39, 0x36375af1],
  ])('of %d is %d, not the correctly rounded power', (argument, root) => {
    const x = float(argument);
    expect(pattern(cbrt32(x))).toBe(root);
    expect(Math.fround(Math.pow(x, 0.3333333432674408))).not.toBe(cbrt32(x));
  });

  it('of 0 is 0', () => {
    expect(cbrt32(0)).toBe(0);
  });

  it('never falls, and stays within one unit of the power', () => {
    let before = 0;
    for (let bits = 1; bits < 0x7f800000; bits += 40_009) {
      const root = cbrt32(float(bits));
      const next = pattern(Math.fround(Math.pow(float(bits), 0.3333333432674408)));
      if (root < before || Math.abs(pattern(root) - next) > 1) expect(bits).toBe('in order');
      before = root;
    }
  });
});

describe('hexFloat', () => {
  it.each([
    ['0x1p+0', 1],
    ['-0x1.8p-3', -0.1875],
    ['0x0p+0', 0],
    ['0x1.fffffffffffffp+1023', Number.MAX_VALUE],
    ['0x1.1cc774p-6', 0.017381537705659866],
  ])('reads %s', (text, value) => {
    expect(hexFloat(text)).toBe(value);
  });
});
