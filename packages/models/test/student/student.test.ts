import { errorMessage, unwrap } from '@tinyvmaf/core';
import {
  a1,
  a3,
  a5,
  createStudent,
  exportedGraph,
  exportOnnx,
  outsideRange,
  runGraph,
  type LayerGraph,
  type OnnxModel,
  type OnnxNode,
  type StudentOptions,
} from '@tinyvmaf/models';
import { randomFrames, randomWeights } from '@tinyvmaf/models/testing';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { externalBytes, linearBytes, WEIGHT_BYTES } from '../onnx/make.js';

const ADM2 = Float32Array.of(0.9, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);

const problem = (bytes: Uint8Array, options: StudentOptions = {}): string => {
  const result = createStudent(bytes, { source: 'm.onnx', ...options });
  return E.isLeft(result) ? errorMessage(result.left) : 'none';
};

const exported = (graph: LayerGraph): Uint8Array =>
  unwrap(
    exportOnnx({
      graph,
      weights: randomWeights(graph, 4),
      metadata: { architecture: 'test', version: 1, tier: 'nano' },
    }),
  );

describe('createStudent', () => {
  it('scores with files of others', () => {
    const student = unwrap(createStudent(linearBytes()));
    expect(student).toMatchObject({ input: 'frame', bytes: linearBytes().length });
    expect(student.metadata).toBeUndefined();
    expect(Array.from(student.score(ADM2))).toEqual([82, 90]);
    expect(Array.from(student.unclipped(ADM2))).toEqual([82, 90]);
    expect(student.score([])).toEqual(new Float32Array(0));
  });

  it('takes weights from a file beside it only if it is given', () => {
    const bytes = externalBytes('w.bin');
    expect(problem(bytes)).toBe(
      'm.onnx is not a usable VMAF model: initializer "W": its numbers are in another file, "w.bin".',
    );
    const student = unwrap(createStudent(bytes, { external: () => WEIGHT_BYTES }));
    expect(Array.from(student.score(ADM2))).toEqual([82, 90]);
    expect(student.bytes).toBe(bytes.length + 24);
  });

  it('gives what the last Clip gets', () => {
    const graph = a5.build({ centres: 3 });
    const student = unwrap(createStudent(exported(graph)));
    const { graph: folded, weights } = exportedGraph(graph, randomWeights(graph, 4));
    const open = {
      ...folded,
      output: folded.output - 1,
    };
    const frames = randomFrames(50, 1);
    expect(student.unclipped(frames)).toEqual(runGraph(open, weights, frames));
    const far = Float64Array.of(0, 0, 0, 0, 0, 0);
    expect(student.score(far)[0]).toBe(
      Math.fround(Math.min(100, Math.max(0, student.unclipped(far)[0]!))),
    );
  });

  it('refuses rows that are none', () => {
    const student = unwrap(createStudent(linearBytes()));
    expect(() => student.score([1, 2])).toThrow(
      'features must hold 6 numbers per frame, got "2 numbers"',
    );
    expect(() => student.score([1, 2, NaN, 4, 5, 6])).toThrow(
      'features, frame 0, vif_scale1 must be a finite binary32 number, got "NaN"',
    );
    expect(() => student.score([1e300, 0, 0, 0, 0, 0])).toThrow('adm2');
    expect(() => student.score(ADM2, [1, 1])).toThrow('for clip models only');
    const clip = unwrap(createStudent(exported(a3.build({ layers: 1, width: 4, attention: 2 }))));
    expect(clip.input).toBe('clip');
    expect(() => clip.score([])).toThrow('at least one frame');
    expect(() => clip.score(ADM2, [1])).toThrow('one number per frame, 2');
    expect(() => clip.score(ADM2, [1, 0.5])).toThrow('must hold 0 and 1');
    expect(() => clip.score(ADM2, [0, 0])).toThrow('at least one frame');
    expect(clip.score(ADM2).length).toBe(1);
  });

  it('refuses what is no student', () => {
    const value = { type: 'float32', dims: ['N', 6] } as const;
    expect(problem(linearBytes({ inputs: [{ name: 'input', ...value }] }))).toContain(
      'the first must be "features" float32 [N, 6], is "input" float32 [N, 6]',
    );
    expect(problem(linearBytes({ inputs: [] }))).toContain('there is none');
    expect(
      problem(linearBytes({ inputs: [{ name: 'features', type: 'float32', dims: ['N', 5] }] })),
    ).toContain('is "features" float32 [N, 5]');
    expect(problem(linearBytes({ outputs: [] }))).toContain('outputs: must be one of float32');
    expect(problem(linearBytes({ opset: 99 }))).toContain('version 99; at most');
  });

  it('names the operator that cannot be run', () => {
    const node = (op: string, changes: Partial<OnnxNode> = {}): OnnxNode => ({
      op,
      domain: '',
      inputs: ['features'],
      outputs: ['vmaf'],
      attributes: new Map(),
      ...changes,
    });
    const nodes = (...list: OnnxNode[]): Partial<OnnxModel> => ({ nodes: list });
    expect(problem(linearBytes(nodes(node('Foo'))))).toContain(
      'node 0 (Foo): the operator "Foo" is not known',
    );
    expect(problem(linearBytes(nodes(node('Relu', { domain: 'x' }))))).toContain(
      '"Relu" of "x" is not known',
    );
    expect(problem(linearBytes(nodes(node('Relu'))))).toContain(
      'one frame must give one number, gives 6',
    );
    expect(problem(linearBytes(nodes(node('Relu', { inputs: ['z'] }))))).toContain(
      'nothing before it makes its operand "z"',
    );
    expect(problem(linearBytes(nodes(node('Relu', { outputs: ['W'] }))))).toContain(
      'is there already',
    );
    expect(problem(linearBytes(nodes(node('Relu', { outputs: ['q'] }))))).toContain(
      'output "vmaf": nothing makes it',
    );
    expect(problem(linearBytes(nodes(node('MatMul', { inputs: ['features', 'b'] }))))).toContain(
      'node 0 (MatMul): [1, 6] times [1]',
    );
  });

  it('keeps within its budget', () => {
    // 2,000 x 1 and 1 x 2,000 numbers in the file, and 4 million in the product, again and again.
    const side = 2000;
    const tensor = (name: string, dims: number[]): OnnxModel['initializers'][number] => ({
      name,
      type: 'float32',
      dims,
      data: new Float32Array(side).fill(1),
    });
    const grow = (from: number): OnnxNode => ({
      op: from === 0 ? 'MatMul' : 'Add',
      domain: '',
      inputs: from === 0 ? ['A', 'B'] : [`x${from - 1}`, `x${from - 1}`],
      outputs: [`x${from}`],
      attributes: new Map(),
    });
    const bytes = linearBytes({
      initializers: [tensor('A', [side, 1]), tensor('B', [1, side])],
      nodes: Array.from({ length: 1000 }, (_, i) => grow(i)),
      outputs: [{ name: 'x999', type: 'float32', dims: ['N'] }],
    });
    expect(problem(bytes)).toContain('the results together take too much memory');
  });

  it('notices that its probe comes out otherwise', () => {
    const bytes = exported(a1.build({ layers: 1, width: 3, int8: true }));
    const text = new TextDecoder('latin1').decode(bytes);
    // One digit of the probe's score, wherever the file has it.
    const at = text.lastIndexOf(':') + 1;
    const changed = Uint8Array.from(bytes);
    changed[at] = text.charAt(at) === '5' ? 0x36 : 0x35;
    expect(problem(bytes)).toBe('none');
    expect(problem(changed)).toContain('metadata_props.probe: the probe scores');
    expect(problem(changed, { checkProbe: false })).toBe('none');
  });
});

describe('outsideRange', () => {
  it('names the features', () => {
    const range = { low: [0, 0, 0, 0, 0, 0], high: [1, 1, 1, 1, 1, 30] };
    expect(outsideRange(range, [1, 1, 1, 1, 1, 30])).toEqual([]);
    expect(outsideRange(range, [1.1, 1, -0.1, 1, 1, NaN])).toEqual([
      'adm2',
      'vif_scale1',
      'motion2',
    ]);
  });
});
