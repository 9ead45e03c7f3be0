/**
 * Compiles the paired kernel with V8's flag that joins pairs of 128-bit
 * operations to 256-bit ones. Flags hold for the whole process, so they are set
 * for this one compilation and taken back. It happens at once and optimised:
 * otherwise functions would be compiled when they are first called, without the
 * flag, and first runs would use code in which nothing is joined. Engines keep
 * the code of equal bytes once per process, so nothing else compiles these.
 */
import { setFlagsFromString } from 'node:v8';
import { VIF_PAIRED_WASM } from '../../generated/vif-paired-wasm.js';

/** Each with what takes it back. V8 14 ends the process if it is to inline what never ran. */
const FLAGS = [
  ['--experimental-wasm-revectorize', '--no-experimental-wasm-revectorize'],
  ['--no-liftoff', '--liftoff'],
  ['--no-wasm-lazy-compilation', '--wasm-lazy-compilation'],
  ['--no-wasm-inlining', '--wasm-inlining'],
] as const;

let module: WebAssembly.Module | undefined;

/**
 * The paired VIF kernel, joined to 256 bits. Compiled when it is first asked
 * for, about 10 ms, and kept; other threads are given it. Only for engines for
 * which `whyNot` has no reason.
 */
export const pairedModule = (): WebAssembly.Module => {
  module ??= compile();
  return module;
};

const compile = (): WebAssembly.Module => {
  for (const [set] of FLAGS) setFlagsFromString(set);
  try {
    return new WebAssembly.Module(Buffer.from(VIF_PAIRED_WASM, 'base64'));
  } finally {
    for (const [, reset] of FLAGS) setFlagsFromString(reset);
  }
};
