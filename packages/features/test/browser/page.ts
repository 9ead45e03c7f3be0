// Runs in a page: cases of the parity suite, and the values' bits back as text.
import type { BackendName } from '@tinyvmaf/features';
import { chooseBackend } from '@tinyvmaf/features';
import { either as E } from 'fp-ts';
import { valuesOf, type ParityCase } from '../wasm/cases.js';
import { bitsOf } from './bits.js';

declare global {
  interface Window {
    /** Every value of a case: its name and its 64 bits in hexadecimal digits. */
    extractCase: (which: ParityCase, backend: BackendName) => Promise<readonly string[]>;
    /** The backend that `auto` takes here. */
    backendHere: () => string;
  }
}

window.extractCase = async (which, backend) => bitsOf(await valuesOf(which, backend));
window.backendHere = () => {
  const chosen = chooseBackend('auto');
  return E.isRight(chosen) ? chosen.right.name : chosen.left._tag;
};
