/**
 * Set-up before `npm start`, `npm test` and the like: checks Node's version,
 * installs the dependencies that package-lock.json asks for and node_modules
 * lacks, and compiles the WebAssembly kernels whose sources have changed. Runs on a bare clone, so it imports nothing but Node, and it parses on
 * old Nodes so that they can be told what they are.
 */
import { spawnSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import path from 'path';
import { fileURLToPath } from 'url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Oldest Node that runs the workspace: `require` of ES modules, `import.meta.dirname`. */
export const MINIMUM_NODE = { major: 20, minor: 19 };

/**
 * Whether a Node version is new enough.
 * @param {string} version like `20.19.0`, without a `v`
 * @returns {boolean}
 */
export const nodeIsNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (
    major > MINIMUM_NODE.major || (major === MINIMUM_NODE.major && minor >= MINIMUM_NODE.minor)
  );
};

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * The first package that the lock file asks for and the installed tree lacks
 * or has in another version. Optional ones may be absent (other platforms).
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, which npm writes last
 * @returns {string | undefined} the package's place, `undefined` when all is there
 */
export const firstDifference = (wanted, installed) => {
  const have = installed.packages || {};
  for (const [place, entry] of Object.entries(wanted.packages || {})) {
    if (!place.includes('node_modules/')) continue;
    const found = have[place];
    if (found === undefined) {
      if (!entry.optional && !entry.devOptional) return place;
    } else if (found.version !== entry.version) return place;
  }
  return undefined;
};

/** @param {string} file @returns {Lock | undefined} */
const readLock = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** @returns {string | undefined} why an install is due, `undefined` when it is not */
const installReason = () => {
  const installed = readLock(path.join(ROOT, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'node_modules is missing or incomplete';
  const wanted = readLock(path.join(ROOT, 'package-lock.json'));
  const place = wanted && firstDifference(wanted, installed);
  return place && `${place} is missing or differs from package-lock.json`;
};

/**
 * Brings node_modules up to date.
 * @returns {boolean} whether it is
 */
const install = () => {
  const reason = installReason();
  if (reason === undefined) return true;
  console.log(`set-up: npm ci (${reason})`);
  // npm's own path, as npm tells its scripts: `npm` alone is a .cmd file on Windows.
  const npm = process.env.npm_execpath;
  const done = npm
    ? spawnSync(process.execPath, [npm, 'ci'], { cwd: ROOT, stdio: 'inherit' })
    : spawnSync('npm', ['ci'], { cwd: ROOT, stdio: 'inherit' });
  if (done.status === 0) return true;
  console.error('set-up: npm ci failed; its message above says why.');
  return false;
};

/** Compiles the kernels, in a process of its own: the compiler comes with the dependencies. */
const compileKernels = () =>
  spawnSync(process.execPath, ['tools/scripts/src/asc.mjs', '--quiet'], {
    cwd: ROOT,
    stdio: 'inherit',
  }).status === 0;

const main = () => {
  if (!nodeIsNewEnough(process.versions.node)) {
    console.error(
      `tinyvmaf needs Node ${MINIMUM_NODE.major}.${MINIMUM_NODE.minor} or newer; this is ${process.versions.node}. ` +
        'Install a newer one (nodejs.org, or `nvm install` in this folder).',
    );
    return 1;
  }
  return install() && compileKernels() ? 0 : 1;
};

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main();
}
