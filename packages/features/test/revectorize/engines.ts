// Builds of the kernels that this engine can run: VIF's paired one as any module is
// compiled, and all of them joined to 256 bits where that was tried.
import type { Kernels } from '../../src/backends/kernels.js';
import { WASM } from '../../src/backends/wasm.js';
import { VIF_PAIRED_WASM } from '../../src/generated/vif-paired-wasm.js';
import { bytesOf } from '../../src/node/revectorize/compile.js';
import { joinedKernels } from '../../src/node/revectorize/kernels.js';
import { HERE, whyNot } from '../../src/node/revectorize/tried.js';
import { createWasmVif } from '../../src/wasm/vif.js';

/** Whether this engine's joining was tried. */
export const JOINS = whyNot(HERE) === undefined;

const paired = new WebAssembly.Module(bytesOf(VIF_PAIRED_WASM));

/** Records of kernels by name; nothing checks them. */
export const ENGINES: readonly (readonly [name: string, kernels: Kernels])[] = [
  ['128 bits', { ...WASM, vif: (...size) => createWasmVif(paired, ...size) }],
  ...(JOINS ? [['256 bits', unwrapReason()] as const] : []),
];

function unwrapReason(): Kernels {
  const kernels = joinedKernels();
  if (kernels._tag === 'Left') throw new Error(kernels.left);
  return kernels.right;
}
