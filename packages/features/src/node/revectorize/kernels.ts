/** The kernels of backend `wasm`, joined to 256 bits. */
import { either as E } from 'fp-ts';
import type { Kernels } from '../../backends/kernels.js';
import { WASM } from '../../backends/wasm.js';
import { createWasmAdm } from '../../wasm/adm.js';
import { createWasmMotion } from '../../wasm/motion.js';
import { createWasmVif } from '../../wasm/vif.js';
import { checkedKernels } from './checked.js';
import { joinedModules, type JoinedModules } from './compile.js';
import { HERE, whyNot, type EngineVersion } from './tried.js';

/** Kernels of joined modules as they are, checked by nobody. */
export const uncheckedKernels = ({ vif, adm, motion }: JoinedModules): Kernels => ({
  name: 'wasm-paired',
  vif: (...size) => createWasmVif(vif, ...size),
  adm: (...size) => createWasmAdm(adm, ...size),
  motion: (...size) => createWasmMotion(motion, ...size),
});

/**
 * Backend `wasm-paired`: joined kernels, checked against those of `wasm`. A record
 * is for one thread.
 * @param onRejected called if one turns out wrong in a first frame and the plain
 * kernels take over.
 */
export const pairedKernels = (modules: JoinedModules, onRejected: () => void): Kernels =>
  checkedKernels({ fast: uncheckedKernels(modules), sure: WASM, onRejected });

/**
 * The kernels joined to 256 bits by this engine, for benchmarks and self-tests:
 * nothing checks their sums.
 * @returns left: why there are none, as a clause.
 */
export const joinedKernels = (engine: EngineVersion = HERE): E.Either<string, Kernels> => {
  const reason = whyNot(engine);
  return reason === undefined ? E.right(uncheckedKernels(joinedModules())) : E.left(reason);
};
