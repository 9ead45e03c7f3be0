/**
 * The browser entries in two bundlers, from their built files as a consumer gets
 * them: each bundles without a Node module, and what comes out loads, and gives
 * the right numbers, where only a browser's globals exist. Also weighs the bundle that a page with an exact
 * score needs.
 */
import path from 'node:path';
import { builtinModules } from 'node:module';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build as esbuild } from 'esbuild';
import { build } from 'vite';
import { attempt, runAlone, verdict } from '../lib/check.mjs';
import { publishedPackages, readJson, ROOT } from '../lib/workspace.mjs';
import { budgets, withinBudget } from './tarballs.mjs';

const ENTRY = 'virtual:entry';
const BUILTINS = new Set(builtinModules);

/** @param {string} id what is imported */
const isNodes = (id) => id.startsWith('node:') || BUILTINS.has(id);

/**
 * @typedef {object} Bundle
 * @property {string} code one minified script
 * @property {string[]} nodeImports every Node module that was asked for, with who asked
 *
 * @typedef {(source: string) => Promise<Bundle>} Bundler bundles a module for a browser
 */

/** @param {string} id @param {string | undefined} importer */
const asked = (id, importer) =>
  `${id} from ${importer ? path.relative(ROOT, importer) : 'the entry'}`;

/** @type {Bundler} */
const byVite = async (source) => {
  /** @type {string[]} */
  const nodeImports = [];
  const output = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry-and-node-modules',
        enforce: 'pre',
        resolveId(id, importer) {
          if (id === ENTRY) return path.join(ROOT, 'entry.mjs');
          if (!isNodes(id)) return null;
          nodeImports.push(asked(id, importer));
          return null;
        },
        load: (id) => (id === path.join(ROOT, 'entry.mjs') ? source : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: { input: ENTRY, output: { format: 'iife', codeSplitting: false } },
    },
  });
  const [first] = [output].flat();
  if (first === undefined || !('output' in first)) throw new Error('the bundler gave no output');
  const [chunk] = first.output;
  return { code: chunk.code, nodeImports };
};

/** @type {Bundler} */
const byEsbuild = async (source) => {
  /** @type {string[]} */
  const nodeImports = [];
  const { outputFiles } = await esbuild({
    stdin: { contents: source, resolveDir: ROOT, sourcefile: 'entry.mjs' },
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
    plugins: [
      {
        name: 'node-modules',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^[a-z_]/ }, ({ path: id, importer }) => {
            if (!isNodes(id)) return undefined;
            nodeImports.push(asked(id, path.isAbsolute(importer) ? importer : undefined));
            return { path: id, external: true };
          });
        },
      },
    ],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('the bundler gave no output');
  return { code: file.text, nodeImports };
};

/** The bundlers that consumers have, by name. */
export const BUNDLERS = { Vite: byVite, esbuild: byEsbuild };

/**
 * Bundles `import * as ...` of some packages for a browser, into one script.
 * @param {readonly string[]} specifiers
 * @param {Bundler} [bundler]
 * @returns {Promise<Bundle>}
 */
export const bundle = (specifiers, bundler = byVite) =>
  bundler(
    [
      ...specifiers.map((specifier, i) => `import * as m${i} from '${specifier}';`),
      `globalThis.loaded = [${specifiers.map((_, i) => `m${i}`).join(', ')}];`,
    ].join('\n'),
  );

/** What scripts find in every browser, of what our code may touch while loading. */
const BROWSER_GLOBALS = {
  AbortController,
  AbortSignal,
  Blob,
  TextDecoder,
  TextEncoder,
  ReadableStream,
  URL,
  atob,
  btoa,
  clearTimeout,
  crypto,
  fetch,
  navigator: { userAgent: '', hardwareConcurrency: 1 },
  performance,
  queueMicrotask,
  setTimeout,
  structuredClone,
};

/**
 * Runs a script where `process`, `Buffer` and `require` do not exist.
 * @param {string} code
 * @returns {Record<string, unknown>} the globals, afterwards
 */
const runAsBrowser = (code) => {
  /** @type {Record<string, unknown>} */
  const context = vm.createContext({ ...BROWSER_GLOBALS });
  vm.runInContext('globalThis.self = globalThis; globalThis.window = globalThis;', context);
  vm.runInContext(code, context, { timeout: 10_000 });
  return context;
};

/**
 * Loads a script of {@link bundle} as a browser would.
 * @param {string} code
 * @returns {number} how many names its packages export
 */
export const loadAsBrowser = (code) =>
  /** @type {object[]} */ (runAsBrowser(code)['loaded']).reduce(
    (sum, names) => sum + Object.keys(names).length,
    0,
  );

/** Compares the digests of all kernels with those that are right, in the page. */
const DIGESTS = `
  import { checkKernels, REFERENCE, WASM } from '@tinyvmaf/features';
  globalThis.digests = Promise.all([WASM, REFERENCE].map(checkKernels)).then((all) => all.flat());
`;

/**
 * Whether bundled kernels compute the right numbers where only a browser's
 * globals exist.
 * @param {string} title
 * @param {Bundler} bundler
 * @returns {Promise<import('../lib/check.mjs').Result[]>}
 */
const rightNumbers = async (title, bundler) => {
  const { code, nodeImports } = await bundler(DIGESTS);
  const found = runAsBrowser(code)['digests'];
  const checks = await /** @type {Promise<import('@tinyvmaf/features').KernelCheck[]>} */ (found);
  const wrong = checks
    .filter(({ digest, expected }) => digest !== expected)
    .map(({ kernel, picture }) => `${kernel} of ${picture} is wrong`);
  const complaints = [...nodeImports, ...wrong];
  const good = complaints.length === 0 && checks.length > 0;
  return [verdict(title, good, complaints.join('\n') || `${checks.length} digests`)];
};

/** @returns {Promise<import('../lib/check.mjs').Result[]>} */
export const bundles = async () => {
  /** @type {{ packages: Record<string, { browser: boolean }> }} */
  const layers = readJson(path.join(ROOT, 'tools/layers.json'));
  const forBrowsers = publishedPackages().filter(({ folder }) => layers.packages[folder]?.browser);
  const results = [];
  for (const [label, bundler] of Object.entries(BUNDLERS)) {
    for (const { name } of forBrowsers) {
      const title = `${name}: bundles for a browser with ${label}`;
      results.push(
        ...(await attempt(title, async () => {
          const { code, nodeImports } = await bundle([name], bundler);
          if (nodeImports.length > 0) return [verdict(title, false, nodeImports.join('\n'))];
          const names = loadAsBrowser(code);
          return [verdict(title, names > 0, `${names} exports, ${code.length} bytes`)];
        })),
      );
    }
    const title = `bundled with ${label}: the numbers are right`;
    results.push(...(await attempt(title, () => rightNumbers(title, bundler))));
  }
  const { packages, gzip } = budgets().browserBundle;
  const title = `${packages.join(' + ')}: size in a page`;
  results.push(
    ...(await attempt(title, async () => {
      const { code } = await bundle(packages);
      return [withinBudget(title, gzipSync(code, { level: 9 }).length, gzip)];
    })),
  );
  return results;
};

await runAlone(import.meta.url, 'bundles', bundles);
