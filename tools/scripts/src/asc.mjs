/**
 * Compiles the WebAssembly kernels: each `assembly/<kernel>/index.ts` of a
 * package becomes its `src/generated/<kernel>-wasm.ts`, a module that holds
 * the bytes as text, so that nothing has to be fetched or found at run time.
 * What has not changed since is not compiled again. A kernel `<kernel>-paired` is
 * a second build of `<kernel>` for engines that join pairs of vector operations, and
 * may use the other's sources; a kernel without one is joined itself. What is joined
 * must keep clear of what V8 gets wrong there.
 *
 *     node tools/scripts/src/asc.mjs [--quiet]
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describeResult, tally, verdict } from './lib/check.mjs';
import { constantAddresses } from './lib/constant-addresses.mjs';
import { isMain, readJson, ROOT } from './lib/workspace.mjs';

/**
 * @typedef {import('./lib/check.mjs').Result} Result
 *
 * @typedef {object} Places absolute paths
 * @property {string} assembly folder with one folder per kernel, and what they share
 * @property {string} generated folder of the modules that are written
 */

/** Packages that have kernels. @type {Places[]} */
const PLACES = ['packages/distill', 'packages/features', 'packages/yuv-io'].map((folder) => ({
  assembly: path.join(ROOT, folder, 'assembly'),
  generated: path.join(ROOT, folder, 'src/generated'),
}));

const COMPILER = path.join(ROOT, 'node_modules/assemblyscript/package.json');

/** @param {string} folder */
const isKernel = (folder) => existsSync(path.join(folder, 'index.ts'));

/** Name of a kernel's second build. @param {string} kernel */
const paired = (kernel) => `${kernel}-paired`;

/**
 * The kernels there are; none where there is no such folder.
 * @param {string} assembly
 * @returns {string[]} names of folders, sorted
 */
export const kernelsIn = (assembly) =>
  existsSync(assembly)
    ? readdirSync(assembly)
        .filter((name) => isKernel(path.join(assembly, name)))
        .sort()
    : [];

/**
 * What a kernel is made of: its folder, that of the kernel it is a second build
 * of, all that is not another kernel's, the compiler's version and this script.
 * @param {string} assembly
 * @param {string} kernel
 * @returns {string} hexadecimal
 */
export const hashOf = (assembly, kernel) => {
  const hash = createHash('sha256');
  /** @param {string} label @param {string | Buffer} bytes */
  const add = (label, bytes) => hash.update(`${label}\0${bytes.length}\0`).update(bytes);
  const others = kernelsIn(assembly).filter((name) => name !== kernel && kernel !== paired(name));
  const files = readdirSync(assembly, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.(ts|json)$/.test(file) && !others.includes(file.split('/')[0] ?? ''))
    .sort();
  for (const file of files) add(file, readFileSync(path.join(assembly, file)));
  add('compiler', readJson(COMPILER).version);
  add('script', readFileSync(import.meta.filename));
  return hash.digest('hex');
};

/**
 * @param {string} assembly
 * @param {string} kernel
 * @returns {Promise<{ bytes?: Uint8Array<ArrayBuffer>, complaint: string }>}
 */
const compile = async (assembly, kernel) => {
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  let bytes;
  const { error, stdout, stderr } = await asc.main(
    [
      `${kernel}/index.ts`,
      ...['--baseDir', assembly, '--config', 'asconfig.json', '--outFile', `${kernel}.wasm`],
    ],
    {
      readFile: (name, base) => {
        const file = path.resolve(base, name);
        return existsSync(file) ? readFileSync(file, 'utf8') : null;
      },
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') bytes = Uint8Array.from(contents);
      },
      listFiles: (folder, base) => {
        const found = path.resolve(base, folder);
        return existsSync(found) ? readdirSync(found).filter((name) => name.endsWith('.ts')) : null;
      },
    },
  );
  return error === null && bytes !== undefined
    ? { bytes, complaint: '' }
    : { complaint: `${stderr}${stdout}${error?.message ?? 'the compiler wrote nothing'}` };
};

/**
 * Whether engines are asked to join a kernel's operations: one that has no second build for that.
 * @param {string} assembly
 * @param {string} kernel
 */
const isJoined = (assembly, kernel) =>
  kernel.endsWith(paired('')) || !isKernel(path.join(assembly, paired(kernel)));

/**
 * What is wrong with a module, if anything.
 * @param {string} kernel
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {boolean} joined
 * @returns {string} empty when nothing is
 */
const flaw = (kernel, bytes, joined) => {
  /** @type {number} */
  const limit = readJson(path.join(ROOT, 'tools/budgets.json')).kernel;
  if (!WebAssembly.validate(bytes)) return 'WebAssembly.validate refuses the module';
  if (bytes.length > limit) {
    return `the module has ${bytes.length} bytes; tools/budgets.json allows ${limit}`;
  }
  return joined ? constantAddresses(bytes).join('; ') : '';
};

/**
 * @param {string} sources
 * @param {string} kernel
 * @param {string} hash
 * @param {Uint8Array} bytes
 */
const moduleText = (sources, kernel, hash, bytes) => `/**
 * The ${kernel} kernel, compiled from ${sources} by
 * tools/scripts/src/asc.mjs. Do not edit: it is written anew when its sources change.
 * Sources: ${hash}
 */

/** The WebAssembly module in base64; ${bytes.length} bytes. */
export const ${kernel.toUpperCase().replace(/-/g, '_')}_WASM: string =
  '${Buffer.from(bytes).toString('base64')}';
`;

/** Another process may read the file at any time, so it appears as a whole. @param {string} file @param {string} text */
const writeWhole = (file, text) => {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, file);
};

/**
 * Compiles what has changed.
 * @param {Places} [places] default: all packages
 * @returns {Promise<(Result & { compiled: boolean })[]>} one for each kernel
 */
export const asc = async (places) => {
  if (places !== undefined) return ascIn(places);
  const results = [];
  for (const each of PLACES) results.push(...(await ascIn(each)));
  return results;
};

/**
 * @param {Places} places
 * @returns {Promise<(Result & { compiled: boolean })[]>}
 */
const ascIn = async ({ assembly, generated }) => {
  const kernels = kernelsIn(assembly);
  mkdirSync(generated, { recursive: true });
  for (const file of readdirSync(generated)) {
    const [, kernel] = /^(.*)-wasm\.ts$/.exec(file) ?? [];
    if (kernel !== undefined && !kernels.includes(kernel)) rmSync(path.join(generated, file));
  }

  const results = [];
  for (const kernel of kernels) {
    const file = path.join(generated, `${kernel}-wasm.ts`);
    const hash = hashOf(assembly, kernel);
    if (existsSync(file) && readFileSync(file, 'utf8').includes(`Sources: ${hash}\n`)) {
      results.push({ ...verdict(`asc ${kernel}`, true, 'unchanged'), compiled: false });
      continue;
    }
    const { bytes, complaint } = await compile(assembly, kernel);
    const problem =
      bytes === undefined ? complaint : flaw(kernel, bytes, isJoined(assembly, kernel));
    if (bytes !== undefined && problem === '') {
      const sources = path.relative(ROOT, path.join(assembly, kernel)).split(path.sep).join('/');
      writeWhole(file, moduleText(sources, kernel, hash, bytes));
    }
    // A module of older sources would pass for a new one.
    else rmSync(file, { force: true });
    const detail = problem || `${bytes?.length} bytes`;
    results.push({ ...verdict(`asc ${kernel}`, problem === '', detail), compiled: true });
  }
  return results;
};

if (isMain(import.meta.url)) {
  const results = await asc();
  const quiet = process.argv.includes('--quiet');
  for (const result of results) {
    if (result.compiled || !quiet) console.log(describeResult(result));
  }
  process.exitCode = tally(results).failed > 0 ? 1 : 0;
}
