import { mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorMessage, unwrap } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { resolveDataRoot } from '../../src/data-root/data-root.js';

const message = (result: ReturnType<typeof resolveDataRoot>): string =>
  E.isLeft(result) ? errorMessage(result.left) : 'no error';

describe('resolveDataRoot', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'root-')));
  const other = realpathSync(mkdtempSync(join(tmpdir(), 'root-')));

  it('takes the option before the variable, links resolved', () => {
    const link = join(other, 'link');
    symlinkSync(folder, link);
    expect(unwrap(resolveDataRoot(link, { VMAF_DATA_ROOT: other }))).toBe(folder);
    expect(unwrap(resolveDataRoot(undefined, { VMAF_DATA_ROOT: other }))).toBe(other);
  });

  it.each([{}, { VMAF_DATA_ROOT: '' }])('names both where neither is given: %j', (env) => {
    const text = message(resolveDataRoot(undefined, env));
    expect(text).toContain('--data-root');
    expect(text).toContain('VMAF_DATA_ROOT');
  });

  it('refuses what is no folder', () => {
    const file = join(other, 'file');
    writeFileSync(file, '');
    expect(message(resolveDataRoot(file, {}))).toMatch(/^--data-root must name a folder, got/);
    expect(message(resolveDataRoot('', {}))).toMatch(/must name a folder/);
    expect(message(resolveDataRoot(undefined, { VMAF_DATA_ROOT: file }))).toMatch(
      /^VMAF_DATA_ROOT must name a folder/,
    );
    expect(message(resolveDataRoot(join(other, 'nowhere'), {}))).toMatch(
      /^Cannot open .*nowhere: there is no such file\.$/,
    );
  });
});
