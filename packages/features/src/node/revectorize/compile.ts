/**
 * Compiles kernels with V8's flag that joins pairs of 128-bit operations to
 * 256-bit ones. Flags hold for the whole process, so they are set for this one
 * compilation and taken back. It happens at once and optimised: otherwise
 * functions would be compiled when they are first called, without the flag, and
 * first runs would use code in which nothing is joined.
 */
import { setFlagsFromString } from 'node:v8';
import { ADM_WASM } from '../../generated/adm-wasm.js';
import { MOTION_WASM } from '../../generated/motion-wasm.js';
import { VIF_PAIRED_WASM } from '../../generated/vif-paired-wasm.js';

/** A flag and what takes it back. */
type Flag = readonly [set: string, reset: string];

const JOIN: Flag = ['--experimental-wasm-revectorize', '--no-experimental-wasm-revectorize'];

/** V8 14 ends the process if it is to inline what never ran. */
const AT_ONCE: readonly Flag[] = [
  ['--no-liftoff', '--liftoff'],
  ['--no-wasm-lazy-compilation', '--wasm-lazy-compilation'],
  ['--no-wasm-inlining', '--wasm-inlining'],
];

/** The kernels joined to 256 bits. ADM and motion have one build, VIF has a second one for this. */
export interface JoinedModules {
  readonly vif: WebAssembly.Module;
  readonly adm: WebAssembly.Module;
  readonly motion: WebAssembly.Module;
}

let modules: JoinedModules | undefined;

/**
 * The joined kernels. Compiled when they are first asked for, and kept; other
 * threads are given them. Only for engines for which `whyNot` has no reason.
 */
export const joinedModules = (): JoinedModules => {
  modules ??= {
    vif: compileJoined(bytesOf(VIF_PAIRED_WASM)),
    adm: compileJoined(bytesOf(ADM_WASM)),
    motion: compileJoined(bytesOf(MOTION_WASM)),
  };
  return modules;
};

/** The bytes of a generated module. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(base64, 'base64'));

/**
 * An empty section with the name `j`. Engines keep the code of equal bytes once
 * per process; with it, the joined module does not get or give the other's code.
 */
const SECTION = [0, 2, 1, 0x6a];

/** Compiles a module with its pairs of vectors joined, all of it and at once. */
export const compileJoined = (bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module =>
  compileWith([JOIN, ...AT_ONCE], Uint8Array.of(...bytes, ...SECTION));

/** Compiles a module as ever, but all of it and at once. */
export const compileAtOnce = (bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module =>
  compileWith(AT_ONCE, bytes);

const compileWith = (
  flags: readonly Flag[],
  bytes: Uint8Array<ArrayBuffer>,
): WebAssembly.Module => {
  for (const [set] of flags) setFlagsFromString(set);
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    for (const [, reset] of flags) setFlagsFromString(reset);
  }
};
