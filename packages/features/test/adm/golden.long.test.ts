// ADM against the large generated clips of the golden set: textures up to
// 3840x2160, which reach the shift of the scale-0 denominator, checkerboards
// and flat pictures of 1920x1080.
import { describe, expect, it } from 'vitest';
import { has } from '@tinyvmaf/testkit';
import { casesWithAdm, compareCase, LARGE, total, type Compared } from './golden.js';

describe.skipIf(!has('shared'))('ADM of the large golden clips', () => {
  const compared: Compared[] = [];

  it.each(casesWithAdm((name) => LARGE.test(name)))('equals libvmaf on %s', (name) => {
    const result = compareCase(name);
    expect(result.differences).toEqual([]);
    compared.push(result);
  });

  it('compared as much as it should', () => {
    expect(total(compared)).toEqual({ cases: 7, exact: 7, values: 612, v1Values: 0 });
  });
});
