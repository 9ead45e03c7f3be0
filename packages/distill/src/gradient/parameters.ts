/**
 * The parameters of a graph in the kernel's memory: masters, moments and
 * gradients in four blocks of one layout, and for eight-bit matrices a copy as
 * the file will hold them, which is what the graph computes with.
 */
import { parameters, type LayerGraph, type Parameter, type Weights } from '@tinyvmaf/models';
import type { Arena, Kernel } from './kernel.js';

/** A parameter's place. */
export interface Slot {
  readonly parameter: Parameter;
  /** Numbers before it in the blocks; meaningless for frozen ones. */
  readonly offset: number;
  /** What the graph reads. */
  readonly value: number;
  /** Gradient; 0 for frozen ones. */
  readonly gradient: number;
}

/** All parameters of a graph. */
export interface ParameterBlocks {
  /** Places by node. */
  readonly slots: ReadonlyMap<number, Slot>;
  /** Numbers of a block, a multiple of 16. */
  readonly count: number;
  readonly masters: number;
  readonly first: number;
  readonly second: number;
  readonly gradients: number;
}

const up = (count: number): number => Math.ceil(count / 16) * 16;

/** Takes room for the parameters of a graph. */
export const layParameters = (graph: LayerGraph, arena: Arena): ParameterBlocks => {
  const all = parameters(graph);
  const trained = all.filter(({ frozen }) => !frozen);
  const count = trained.reduce((sum, { rows, columns }) => sum + up(rows * columns), 0);
  const masters = arena.take(count);
  const first = arena.take(count);
  const second = arena.take(count);
  const gradients = arena.take(count);
  const slots = new Map<number, Slot>();
  let offset = 0;
  for (const parameter of all) {
    const size = parameter.rows * parameter.columns;
    if (parameter.frozen) {
      slots.set(parameter.node, { parameter, offset: 0, value: arena.take(size), gradient: 0 });
      continue;
    }
    slots.set(parameter.node, {
      parameter,
      offset,
      value: parameter.storage === 'int8' ? arena.take(size) : masters + 4 * offset,
      gradient: gradients + 4 * offset,
    });
    offset += up(size);
  }
  return { slots, count, masters, first, second, gradients };
};

/** Writes weights into the masters, rounded to binary32. */
export const writeWeights = (kernel: Kernel, blocks: ParameterBlocks, weights: Weights): void => {
  const memory = new Float32Array(kernel.memory.buffer);
  for (const { parameter, offset, value } of blocks.slots.values()) {
    const at = parameter.frozen ? value : blocks.masters + 4 * offset;
    memory.set(weights.get(parameter.name) ?? [], at / 4);
  }
};

/** The masters, and frozen parameters as `weights` has them. */
export const readWeights = (kernel: Kernel, blocks: ParameterBlocks, weights: Weights): Weights => {
  const memory = new Float32Array(kernel.memory.buffer);
  const out = new Map<string, Float64Array>();
  for (const { parameter, offset } of blocks.slots.values()) {
    const { name, rows, columns, frozen } = parameter;
    const at = blocks.masters / 4 + offset;
    out.set(
      name,
      frozen
        ? (weights.get(name) ?? new Float64Array(rows * columns))
        : Float64Array.from(memory.subarray(at, at + rows * columns)),
    );
  }
  return out;
};

/**
 * Brings the copies of eight-bit matrices up to date.
 * @param quantised whether they are rounded to eight bits, or as the masters are.
 */
export const refresh = (kernel: Kernel, blocks: ParameterBlocks, quantised: boolean): void => {
  const memory = new Uint8Array(kernel.memory.buffer);
  for (const { parameter, offset, value } of blocks.slots.values()) {
    const { storage, frozen, rows, columns } = parameter;
    if (frozen || storage !== 'int8') continue;
    const master = blocks.masters + 4 * offset;
    if (quantised) kernel.quantise(master, value, rows, columns);
    else memory.copyWithin(value, master, master + 4 * rows * columns);
  }
};
