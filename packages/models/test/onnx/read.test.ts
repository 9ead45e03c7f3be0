import { unwrap } from '@tinyvmaf/core';
import {
  a5,
  exportOnnx,
  initialWeights,
  MAX_ONNX_BYTES,
  readOnnx,
  writeOnnx,
} from '@tinyvmaf/models';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { externalBytes, linearBytes, linearModel } from './make.js';

const problem = (bytes: Uint8Array, external?: (location: string) => Uint8Array): string => {
  const result = readOnnx(bytes, { source: 'm.onnx', ...(external && { external }) });
  if (E.isRight(result)) return 'none';
  const { left } = result;
  if (left._tag !== 'ModelFormat') throw new Error(left._tag);
  return `${left.path}: ${left.problem}`;
};

/** Bytes of a file around the fields of a graph. */
const file = (...graph: number[]): Uint8Array =>
  Uint8Array.of(0x08, 8, 0x3a, graph.length, ...graph, 0x42, 2, 0x10, 17);

describe('readOnnx', () => {
  it('reads what the writer writes', () => {
    const model = linearModel({ metadata: new Map([['a', 'b']]) });
    expect(readOnnx(writeOnnx(model))).toEqual(E.right(model));
    const graph = a5.build({ centres: 3 });
    const bytes = unwrap(
      exportOnnx({
        graph,
        weights: initialWeights(graph, 1),
        metadata: { architecture: 'a5', version: 1, tier: 'nano' },
      }),
    );
    expect(writeOnnx(unwrap(readOnnx(bytes)))).toEqual(bytes);
  });

  it('refuses what is no model', () => {
    expect(problem(new Uint8Array(0))).toBe('file: is empty');
    expect(problem(new Uint8Array(MAX_ONNX_BYTES + 1))).toBe(
      `file: has ${MAX_ONNX_BYTES + 1} bytes; at most ${MAX_ONNX_BYTES} are taken`,
    );
    expect(problem(new TextEncoder().encode('{"model_dict": 1}'))).toMatch(/^byte \d+: /);
    expect(problem(Uint8Array.of(8, 8))).toContain('this is not an ONNX model');
    expect(problem(Uint8Array.of(0x3a, 0))).toContain('no version of the standard operators');
    expect(problem(linearBytes().subarray(0, 150))).toMatch(/needs \d+ bytes, \d+ are there/);
  });

  it('believes no size before it has seen the bytes', () => {
    // An initializer of 2^40 float32 numbers with 4 bytes.
    expect(
      problem(
        file(0x2a, 17, 0x08, 128, 128, 128, 128, 128, 32, 0x10, 1, 0x42, 0, 0x4a, 4, 0, 0, 0, 0),
      ),
    ).toContain('needs 4398046511104 bytes, 4 are there');
    // 2^40 x 2^40 is no size at all; neither is -1.
    const huge = [0x08, 128, 128, 128, 128, 128, 32];
    expect(problem(file(0x2a, 16, ...huge, ...huge, 0x10, 1))).toContain('dimensions');
    const minusOne = [0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
    expect(problem(file(0x2a, 13, ...minusOne, 0x10, 1))).toContain('a dimension of -1');
    // A length that reaches past the end, and a number without end.
    expect(problem(Uint8Array.of(0x3a, 255, 255, 255, 255, 15))).toContain(
      'needs 4294967295 bytes',
    );
    expect(problem(Uint8Array.of(8, ...new Array<number>(11).fill(255)))).toContain(
      'more than 10 bytes',
    );
    expect(problem(Uint8Array.of(0x0b))).toContain('wire type 3');
    expect(problem(Uint8Array.of(0x00))).toContain('field number 0');
  });

  it('refuses types and forms it does not know', () => {
    expect(problem(file(0x2a, 2, 0x10, 16))).toContain('element type 16');
    expect(problem(file(0x7a, 0))).toContain('sparse initializers');
    expect(problem(file(0x2a, 4, 0x10, 1, 0x4a, 0))).toContain('needs 4 bytes, 0 are there');
    expect(problem(file(0x0a, 3, 0x22, 1, 0xff))).toContain('not UTF-8');
  });

  it('leaves numbers of other files out, or takes them with care', () => {
    const bytes = externalBytes('w.bin');
    const [matrix] = unwrap(readOnnx(bytes)).initializers;
    expect(matrix).toMatchObject({
      name: 'W',
      dims: [6, 1],
      external: { location: 'w.bin', offset: 0, length: 24 },
    });
    expect(matrix?.data.length).toBe(0);
    expect(problem(bytes, () => new Uint8Array(8))).toContain(
      '"W" needs 24 bytes of "w.bin", 8 are there',
    );
    expect(problem(externalBytes('w.bin', 0, 20), () => new Uint8Array(24))).toContain(
      '"W" needs 24 bytes, 20 are there',
    );
    expect(problem(externalBytes(''))).toContain('external data without a location');
  });

  it('reads packed and unpacked numbers alike', () => {
    const dims = [0x0a, 2, 1, 2];
    const packed = [...dims, 0x10, 1, 0x22, 8, 0, 0, 128, 63, 0, 0, 0, 64];
    const single = [0x08, 1, 0x08, 2, 0x10, 1, 0x25, 0, 0, 128, 63, 0x25, 0, 0, 0, 64];
    for (const tensor of [packed, single]) {
      const { initializers } = unwrap(readOnnx(file(0x2a, tensor.length, ...tensor)));
      expect(initializers[0]).toMatchObject({ dims: [1, 2], data: Float32Array.of(1, 2) });
    }
  });
});
