// Command lines at random: options, values that fit nowhere, any text.
import fc from 'fast-check';
import { expect } from 'vitest';
import { tinyvmafIn } from '../support/command.js';

const OPTIONS = [
  ...['-r', '-d', '-w', '-h', '-p', '-b', '-m', '-o', '-n', '-q', '--json', '--xml', '--csv'],
  ...['--sub', '--ndjson', '--extended', '--feature', '--subsample', '--frame_cnt', '--threads'],
  ...['--frame_skip_ref', '--precision', '--compat', '--pool', '--decoder', '--track-ref', '--'],
  ...['--data-root', '--store', '--layout', '--pattern', '--dry-run', '--strict', '--label'],
];

const VALUES = [
  ...['', '-', '0', '1', '8', '-1', '1e9', '0x10', '96', '420', '99999999999999999999', 'NaN'],
  ...[
    'version=',
    'path=:name=',
    'vmaf_v0.6.1',
    'adm=',
    'adm=egl=1',
    'mean,',
    ',',
    'é:\u0000',
    '..',
  ],
];

/** Any words end with a documented status and a message, never with a stack trace. */
export const anyWords = async (runs: number, seed: number): Promise<void> => {
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...OPTIONS) },
    { weight: 3, arbitrary: fc.constantFrom(...VALUES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  );
  const command = fc.constantFrom(
    ...['score', 'features', 'models', 'teacher', 'demo2', '--help', '', 'corpus'].map((name) => [
      name,
    ]),
    ...['ls', 'stats', 'verify', 'ladder', 'extract', 'import', 'export', 'gc', 'lss'].map(
      (name) => ['corpus', name],
    ),
  );
  await fc.assert(
    fc.asyncProperty(command, fc.array(word, { maxLength: 8 }), async (names, words) => {
      // Outputs would be written, standard input would be waited for.
      const harmless = words.filter((each) => each !== '-o' && each !== '-');
      const { status, stderr } = await tinyvmafIn({ env: {} }, ...names, ...harmless);
      expect([0, 1, 3, 4, 5, 6, 7, 8]).toContain(status);
      expect(stderr).not.toMatch(/\n\s+at |Internal error|TypeError/);
      if (status !== 0) expect(stderr).not.toBe('');
    }),
    { numRuns: runs, seed },
  );
};
