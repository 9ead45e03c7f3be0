/**
 * ESLint over the whole repository in one process. Makes Nx's project graph
 * first: without one `@nx/enforce-module-boundaries` skips itself with a
 * warning, and the layers would go unchecked.
 *
 *     node tools/scripts/src/lint.mjs [--fix] [paths]
 */
import { runAlone, verdict } from './lib/check.mjs';
import { NX_ENV, ROOT, rootRequire } from './lib/workspace.mjs';

/**
 * @param {{ fix?: boolean, paths?: string[] }} [options]
 * @returns {Promise<import('./lib/check.mjs').Result[]>}
 */
export const lint = async ({ fix = false, paths = ['.'] } = {}) => {
  Object.assign(process.env, NX_ENV);
  const { createProjectGraphAsync } = rootRequire('@nx/devkit');
  await createProjectGraphAsync({ exitOnError: false });
  const { ESLint } = rootRequire('eslint');
  const eslint = new ESLint({ cwd: ROOT, fix });
  const results = await eslint.lintFiles(paths);
  if (fix) await ESLint.outputFixes(results);
  const formatter = await eslint.loadFormatter('stylish');
  const bad = results.some(
    (/** @type {{ errorCount: number, warningCount: number }} */ file) =>
      file.errorCount + file.warningCount > 0,
  );
  return [
    verdict(`lint (${results.length} files)`, !bad, bad ? await formatter.format(results) : ''),
  ];
};

const args = process.argv.slice(2);
const paths = args.filter((arg) => !arg.startsWith('-'));
await runAlone(import.meta.url, 'lint', () =>
  lint({ fix: args.includes('--fix'), ...(paths.length > 0 ? { paths } : {}) }),
);
