import { TinyVmafException } from '@tinyvmaf/core';
import { buildGraph, graphBuilder, type GraphBuilder, type NodeId } from '@tinyvmaf/models';
import { describe, expect, it } from 'vitest';

/** Message of the error that a definition gives. */
const problem = (define: (b: GraphBuilder) => NodeId, kind: 'frame' | 'clip' = 'frame'): string => {
  try {
    buildGraph(kind, define, 'test');
  } catch (error) {
    if (error instanceof TinyVmafException) return error.message;
    throw error;
  }
  return 'none';
};

describe('graphBuilder', () => {
  it('works out shapes', () => {
    const b = graphBuilder('clip');
    const hidden = b.linear(b.input(), 'hidden', 4);
    expect(b.shape(hidden)).toEqual(['N', 4]);
    expect(b.shape(b.matmul(hidden, b.transpose(hidden)))).toEqual(['N', 'N']);
    expect(b.shape(b.sum(hidden))).toEqual(['N', 1]);
    expect(b.shape(b.distances(hidden, b.parameter('c', [9, 4])))).toEqual(['N', 9]);
    expect(b.input()).toBe(0);
    expect(b.mask()).toBe(b.mask());
  });

  it('names the node whose shapes do not fit', () => {
    expect(problem((b) => b.matmul(b.input(), b.parameter('w', [5, 2])))).toBe(
      'test, node 2 (matmul): a is [N, 6] and b [5, 2]: columns of a must equal rows of b.',
    );
    expect(problem((b) => b.add(b.input(), b.constant([2, 6], new Float64Array(12))))).toContain(
      'node 2 (add): the shape [2, 6] of b does not fit [N, 6] of a',
    );
    expect(problem((b) => b.parameter('w', [0, 2]))).toContain(
      'node 0 (parameter w): the shape [0, 2]',
    );
    expect(problem((b) => b.constant([1, 2], [1]))).toContain(
      '[1, 2] needs 2 numbers, 1 are given',
    );
    expect(problem((b) => b.constant([1, 1], [NaN]))).toContain('must be finite');
    expect(problem((b) => b.relu(3))).toContain('node 0 (relu): there is no node 3 before it');
    expect(problem((b) => b.distances(b.input(), b.parameter('c', [2, 5])))).toContain(
      'both need the same columns',
    );
    expect(problem((b) => b.clip(b.input(), 1, 0))).toContain('in order');
    expect(problem((b) => b.scale(b.input(), Infinity))).toContain('must be finite');
  });

  it('refuses names that are taken or no names', () => {
    expect(problem((b) => b.linear(b.linear(b.input(), 'x', 2), 'x', 2))).toContain(
      'another parameter has that name',
    );
    expect(problem((b) => b.parameter('9', [1, 1]))).toContain('a name is a letter');
  });

  it('refuses an output that is no score', () => {
    expect(problem((b) => b.input())).toContain(
      'the output of a frame model must be [N, 1], is [N, 6]',
    );
    expect(problem((b) => b.sum(b.input()), 'clip')).toContain('must be [1, 1], is [N, 1]');
  });

  it('keeps frames apart in frame models', () => {
    expect(problem((b) => b.transpose(b.input()))).toContain('must not mix frames');
    expect(problem((b) => b.distances(b.input(), b.input()))).toContain('must not mix frames');
    expect(problem((b) => b.mask())).toContain('only clip models have a mask');
  });

  it('lets padding count for nothing in clip models', () => {
    const scores = (b: GraphBuilder): NodeId => b.transpose(b.sum(b.input()));
    expect(problem((b) => b.softmax(scores(b)), 'clip')).toContain('needs the mask');
    expect(problem((b) => b.softmax(scores(b), b.sum(b.input())), 'clip')).toContain(
      'which is not the mask',
    );
    expect(problem((b) => b.softmax(b.input(), b.mask()), 'clip')).toContain(
      'the mask must be [6, 1]',
    );
  });
});
