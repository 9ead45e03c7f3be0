/**
 * The kernels on WebAssembly with 128-bit SIMD: the reference kernels' bits,
 * many times faster. Needs an engine for which `hasSimd` is true. Modules are
 * compiled when the first kernel of a kind is made.
 */
import { ADM_WASM } from '../generated/adm-wasm.js';
import { MOTION_WASM } from '../generated/motion-wasm.js';
import { VIF_WASM } from '../generated/vif-wasm.js';
import { createWasmAdm } from '../wasm/adm.js';
import { adoptModule, moduleOf } from '../wasm/module.js';
import { createWasmMotion } from '../wasm/motion.js';
import { createWasmVif } from '../wasm/vif.js';
import type { Kernels } from './kernels.js';

/** Backend `wasm`. */
export const WASM: Kernels = {
  name: 'wasm',
  vif: (...size) => createWasmVif(moduleOf(VIF_WASM), ...size),
  adm: (...size) => createWasmAdm(moduleOf(ADM_WASM), ...size),
  motion: (...size) => createWasmMotion(moduleOf(MOTION_WASM), ...size),
};

/** Compiled modules of the backend, to hand to another thread. */
export type WasmModules = readonly (readonly [base64: string, module: WebAssembly.Module])[];

/** Compiles all modules of the backend, where they are not compiled yet. */
export const wasmModules = (): WasmModules =>
  [VIF_WASM, ADM_WASM, MOTION_WASM].map((base64) => [base64, moduleOf(base64)] as const);

/** Takes modules that another thread compiled. */
export const adoptWasmModules = (modules: WasmModules): void => {
  for (const [base64, module] of modules) adoptModule(base64, module);
};
