import {
  BLOCK_ROWS,
  buildGraph,
  exp,
  runGraph,
  type GraphBuilder,
  type NodeId,
} from '@tinyvmaf/models';
import { describe, expect, it } from 'vitest';

const FRAME = [1, 2, 3, 4, 5, 6];

/** Value of a one-row expression, summed with weights so that each element counts. */
const value = (define: (b: GraphBuilder) => NodeId, columns: number): number[] =>
  Array.from({ length: columns }, (_, j) => {
    const graph = buildGraph('frame', (b) => {
      const unit = new Float64Array(columns);
      unit[j] = 1;
      return b.matmul(define(b), b.constant([columns, 1], unit));
    });
    return runGraph(graph, new Map(), Float64Array.from(FRAME))[0]!;
  });

describe('runGraph', () => {
  it('computes each operation', () => {
    const row = (b: GraphBuilder): NodeId => b.constant([1, 6], [1, 0, 2, 0, 3, -1]);
    expect(value((b) => b.add(b.input(), row(b)), 6)).toEqual([2, 2, 5, 4, 8, 5]);
    expect(value((b) => b.subtract(b.input(), row(b)), 6)).toEqual([0, 2, 1, 4, 2, 7]);
    expect(value((b) => b.multiply(b.input(), row(b)), 6)).toEqual([1, 0, 6, 0, 15, -6]);
    expect(value((b) => b.multiply(b.input(), b.constant([1, 1], [2])), 6)).toEqual([
      2, 4, 6, 8, 10, 12,
    ]);
    expect(value((b) => b.relu(b.subtract(b.input(), b.constant([1, 1], [3]))), 6)).toEqual([
      0, 0, 0, 1, 2, 3,
    ]);
    expect(value((b) => b.scale(b.input(), -1), 6)).toEqual([-1, -2, -3, -4, -5, -6]);
    expect(value((b) => b.clip(b.input(), 2, 5), 6)).toEqual([2, 2, 3, 4, 5, 5]);
    expect(value((b) => b.sum(b.input()), 1)).toEqual([21]);
    expect(value((b) => b.exp(b.input()), 6)).toEqual(FRAME.map(exp));
    const centres = [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0];
    expect(value((b) => b.distances(b.input(), b.constant([2, 6], centres)), 2)).toEqual([0, 91]);
    expect(value((b) => b.matmul(b.input(), b.transpose(b.constant([2, 6], centres))), 2)).toEqual([
      91, 0,
    ]);
    const total = FRAME.reduce((sum, x) => sum + Math.exp(x - 6), 0);
    value((b) => b.softmax(b.input()), 6).forEach((share, i) => {
      expect(share).toBeCloseTo(Math.exp(FRAME[i]! - 6) / total, 14);
    });
  });

  it('weighs frames of a clip with the mask', () => {
    const graph = buildGraph('clip', (b) => {
      const scores = b.sum(b.input());
      const shares = b.softmax(b.transpose(b.scale(scores, 0)), b.mask());
      return b.matmul(shares, scores);
    });
    const frames = Float64Array.of(...FRAME, 0, 0, 0, 0, 0, 1, ...FRAME.map((x) => x * 1000));
    expect(runGraph(graph, new Map(), frames, [1, 1, 0])[0]).toBe(11);
    expect(runGraph(graph, new Map(), frames.subarray(0, 12))[0]).toBe(11);
  });

  it('gives a row the same bits in any batch', () => {
    const graph = buildGraph('frame', (b) => b.sum(b.exp(b.scale(b.input(), -0.3))));
    const frames = Float64Array.from({ length: 6 * (2 * BLOCK_ROWS + 3) }, (_, i) => (i % 17) / 3);
    const whole = runGraph(graph, new Map(), frames);
    expect(whole.length).toBe(2 * BLOCK_ROWS + 3);
    for (const i of [0, BLOCK_ROWS - 1, BLOCK_ROWS, whole.length - 1]) {
      expect(runGraph(graph, new Map(), frames.subarray(6 * i, 6 * i + 6))[0]).toBe(whole[i]);
    }
    expect(runGraph(graph, new Map(), new Float64Array(0))).toEqual(new Float64Array(0));
  });

  it('refuses lengths that do not fit', () => {
    const frame = buildGraph('frame', (b) =>
      b.sum(b.multiply(b.input(), b.parameter('w', [1, 6]))),
    );
    const clip = buildGraph('clip', (b) => b.sum(b.transpose(b.sum(b.input()))));
    const weights = new Map([['w', new Float64Array(6)]]);
    expect(() => runGraph(frame, weights, new Float64Array(7))).toThrow('6 numbers per frame');
    expect(() => runGraph(frame, weights, new Float64Array(6), [1])).toThrow(
      'for clip models only',
    );
    expect(() => runGraph(frame, new Map(), new Float64Array(6))).toThrow(
      'weights.w must hold 6 numbers, got "0"',
    );
    expect(() => runGraph(clip, new Map(), new Float64Array(12), [1])).toThrow(
      'one number per frame, 2',
    );
    expect(() => runGraph(clip, new Map(), new Float64Array(0))).toThrow('at least one frame');
  });

  it('lets what is no number through as such', () => {
    const graph = buildGraph('frame', (b) => b.clip(b.relu(b.sum(b.input())), 0, 100));
    expect(runGraph(graph, new Map(), new Float64Array(6).fill(NaN))[0]).toBeNaN();
  });
});
