import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TinyVmafException, type BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { CHUNK_FRAMES, createTreeHash, treeRoot } from '../../src/hash/tree.js';

const sha = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** A plane with samples from a seed, rows `padding` samples apart, the padding filled with noise. */
const plane = (
  width: number,
  height: number,
  bitDepth: BitDepth,
  seed: number,
  padding = 0,
): Plane => {
  const stride = width + padding;
  const data = bitDepth === 8 ? new Uint8Array(stride * height) : new Uint16Array(stride * height);
  const max = 2 ** bitDepth;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < stride; x++) {
      data[y * stride + x] =
        x < width ? (x * 7 + y * 13 + seed * 31) % max : (x * 5 + padding) % max;
    }
  }
  return { data, width, height, stride };
};

const root = (
  format: { width: number; height: number; bitDepth: BitDepth },
  frames: number,
  padding = 0,
): string => {
  const hash = createTreeHash(format);
  for (let i = 0; i < frames; i++) {
    hash.add(plane(format.width, format.height, format.bitDepth, i, padding));
  }
  return hash.finish().root;
};

describe('createTreeHash', () => {
  it('is what its documentation says, computed by hand', () => {
    const format = { width: 3, height: 2, bitDepth: 10 } as const;
    const data = Uint16Array.from([1, 2, 3, 999, 4, 5, 0x3ff, 999]);
    const hash = createTreeHash(format);
    hash.add({ data, width: 3, height: 2, stride: 4 });
    const samples = Uint8Array.from([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0xff, 3]);
    const leaf = sha('tinyvmaf-luma-leaf/1\0', samples);
    const head = Uint8Array.from([3, 0, 0, 0, 2, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    const expected = sha('tinyvmaf-luma-root/1\0', head, Buffer.from(leaf, 'hex'));
    expect(hash.chunks).toEqual([]);
    expect(hash.finish()).toEqual({ root: expected, frames: 1 });
    expect(hash.finish()).toEqual({ root: expected, frames: 1 });
    expect(hash.chunks).toEqual([leaf]);
  });

  it('does not depend on the stride', () => {
    for (const bitDepth of [8, 10, 16] as const) {
      const format = { width: 17, height: 5, bitDepth };
      expect(root(format, 3, 15)).toBe(root(format, 3));
    }
  });

  it('reads views into larger buffers at their place', () => {
    const whole = new Uint16Array(40).map((_, i) => i);
    const a = createTreeHash({ width: 4, height: 2, bitDepth: 12 });
    a.add({ data: whole.subarray(10, 18), width: 4, height: 2, stride: 4 });
    const b = createTreeHash({ width: 4, height: 2, bitDepth: 12 });
    b.add({ data: whole.slice(10, 18), width: 4, height: 2, stride: 4 });
    expect(a.finish()).toEqual(b.finish());
  });

  it('tells size, depth, length and order apart', () => {
    const roots = [
      root({ width: 6, height: 4, bitDepth: 8 }, 2),
      root({ width: 4, height: 6, bitDepth: 8 }, 2),
      root({ width: 6, height: 4, bitDepth: 10 }, 2),
      root({ width: 6, height: 4, bitDepth: 12 }, 2),
      root({ width: 6, height: 4, bitDepth: 8 }, 1),
      root({ width: 6, height: 4, bitDepth: 8 }, 33),
    ];
    const swapped = createTreeHash({ width: 6, height: 4, bitDepth: 8 });
    swapped.add(plane(6, 4, 8, 1));
    swapped.add(plane(6, 4, 8, 0));
    roots.push(swapped.finish().root);
    expect(new Set(roots).size).toBe(roots.length);
  });

  it('continues from the leaves of finished chunks with the same result', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.nat(3), (frames, cut) => {
        const format = { width: 5, height: 3, bitDepth: 8 } as const;
        const first = createTreeHash(format);
        for (let i = 0; i < frames; i++) first.add(plane(5, 3, 8, i));
        const chunks = Math.min(cut, first.chunks.length);
        const second = createTreeHash(format, first.chunks.slice(0, chunks));
        expect(second.frames).toBe(chunks * CHUNK_FRAMES);
        for (let i = second.frames; i < frames; i++) second.add(plane(5, 3, 8, i));
        expect(second.finish()).toEqual(first.finish());
        expect(second.chunks).toEqual(first.chunks);
        expect(first.chunks).toHaveLength(Math.ceil(frames / CHUNK_FRAMES));
        expect(treeRoot(format, frames, first.chunks)).toBe(first.finish().root);
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  it('refuses planes of another size or depth and frames after the end', () => {
    const format = { width: 6, height: 4, bitDepth: 8 } as const;
    expect(() => createTreeHash(format).add(plane(6, 5, 8, 0))).toThrow(TinyVmafException);
    expect(() => createTreeHash(format).add(plane(6, 4, 10, 0))).toThrow(/6x4 8-bit/);
    const ended = createTreeHash(format);
    ended.finish();
    expect(() => {
      ended.add(plane(6, 4, 8, 0));
    }).toThrow(/after the end/);
  });
});
