// ADM against the golden set: libvmaf 3.2.0, portable path (golden/README.md),
// 17 digits, compared as bits. The large generated clips are in
// golden.long.test.ts.
import { describe, expect, it } from 'vitest';
import { has } from '@tinyvmaf/testkit';
import { casesWithAdm, compareCase, LARGE, total, type Compared } from './golden.js';

describe.skipIf(!has('shared'))('ADM of the golden set', () => {
  const compared: Compared[] = [];

  it.each(casesWithAdm((name) => !LARGE.test(name)))('equals libvmaf on %s', (name) => {
    const result = compareCase(name);
    expect(result.differences).toEqual([]);
    compared.push(result);
  });

  it('compared as much as it should', () => {
    expect(total(compared)).toEqual({ cases: 51, exact: 44, values: 6195, v1Values: 273 });
  });
});
