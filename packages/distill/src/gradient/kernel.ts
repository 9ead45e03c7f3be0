/**
 * The WebAssembly kernel of the gradient trainer as a record of functions over
 * one memory. Whatever computes the same bits can stand in for it; a plain loop
 * in the tests does.
 */
import { GRADIENT_WASM } from '../generated/gradient-wasm.js';

/** The functions of `assembly/gradient`, where each is described. Addresses are bytes. */
export interface KernelFunctions {
  gemm(
    a: number,
    ai: number,
    ak: number,
    b: number,
    bias: number,
    c: number,
    m: number,
    n: number,
    k: number,
    flags: number,
  ): void;
  maskPositive(y: number, d: number, count: number): void;
  columnSums(from: number, to: number, rows: number, columns: number, accumulate: number): void;
  transpose(from: number, to: number, rows: number, columns: number, accumulate: number): void;
  binary(
    op: number,
    a: number,
    b: number,
    out: number,
    rows: number,
    columns: number,
    bi: number,
    bj: number,
  ): void;
  binaryBack(
    op: number,
    a: number,
    b: number,
    d: number,
    da: number,
    db: number,
    rows: number,
    columns: number,
    bi: number,
    bj: number,
  ): void;
  scale(a: number, out: number, count: number, factor: number): void;
  scaleBack(d: number, da: number, count: number, factor: number): void;
  clamp(a: number, out: number, count: number, low: number, high: number): void;
  clampBack(a: number, d: number, da: number, count: number, low: number, high: number): void;
  exponential(a: number, out: number, count: number): void;
  exponentialBack(y: number, d: number, da: number, count: number): void;
  rowSums(a: number, out: number, rows: number, columns: number): void;
  rowSumsBack(d: number, da: number, rows: number, columns: number): void;
  distances(a: number, b: number, out: number, rows: number, others: number, columns: number): void;
  distancesBack(
    a: number,
    b: number,
    d: number,
    da: number,
    db: number,
    rows: number,
    others: number,
    columns: number,
  ): void;
  softmax(a: number, mask: number, out: number, rows: number, columns: number): void;
  softmaxBack(y: number, d: number, da: number, rows: number, columns: number): void;
  gather(from: number, index: number, to: number, rows: number, columns: number): void;
  squaredError(
    output: number,
    label: number,
    weight: number,
    gradient: number,
    rows: number,
    factor: number,
  ): number;
  adam(
    w: number,
    m: number,
    v: number,
    g: number,
    count: number,
    rate: number,
    b1: number,
    b2: number,
    c1: number,
    c2: number,
    epsilon: number,
  ): void;
  quantise(from: number, to: number, rows: number, columns: number): void;
}

/** Functions and the memory they work on. */
export interface Kernel extends KernelFunctions {
  /** Addresses are offsets in it; it may grow, so views are made anew. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Makes room for `bytes` from address 0. */
  reserve(bytes: number): void;
}

const PAGE = 65536;

let compiled: WebAssembly.Module | undefined;

/** A kernel with a memory of its own. */
export const createKernel = (): Kernel => {
  compiled ??= new WebAssembly.Module(Uint8Array.from(Buffer.from(GRADIENT_WASM, 'base64')));
  // An instance is what the module's source says it exports.
  const functions = new WebAssembly.Instance(compiled).exports as unknown as KernelFunctions & {
    readonly memory: WebAssembly.Memory;
  };
  const { memory } = functions;
  return {
    ...functions,
    memory,
    reserve: (bytes) => {
      const missing = bytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    },
  };
};

/** Where addresses begin: 0 means none. */
const FIRST_ADDRESS = 1024;
/** Addresses are multiples of it, and room is too, so that vectors may run over. */
const UNIT = 64;

/** Hands out room in a memory, one place after the other. */
export interface Arena {
  /** Room for so many 32-bit numbers, zeros. */
  take(count: number): number;
  /** End of what was handed out. */
  readonly end: number;
}

/** A new arena. Its memory is reserved by whoever knows that nothing more is taken. */
export const createArena = (): Arena => {
  let end = FIRST_ADDRESS;
  return {
    take: (count) => {
      const at = end;
      end += Math.ceil((4 * count) / UNIT) * UNIT;
      return at;
    },
    get end() {
      return end;
    },
  };
};
