import { describe, expect, it } from 'vitest';
import { firstDifference, nodeIsNewEnough } from '../src/setup.mjs';

describe('set-up', () => {
  it.each([
    ['20.19.0', true],
    ['20.18.9', false],
    ['18.20.0', false],
    ['22.0.0', true],
    ['24.1.0', true],
    ['9.11.2', false],
  ])('takes Node %s: %s', (version, expected) => {
    expect(nodeIsNewEnough(version)).toBe(expected);
  });

  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'packages/core': { version: '0.1.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/core': { link: true },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  };

  it('installs nothing when all is there, optional packages apart', () => {
    const installed = {
      packages: { 'node_modules/a': { version: '1.2.3' }, 'node_modules/core': { link: true } },
    };
    expect(firstDifference(wanted, installed)).toBeUndefined();
  });

  it('sees a package in another version, and one that is missing', () => {
    const older = {
      packages: { 'node_modules/a': { version: '1.2.2' }, 'node_modules/core': { link: true } },
    };
    expect(firstDifference(wanted, older)).toBe('node_modules/a');
    expect(firstDifference(wanted, { packages: { 'node_modules/a': { version: '1.2.3' } } })).toBe(
      'node_modules/core',
    );
    expect(firstDifference(wanted, {})).toBe('node_modules/a');
  });
});
