// The rules that keep the architecture, tried on code that breaks them: a rule
// that switched itself off would go unnoticed otherwise.
import { beforeAll, describe, expect, it } from 'vitest';
import { lintText } from '../src/lint.mjs';

const BAD = `
import { readFileSync } from 'fs';
import { map } from 'fp-ts/lib/Either.js';
import { openVideo } from '@tinyvmaf/yuv-io';
import { has } from '@tinyvmaf/testkit';
import { FEATURES } from '../../core/src/features.js';
import { install } from './node/index.js';
import { scoreTE } from '@tinyvmaf/score/node';
export const use = (): unknown => [readFileSync, map, openVideo, has, FEATURES, install, scoreTE];
Promise.resolve(1);
process.exit(Buffer.length);
`;

describe('lint of browser-safe code', () => {
  let report = '';
  beforeAll(async () => {
    report = (await lintText(BAD, 'packages/svm/src/index.ts')).join('\n');
  });

  it.each([
    "no-restricted-imports: 'fs' import is restricted",
    "no-restricted-imports: 'fp-ts/lib/Either.js' import is restricted",
    "no-restricted-imports: '@tinyvmaf/yuv-io' import is restricted",
    "no-restricted-imports: '@tinyvmaf/testkit' import is restricted",
    "no-restricted-imports: './node/index.js' import is restricted",
    "no-restricted-imports: '@tinyvmaf/score/node' import is restricted",
    '@nx/enforce-module-boundaries: A project tagged with "layer:1"',
    '@nx/enforce-module-boundaries: Projects cannot be imported by a relative',
    '@typescript-eslint/no-floating-promises',
    "no-restricted-globals: Unexpected use of 'process'",
    "no-restricted-globals: Unexpected use of 'Buffer'",
  ])('says %s', (complaint) => {
    expect(report).toContain(complaint);
  });
});

describe('lint of src/node', () => {
  it('lets Node in, and still no higher layer', async () => {
    const text = `
import { readFileSync } from 'node:fs';
import { scoreTE } from '@tinyvmaf/score';
export const use = (): unknown => [readFileSync, scoreTE, process.pid];
`;
    const report = await lintText(text, 'packages/svm/src/node/index.ts');
    expect(report.join('\n')).toContain("'@tinyvmaf/score' import is restricted");
    expect(report.join('\n')).not.toMatch(/node:fs|process/);
  });
});
