// Builds of the paired kernel that this engine can run: as any module is
// compiled, and joined to 256 bits where that was tried.
import { VIF_PAIRED_WASM } from '../../src/generated/vif-paired-wasm.js';
import { pairedModule } from '../../src/node/revectorize/compile.js';
import { HERE } from '../../src/node/revectorize/revectorize.js';
import { whyNot } from '../../src/node/revectorize/tried.js';

/** Whether this engine's joining was tried. */
export const JOINS = whyNot(HERE) === undefined;

/**
 * An empty section of a name of one letter. Engines keep the code of equal
 * bytes once per process; with it, one module does not get the other's code.
 */
const SECTION = [0, 2, 1, 0x78];

const plain = new WebAssembly.Module(
  Uint8Array.of(...Buffer.from(VIF_PAIRED_WASM, 'base64'), ...SECTION),
);

/** Modules by name. */
export const MODULES: readonly (readonly [name: string, module: WebAssembly.Module])[] = [
  ['128 bits', plain],
  ...(JOINS ? [['256 bits', pairedModule()] as const] : []),
];
