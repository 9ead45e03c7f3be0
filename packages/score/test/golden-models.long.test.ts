import { goldenCase, goldenNames, has } from '@tinyvmaf/testkit';
import { describe, it } from 'vitest';
import { checkModels, isComparable, isLarge } from './golden-models.js';

describe.skipIf(!has('shared'))('scores of the large golden cases', () => {
  const names = has('shared') ? goldenNames() : [];
  const cases = names.map(goldenCase).filter((golden) => isComparable(golden) && isLarge(golden));

  it.each(cases.map((golden) => [golden.case, golden]))('%s', async (_name, golden) => {
    await checkModels(golden);
  });
});
