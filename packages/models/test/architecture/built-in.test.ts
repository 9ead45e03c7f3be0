import { BUILT_IN } from '@tinyvmaf/models';
import { describeArchitecture } from '@tinyvmaf/models/testing';
import { describe, expect, it } from 'vitest';

describe.each([...BUILT_IN])('%s', (id, architecture) => {
  it('has its own name', () => {
    expect(architecture.id).toBe(id);
  });
  describeArchitecture(architecture, { describe, it });
});
