// Values as text that keeps every bit, not-a-number and minus zero too.
import type { NamedValues } from '../wasm/cases.js';

/** Name and the 64 bits of each value. */
export const bitsOf = (values: NamedValues): readonly string[] =>
  values.map(([name, value]) => {
    const bits = new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n;
    return `${name}: ${bits.toString(16).padStart(16, '0')}`;
  });
