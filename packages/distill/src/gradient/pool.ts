/**
 * The points that batches are drawn from, in the kernel's memory. They are
 * labelled in blocks when training first comes to them, so that no step takes
 * long. Every point is used once before any is used again; which ones make a
 * batch depends on seed and step alone.
 */
import { createRandom } from '@tinyvmaf/core';
import { rowWeight } from '../rbf/points.js';
import type { TrainingSet } from '../target/target.js';
import type { Arena, Kernel } from './kernel.js';

/** Points that are labelled at a time. */
const BLOCK = 10_240;
/** How far the seeds of blocks and of orders lie apart. */
const BLOCK_SEED = 0x61c88647;
const ORDER_SEED = 0x3c6ef372;

/** Batches of labelled points. */
export interface Pool {
  /** Copies the batch of a step, counted from 0, to where the program reads it. */
  load(step: number, input: number): void;
  /** Address of the labels of the batch. */
  readonly labels: number;
  /** Address of what its rows count. */
  readonly weights: number;
}

/** What a pool is made from. */
export interface PoolOptions {
  readonly data: TrainingSet;
  readonly seed: number;
  readonly points: number;
  readonly batch: number;
  readonly damped: boolean;
}

/** A pool; takes room in the arena. */
export const createPool = (
  { data, seed, points, batch, damped }: PoolOptions,
  kernel: Kernel,
  arena: Arena,
): Pool => {
  const rowsAt = arena.take(6 * points);
  const labelsAt = arena.take(points);
  const weightsAt = arena.take(points);
  const index = arena.take(batch);
  const labels = arena.take(batch);
  const weights = arena.take(batch);
  const { clip } = data.teacher;

  let filled = 0;
  const fillUpTo = (wanted: number): void => {
    const memory = new Float32Array(kernel.memory.buffer);
    while (filled < wanted) {
      const count = Math.min(BLOCK, points - filled);
      const block = Math.floor(filled / BLOCK) + 1;
      const drawn = data.draw(count, (seed + Math.imul(block, BLOCK_SEED)) >>> 0);
      memory.set(drawn.rows, rowsAt / 4 + 6 * filled);
      memory.set(drawn.labels, labelsAt / 4 + filled);
      const counts = drawn.labels.map((label) => (damped ? rowWeight(label, clip) : 1));
      memory.set(counts, weightsAt / 4 + filled);
      filled += count;
    }
  };

  const perRound = Math.floor(points / batch);
  let round = -1;
  const order = new Uint32Array(points);
  /** The first round takes block after block, so that it can begin before all are labelled. */
  const arrange = (wanted: number): void => {
    if (round === wanted) return;
    round = wanted;
    for (let i = 0; i < points; i++) order[i] = i;
    const random = createRandom((seed + Math.imul(wanted + 1, ORDER_SEED)) >>> 0);
    const size = wanted === 0 ? BLOCK : points;
    for (let from = 0; from < points; from += size) {
      const count = Math.min(size, points - from);
      for (let i = count - 1; i > 0; i--) {
        const j = random.below(i + 1);
        const kept = order[from + i] ?? 0;
        order[from + i] = order[from + j] ?? 0;
        order[from + j] = kept;
      }
    }
  };

  return {
    labels,
    weights,
    load: (step, input) => {
      arrange(Math.floor(step / perRound));
      const from = (step % perRound) * batch;
      fillUpTo(round === 0 ? Math.min(points, Math.ceil((from + batch) / BLOCK) * BLOCK) : points);
      new Uint32Array(kernel.memory.buffer).set(order.subarray(from, from + batch), index / 4);
      kernel.gather(rowsAt, index, input, batch, 6);
      kernel.gather(labelsAt, index, labels, batch, 1);
      kernel.gather(weightsAt, index, weights, batch, 1);
    },
  };
};
