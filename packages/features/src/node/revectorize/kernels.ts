/** The kernels of backend `wasm`, with VIF in pairs of vectors and checked. */
import type { Kernels } from '../../backends/kernels.js';
import { WASM } from '../../backends/wasm.js';
import { createWasmVif } from '../../wasm/vif.js';
import { checkedVif } from './checked.js';

/**
 * Backend `wasm-paired`.
 * @param module the paired VIF kernel.
 * @param onRejected called if VIF turns out wrong in a first frame and the plain kernel takes over.
 */
export const pairedKernels = (module: WebAssembly.Module, onRejected: () => void): Kernels => ({
  ...WASM,
  name: 'wasm-paired',
  vif: (...size) =>
    checkedVif({ fast: createWasmVif(module, ...size), sure: WASM.vif(...size), onRejected }),
});
