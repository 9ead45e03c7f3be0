// The promise of the files: onnxruntime and plain TypeScript give the same
// float32 bits, whatever the batch.
import { unwrap } from '@tinyvmaf/core';
import {
  BUILT_IN,
  buildArchitecture,
  createStudent,
  exportedGraph,
  exportOnnx,
  runGraph,
} from '@tinyvmaf/models';
import { randomFrames, randomWeights } from '@tinyvmaf/models/testing';
import { describe, expect, it } from 'vitest';
import { randomGraph, someWeights } from '../graph/random-graph.js';
import { differing, openSession } from './session.js';

const ROWS = 10_240;
const BATCHES = [1, 7, 256];

const joined = (parts: readonly Float32Array[]): Float32Array =>
  Float32Array.from(parts.flatMap((part) => Array.from(part)));

describe.each(['a1', 'a2', 'a4', 'a5'])('%s', (id) => {
  const { graph } = unwrap(buildArchitecture(BUILT_IN.get(id)!));
  const weights = randomWeights(graph, 11);
  const metadata = { architecture: id, version: 1, tier: 'tiny' } as const;
  const bytes = unwrap(exportOnnx({ graph, weights, metadata }));
  const frames = randomFrames(ROWS, 12);
  const exported = exportedGraph(graph, weights);
  const reference = Float32Array.from(runGraph(exported.graph, exported.weights, frames));

  it(`gives the evaluator's bits in plain TypeScript, batches ${BATCHES.join(', ')}`, () => {
    const student = unwrap(createStudent(bytes));
    expect(differing(student.score(frames), reference)).toBe(0);
    for (const batch of BATCHES) {
      const parts: Float32Array[] = [];
      for (let i = 0; i < ROWS; i += batch) {
        parts.push(student.score(frames.subarray(6 * i, 6 * (i + batch))));
      }
      expect(differing(joined(parts), reference)).toBe(0);
    }
  });

  it.each(BATCHES)('gives the same bits in onnxruntime, batch %i', async (batch) => {
    const session = await openSession(bytes);
    const parts: Float32Array[] = [];
    for (let i = 0; i < ROWS; i += batch) {
      parts.push(await session.run(frames.slice(6 * i, 6 * (i + batch))));
    }
    expect(differing(joined(parts), reference)).toBe(0);
    expect(new Set(reference).size).toBeGreaterThan(ROWS / 20);
  });
});

describe('a3', () => {
  const { graph } = unwrap(buildArchitecture(BUILT_IN.get('a3')!));
  const weights = randomWeights(graph, 11);
  const metadata = { architecture: 'a3', version: 1, tier: 'small' } as const;
  const bytes = unwrap(exportOnnx({ graph, weights, metadata }));
  const exported = exportedGraph(graph, weights);

  // 10^4 frames and more in clips of these lengths.
  it.each([
    [1, 200],
    [7, 200],
    [64, 40],
    [256, 24],
  ])('gives the same bits everywhere for clips of %i frames', async (frames, clips) => {
    const session = await openSession(bytes);
    const student = unwrap(createStudent(bytes));
    for (let clip = 0; clip < clips; clip++) {
      const features = randomFrames(frames, clip);
      const mask = Float32Array.from({ length: frames }, (_, i) =>
        i > 0 && (i * clip) % 5 === 1 ? 0 : 1,
      );
      const reference = Float32Array.from(
        runGraph(exported.graph, exported.weights, features, mask),
      );
      expect(differing(student.score(features, mask), reference)).toBe(0);
      expect(differing(await session.run(features, mask), reference)).toBe(0);
    }
  });
});

describe('random graphs', () => {
  // Every operation in every form that the lowering knows. Random values make
  // ties of the last rounding possible: a unit of the last place is let through.
  it.each(['frame', 'clip'] as const)('of %s models give the evaluator’s scores', async (kind) => {
    let ties = 0;
    for (let seed = 1000; seed < 1150; seed++) {
      const graph = randomGraph(seed, kind);
      const weights = someWeights(graph, seed);
      const metadata = { architecture: 'random', version: 1, tier: 'nano' } as const;
      const bytes = unwrap(exportOnnx({ graph, weights, metadata }));
      const exported = exportedGraph(graph, weights);
      const frames = randomFrames(9, seed);
      const mask = kind === 'clip' ? Float32Array.of(1, 1, 0, 1, 1, 0, 1, 1, 1) : undefined;
      const exact = runGraph(exported.graph, exported.weights, frames, mask);
      const student = unwrap(createStudent(bytes));
      const session = await openSession(bytes);
      for (const scores of [student.score(frames, mask), await session.run(frames, mask)]) {
        scores.forEach((score, i) => {
          if (score === Math.fround(exact[i]!)) return;
          ties++;
          // What lies between is far below a unit of the last place.
          const scale = Math.max(1e-6, Math.abs(exact[i]!));
          expect(Math.abs(score - exact[i]!) / scale, `seed ${seed}`).toBeLessThan(2 ** -23);
        });
      }
    }
    expect(ties).toBeLessThan(5);
  });
});
