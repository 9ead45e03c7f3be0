/**
 * `npm run digests`: the digests of the reference kernels' integer sums, by
 * which `tinyvmaf doctor` judges every backend. Prints what differs from the
 * table in the sources; `-- --write` writes the table. Needs a build.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { node, binOf, ROOT } from './lib/workspace.mjs';

const FEATURES = path.join(ROOT, 'packages/features');
const TABLE = path.join(FEATURES, 'src/conformance/expected.ts');

/** @type {typeof import('@tinyvmaf/features')} */
const features = await import(pathToFileURL(path.join(FEATURES, 'dist/index.js')).href);

const checks = await features.checkKernels(features.REFERENCE);
const wrong = checks.filter(({ digest, expected }) => digest !== expected);

if (process.argv.includes('--write')) {
  const rows = checks.map(
    ({ kernel, picture, digest }) => `  '${kernel} ${picture}': '${digest}',`,
  );
  const text = `/**
 * Digests of the reference kernels' integer sums by kernel and picture.
 * Written by \`npm run digests -- --write\`; a test compares them with the kernels.
 */
export const EXPECTED_DIGESTS: Readonly<Record<string, string>> = {
${rows.join('\n')}
};
`;
  writeFileSync(TABLE, text);
  await node([binOf('prettier'), '--write', TABLE]);
  console.log(`${checks.length} digests written, ${wrong.length} of them new`);
} else {
  for (const { kernel, picture, digest, expected } of wrong) {
    console.log(`${kernel}, ${picture}: ${digest}, the table has ${expected || 'none'}`);
  }
  console.log(`${checks.length - wrong.length} digests as in the table, ${wrong.length} not`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
