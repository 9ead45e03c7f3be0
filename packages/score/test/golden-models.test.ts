// From pixels to scores, every model of the integer family at once, equal to
// libvmaf as bits. Pictures larger than 640x360 are in golden-models.long.test.ts.
import { goldenCase, goldenNames, has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { checkModels, isComparable, isLarge } from './golden-models.js';

describe.skipIf(!has('shared'))('scores of the golden set', () => {
  const names = has('shared') ? goldenNames() : [];
  const cases = names.map(goldenCase).filter(isComparable);

  it('covers every case of 33 pixels and more', () => {
    expect(cases).toHaveLength(51);
  });

  it.each(cases.filter((golden) => !isLarge(golden)).map((golden) => [golden.case, golden]))(
    '%s',
    async (_name, golden) => {
      await checkModels(golden);
    },
  );
});
