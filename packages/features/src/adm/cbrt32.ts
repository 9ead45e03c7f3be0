/**
 * The binary32 power function with the exponent f32(1/3) as the GNU C library
 * computes it; its last bit differs from a rounded exact result for about one
 * argument in 1700, so the method itself is part of VMAF's arithmetic. Tables
 * and polynomials are those of Arm's optimized routines (MIT licence), as
 * printed in spec/adm.md section 13.
 */
import { hexFloats } from './hex-float.js';

/** f32(1/3), which is not exactly a third. */
const THIRD = 0.3333333432674408;

const INVERSE = hexFloats(`
  0x1.661ec79f8f3bep+0 0x1.571ed4aaf883dp+0 0x1.49539f0f010bp+0  0x1.3c995b0b80385p+0
  0x1.30d190c8864a5p+0 0x1.25e227b0b8eap+0  0x1.1bb4a4a1a343fp+0 0x1.12358f08ae5bap+0
  0x1.0953f419900a7p+0 0x1p+0               0x1.e608cfd9a47acp-1 0x1.ca4b31f026aap-1
  0x1.b2036576afce6p-1 0x1.9c2d163a1aa2dp-1 0x1.886e6037841edp-1 0x1.767dcf5534862p-1`);

const LOG2 = hexFloats(`
  -0x1.efec65b963019p-2 -0x1.b0b6832d4fca4p-2 -0x1.7418b0a1fb77bp-2 -0x1.39de91a6dcf7bp-2
  -0x1.01d9bf3f2b631p-2 -0x1.97c1d1b3b7afp-3  -0x1.2f9e393af3c9fp-3 -0x1.960cbbf788d5cp-4
  -0x1.a6f9db6475fcep-5  0x0p+0                0x1.338ca9f24f53dp-4  0x1.476a9543891bap-3
   0x1.e840b4ac4e4d2p-3  0x1.40645f0c6651cp-2  0x1.88e9c2c1b9ff8p-2  0x1.ce0a44eb17bccp-2`);

const [P0, P1, P2, P3, P4] = hexFloats(`
  0x1.27616c9496e0bp-2 -0x1.71969a075c67ap-2 0x1.ec70a6ca7baddp-2
  -0x1.7154748bef6c8p-1 0x1.71547652ab82bp+0`) as unknown as FivePolynomial;

type FivePolynomial = readonly [number, number, number, number, number];

// Entry i is the bit pattern of 2^(i/32) minus (i << 47), so that adding
// (n << 47) for n = 32k + i gives the pattern of 2^(n/32).
const EXPONENTIAL = BigUint64Array.from(
  `3ff0000000000000 3fefd9b0d3158574 3fefb5586cf9890f 3fef9301d0125b51 3fef72b83c7d517b 3fef54873168b9aa
   3fef387a6e756238 3fef1e9df51fdee1 3fef06fe0a31b715 3feef1a7373aa9cb 3feedea64c123422 3feece086061892d
   3feebfdad5362a27 3feeb42b569d4f82 3feeab07dd485429 3feea47eb03a5585 3feea09e667f3bcd 3fee9f75e8ec5f74
   3feea11473eb0187 3feea589994cce13 3feeace5422aa0db 3feeb737b0cdc5e5 3feec49182a3f090 3feed503b23e255d
   3feee89f995ad3ad 3feeff76f2fb5e47 3fef199bdd85529c 3fef3720dcef9069 3fef5818dcfba487 3fef7c97337b9b5f
   3fefa4afa2a490da 3fefd0765b6e4540`.split(/\s+/),
  (pattern) => BigInt(`0x${pattern}`),
);

const [C0, C1, C2] = hexFloats(
  '0x1.c6af84b912394p-5 0x1.ebfce50fac4f3p-3 0x1.62e42ff0c52d6p-1',
) as unknown as readonly [number, number, number];

const bits = new DataView(new ArrayBuffer(8));

/**
 * x^f32(1/3) in binary32, bit for bit as the GNU C library's `powf`.
 * @param x a binary32 number, finite and not negative
 */
export const cbrt32 = (x: number): number => (x === 0 ? 0 : exp2(log2(x) * THIRD));

const log2 = (x: number): number => {
  const pattern = patternOf(x);
  const offset = (pattern - 0x3f330000) | 0;
  const index = (offset >>> 19) & 15;
  const exponent = offset >> 23;
  // x = z * 2^exponent with z between 0.7 and 1.4.
  bits.setInt32(0, pattern - (offset & 0xff800000));
  const z = bits.getFloat32(0);
  const r = z * (INVERSE[index] as number) - 1;
  const y0 = (LOG2[index] as number) + exponent;
  const r2 = r * r;
  const q = (P2 * r + P3) * r2 + (P4 * r + y0);
  return (P0 * r + P1) * (r2 * r2) + q;
};

/** The bits of x; a subnormal gets the negative exponent that its scale asks for. */
const patternOf = (x: number): number => {
  const subnormal = x < 2 ** -126;
  bits.setFloat32(0, subnormal ? x * 2 ** 23 : x);
  return bits.getInt32(0) - (subnormal ? 23 << 23 : 0);
};

const exp2 = (e: number): number => {
  const n = Math.round(32 * e);
  const r = e - n / 32;
  bits.setBigUint64(
    0,
    BigInt.asUintN(64, (EXPONENTIAL[n & 31] as bigint) + (BigInt(n) << BigInt(47))),
  );
  const s = bits.getFloat64(0);
  const r2 = r * r;
  return Math.fround(((C0 * r + C1) * r2 + (C2 * r + 1)) * s);
};
