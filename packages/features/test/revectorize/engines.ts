// Builds of the paired kernel that this engine can run: as any module is
// compiled, and joined to 256 bits where that was tried.
import { VIF_PAIRED_WASM } from '../../src/generated/vif-paired-wasm.js';
import { pairedModule } from '../../src/node/revectorize/compile.js';
import { HERE } from '../../src/node/revectorize/revectorize.js';
import { whyNot } from '../../src/node/revectorize/tried.js';
import { moduleOf } from '../../src/wasm/module.js';

/** Whether this engine's joining was tried. */
export const JOINS = whyNot(HERE) === undefined;

/** Modules by name. */
export const MODULES: readonly (readonly [name: string, module: WebAssembly.Module])[] = [
  ['128 bits', moduleOf(VIF_PAIRED_WASM)],
  ...(JOINS ? [['256 bits', pairedModule()] as const] : []),
];
