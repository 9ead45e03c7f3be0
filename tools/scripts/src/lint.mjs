/**
 * ESLint over the whole repository in one process. Compiles the kernels first,
 * whose modules the rules with types follow, and makes Nx's project graph: without one `@nx/enforce-module-boundaries` skips itself with a
 * warning, and the layers would go unchecked.
 *
 *     node tools/scripts/src/lint.mjs [--fix] [paths]
 */
import { asc } from './asc.mjs';
import { runAlone, tally, verdict } from './lib/check.mjs';
import { NX_ENV, ROOT, rootRequire } from './lib/workspace.mjs';

/**
 * @typedef {object} FileReport what ESLint says of one file, as far as it is read
 * @property {number} errorCount
 * @property {number} warningCount
 * @property {{ ruleId: string | null, message: string }[]} messages
 */

/** @param {boolean} fix */
const start = async (fix) => {
  const kernels = tally(await asc());
  if (kernels.failed > 0) throw new Error('the kernels do not compile; asc.mjs says why');
  Object.assign(process.env, NX_ENV);
  const { createProjectGraphAsync } = rootRequire('@nx/devkit');
  await createProjectGraphAsync({ exitOnError: false });
  const { ESLint } = rootRequire('eslint');
  return { ESLint, eslint: new ESLint({ cwd: ROOT, fix }) };
};

/**
 * Lints a text as if it stood in a file of the repository.
 * @param {string} text
 * @param {string} filePath path from the root of a file that exists
 * @returns {Promise<string[]>} `rule: message`
 */
export const lintText = async (text, filePath) => {
  const { eslint } = await start(false);
  /** @type {FileReport[]} */
  const reports = await eslint.lintText(text, { filePath });
  return reports.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
  );
};

/**
 * @param {{ fix?: boolean, paths?: string[] }} [options]
 * @returns {Promise<import('./lib/check.mjs').Result[]>}
 */
export const lint = async ({ fix = false, paths = ['.'] } = {}) => {
  const { ESLint, eslint } = await start(fix);
  /** @type {FileReport[]} */
  const reports = await eslint.lintFiles(paths);
  if (fix) await ESLint.outputFixes(reports);
  const formatter = await eslint.loadFormatter('stylish');
  const bad = reports.some(({ errorCount, warningCount }) => errorCount + warningCount > 0);
  return [
    verdict(`lint (${reports.length} files)`, !bad, bad ? await formatter.format(reports) : ''),
  ];
};

const args = process.argv.slice(2);
const paths = args.filter((arg) => !arg.startsWith('-'));
await runAlone(import.meta.url, 'lint', () =>
  lint({ fix: args.includes('--fix'), ...(paths.length > 0 ? { paths } : {}) }),
);
