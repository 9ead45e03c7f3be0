/**
 * What the scripts know about the workspace: its root, its packages, and how
 * to run a command in it.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** Nx without daemon, plugin processes and cloud: right for one-off commands. */
export const NX_ENV = {
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
};

/**
 * @typedef {object} Manifest the parts of a package.json that the checks read
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {Record<string, string | Record<string, string>>} [exports]
 * @property {string | Record<string, string>} [bin]
 * @property {Record<string, string>} [dependencies]
 *
 * @typedef {object} Package
 * @property {string} name npm name
 * @property {string} folder folder name inside `packages/`
 * @property {string} path absolute path
 * @property {Manifest} manifest
 */

/**
 * @param {string} file
 * @returns {any} whatever the file holds
 */
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * The packages that are published, in the order of their folders' names.
 * @returns {Package[]}
 */
export const publishedPackages = () =>
  readdirSync(path.join(ROOT, 'packages'))
    .sort()
    .map((folder) => ({ folder, path: path.join(ROOT, 'packages', folder) }))
    .filter((entry) => existsSync(path.join(entry.path, 'package.json')))
    .map((entry) => {
      /** @type {Manifest} */
      const manifest = readJson(path.join(entry.path, 'package.json'));
      return { ...entry, name: manifest.name, manifest };
    })
    .filter(({ manifest }) => manifest.private !== true);

/**
 * @typedef {object} Entry one way into a package
 * @property {string} specifier what a consumer imports: `@tinyvmaf/svm/node`
 * @property {string} subpath key in `exports`: `./node`
 * @property {string} types absolute path of its declarations
 * @property {string} code absolute path of its module
 */

/**
 * The importable entries of a package: those of `exports` that have types.
 * @param {Package} pkg
 * @returns {Entry[]}
 */
export const entries = (pkg) =>
  Object.entries(pkg.manifest.exports ?? {}).flatMap(([subpath, target]) =>
    typeof target === 'string' || target['types'] === undefined || target['default'] === undefined
      ? []
      : [
          {
            specifier: pkg.name + subpath.slice(1),
            subpath,
            types: path.join(pkg.path, target['types']),
            code: path.join(pkg.path, target['default']),
          },
        ],
  );

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the root
 * @property {Record<string, string | undefined>} [env] added to the environment
 * @property {boolean} [show] pass the output through instead of collecting it
 * @property {number} [timeoutMs] kill it after so long; default 10 minutes when collecting
 *
 * @typedef {object} RunResult
 * @property {number} status exit status; 1 when killed or not started
 * @property {string} output stdout and stderr together, in order of arrival
 * @property {string} stdout
 */

/**
 * Runs a program, without a shell.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? (options.show ? 0 : 600_000),
    });
    let output = '';
    let stdout = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ status: 1, output: output + error.message, stdout }));
    child.on('close', (status, signal) =>
      resolve({
        status: status ?? 1,
        output: signal ? `${output}\n${command} was ended by ${signal}` : output,
        stdout,
      }),
    );
  });

/**
 * Runs a Node program.
 * @param {readonly string[]} args script and arguments
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export const node = (args, options) => run(process.execPath, args, options);

/**
 * Absolute path of the program that a dependency of the workspace installs.
 * @param {string} packageName
 * @param {string} [program] default: the package's name
 * @returns {string}
 */
export const binOf = (packageName, program = packageName) => {
  const manifestPath = path.join(ROOT, 'node_modules', packageName, 'package.json');
  /** @type {Manifest} */
  const manifest = readJson(manifestPath);
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[program];
  if (bin === undefined) throw new Error(`${packageName} has no program ${program}`);
  return path.join(path.dirname(manifestPath), bin);
};

/**
 * Runs npm, the one that started this script where there is one.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export const npm = (args, options) => {
  const self = process.env.npm_execpath;
  return self !== undefined && /npm-cli\.[cm]?js$/.test(self)
    ? node([self, ...args], options)
    : run('npm', args, options);
};

/**
 * Whether a module is the program that was started.
 * @param {string} url `import.meta.url`
 * @returns {boolean}
 */
export const isMain = (url) =>
  process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url);

/** `require` from the root, for CommonJS tools. */
export const rootRequire = createRequire(path.join(ROOT, 'package.json'));
