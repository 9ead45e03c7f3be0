/**
 * Lint, types, build and tests of what a branch touches and of all that depends
 * on it. Where the base commit is not there (a shallow clone), of everything.
 *
 *     npm run affected [-- --base=REF]      default: NX_BASE, else the fork from main
 */
import { binOf, isMain, node, NX_ENV, run } from './lib/workspace.mjs';

const TARGETS = ['lint', 'typecheck', 'build', 'test'];

/** @param {readonly string[]} args @returns {Promise<string | undefined>} what git says, if it does */
const git = async (args) => {
  const { status, stdout } = await run('git', ['-c', 'safe.directory=*', ...args]);
  return status === 0 ? stdout.trim() : undefined;
};

/**
 * @param {string | undefined} asked
 * @returns {Promise<string | undefined>} a commit that is here
 */
export const findBase = async (asked) => {
  if (asked !== undefined) return git(['rev-parse', '--verify', '--quiet', `${asked}^{commit}`]);
  for (const branch of ['origin/main', 'main']) {
    const fork = await git(['merge-base', branch, 'HEAD']);
    if (fork !== undefined) return fork;
  }
  return undefined;
};

/** @param {readonly string[]} argv */
const main = async (argv) => {
  const asked =
    argv.find((arg) => arg.startsWith('--base='))?.slice('--base='.length) ??
    process.env['NX_BASE'];
  const base = await findBase(asked);
  console.log(
    base === undefined
      ? `affected: ${asked ?? 'main'} is not in this clone; taking all projects`
      : `affected: since ${base}`,
  );
  const what = base === undefined ? ['run-many'] : ['affected', `--base=${base}`];
  const { status } = await node(
    [binOf('nx'), ...what, '--targets', TARGETS.join(','), '--output-style=static', '--parallel=2'],
    { show: true, env: NX_ENV },
  );
  return status;
};

if (isMain(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
