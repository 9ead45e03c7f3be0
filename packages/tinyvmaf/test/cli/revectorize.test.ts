// `--revectorize`: the same numbers whatever is said, and the truth about what ran.
import { y4mFile } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { tinyvmaf } from '../support/command.js';
import { clipFrames, scratch, write } from '../support/files.js';

const { path } = scratch();
const reference = write(path('ref.y4m'), y4mFile(clipFrames({ width: 96, height: 64, q: 1 })));
const distorted = write(path('dis.y4m'), y4mFile(clipFrames({ width: 96, height: 64, q: 32 })));

const UNAVAILABLE = 'No vectors of 256 bits are used';

describe('--revectorize', () => {
  it.each(['0', '2'])('changes no number, %s threads', async (threads) => {
    const run = (...words: string[]) =>
      tinyvmaf('features', reference, distorted, '--threads', threads, ...words);
    const plain = await run();
    expect(plain.status).toBe(0);
    for (const when of ['auto', 'on', 'off']) {
      const { status, stdout } = await run('--revectorize', when);
      expect([status, stdout]).toEqual([0, plain.stdout]);
    }
  });

  it('says so where it cannot be had, if it was asked for', async () => {
    const run = (when: string) =>
      tinyvmaf(
        ...['features', reference, distorted, '--backend', 'reference'],
        ...['--revectorize', when],
      );
    expect((await run('on')).stderr).toContain(UNAVAILABLE);
    expect((await run('on')).stderr).toContain('the backend reference has no vectors');
    expect((await run('auto')).stderr).not.toContain(UNAVAILABLE);
    expect((await run('off')).stderr).not.toContain(UNAVAILABLE);
  });
});
