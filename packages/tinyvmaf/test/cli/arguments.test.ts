import { describe, expect, it } from 'vitest';
import { normaliseOptions } from '../../src/cli/arguments.js';
import { anyWords } from './any-words.js';

describe('normaliseOptions', () => {
  const known = new Set(['--frame_cnt', '--allow-shorter']);

  it('takes dashes and underscores for each other where only one is known', () => {
    expect(normaliseOptions(['--frame-cnt', '3', '--allow_shorter'], known)).toEqual([
      '--frame_cnt',
      '3',
      '--allow-shorter',
    ]);
    expect(normaliseOptions(['--frame-cnt=3', '--other-thing', '-x'], known)).toEqual([
      '--frame_cnt=3',
      '--other-thing',
      '-x',
    ]);
  });

  it('leaves everything after -- alone', () => {
    expect(normaliseOptions(['--', '--frame-cnt'], known)).toEqual(['--', '--frame-cnt']);
  });
});

it('survives any words', async () => {
  await anyWords(300, 20261125);
});
