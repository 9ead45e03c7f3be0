import { describe, expect, it } from 'vitest';
import { checkKernels, kernelDigests, REFERENCE, WASM, type Kernels } from '../../src/index.js';

const wrongOf = async (kernels: Kernels): Promise<readonly string[]> =>
  (await checkKernels(kernels))
    .filter(({ digest, expected }) => digest !== expected)
    .map(({ kernel, picture }) => `${kernel} ${picture}`);

describe('digests of the kernels', () => {
  it('are those of the table for the reference kernels', async () => {
    expect(await kernelDigests(REFERENCE)).toHaveLength(21);
    expect(await wrongOf(REFERENCE)).toEqual([]);
  });

  it('are those of the table for the WebAssembly kernels', async () => {
    expect(await wrongOf(WASM)).toEqual([]);
  });

  it('show a kernel that is one off, and which', async () => {
    const broken: Kernels = {
      ...REFERENCE,
      motion: (...size) => {
        const kernel = REFERENCE.motion(...size);
        return { compute: (a, b) => kernel.compute(a, b) + 1 };
      },
    };
    const wrong = await wrongOf(broken);
    expect(wrong).toHaveLength(7);
    expect(wrong.every((name) => name.startsWith('motion '))).toBe(true);
  });
});
