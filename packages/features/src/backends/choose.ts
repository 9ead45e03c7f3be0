/**
 * Which kernels run: the fastest that this engine can, or those that were
 * asked for. The numbers are the same; only the time differs.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { hasSimd } from '../wasm/module.js';
import type { Kernels } from './kernels.js';
import { REFERENCE } from './reference.js';
import { WASM } from './wasm.js';

/** Backends by name. */
const BACKENDS: Readonly<Record<BackendName, Kernels>> = { wasm: WASM, reference: REFERENCE };

/** Name of a backend: `wasm` needs an engine with WebAssembly SIMD, `reference` runs anywhere. */
export type BackendName = 'wasm' | 'reference';

/**
 * What a report names: a backend, or `wasm-paired`, which is `wasm` with vectors
 * joined to 256 bits; programs in Node can ask for that.
 */
export type RunningBackend = BackendName | 'wasm-paired';

/** Which backend is wanted; `auto` is the fastest that runs here. */
export type BackendChoice = 'auto' | BackendName;

/** What may be asked for, in the order for messages. */
export const BACKEND_CHOICES: readonly BackendChoice[] = ['auto', 'wasm', 'reference'];

/** A backend that runs here. */
export interface ChosenBackend {
  /** Its name. */
  readonly name: BackendName;
  /** Its kernel factories. */
  readonly kernels: Kernels;
  /** `no-simd` where the fast kernels were wanted and cannot run. */
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

const NO_SIMD = 'this engine has no WebAssembly with SIMD, or a content security policy forbids it';

/**
 * The backend for a choice.
 * @param simd whether the engine has WebAssembly SIMD; default: what a probe finds.
 * @returns left: BackendUnavailable for a name that does not exist, and for
 * `wasm` where it cannot run.
 */
export const chooseBackend = (
  choice: string,
  simd: boolean = hasSimd(),
): E.Either<TinyVmafError, ChosenBackend> => {
  switch (choice) {
    case 'auto':
      return E.right(
        simd
          ? chosen('wasm')
          : {
              ...chosen('reference'),
              warnings: [
                {
                  code: 'no-simd',
                  message: `The reference kernels run, with the same results and many times slower: ${NO_SIMD}.`,
                },
              ],
            },
      );
    case 'wasm':
      return simd
        ? E.right(chosen('wasm'))
        : E.left({
            _tag: 'BackendUnavailable',
            backend: 'wasm',
            problem: `cannot run: ${NO_SIMD}`,
            remedy: 'Choose the backend reference, or auto.',
          });
    case 'reference':
      return E.right(chosen('reference'));
    default:
      return E.left({
        _tag: 'BackendUnavailable',
        backend: choice,
        problem: 'is not a backend',
        remedy: `There are ${BACKEND_CHOICES.join(', ')}.`,
      });
  }
};

const chosen = (name: BackendName): ChosenBackend => ({
  name,
  kernels: kernelsOf(name),
  warnings: [],
});

/** The kernels of a backend. */
export const kernelsOf = (name: BackendName): Kernels => BACKENDS[name];
