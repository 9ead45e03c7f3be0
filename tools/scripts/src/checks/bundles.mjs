/**
 * The browser entries in a bundler, from their built files as a consumer gets
 * them: each bundles without a Node module, and what comes out loads where only
 * a browser's globals exist. Also weighs the bundle that a page with an exact
 * score needs.
 */
import path from 'node:path';
import { builtinModules } from 'node:module';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { attempt, runAlone, verdict } from '../lib/check.mjs';
import { publishedPackages, readJson, ROOT } from '../lib/workspace.mjs';
import { budgets, withinBudget } from './tarballs.mjs';

const ENTRY = 'virtual:entry';
const BUILTINS = new Set(builtinModules);

/**
 * Bundles `import * as ...` of some packages for a browser, into one script.
 * @param {readonly string[]} specifiers
 * @returns {Promise<{ code: string, nodeImports: string[] }>} the minified
 *   script, and every Node module that was asked for, with who asked
 */
export const bundle = async (specifiers) => {
  /** @type {string[]} */
  const nodeImports = [];
  const source = [
    ...specifiers.map((specifier, i) => `import * as m${i} from '${specifier}';`),
    `globalThis.loaded = [${specifiers.map((_, i) => `m${i}`).join(', ')}];`,
  ].join('\n');
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
          if (!id.startsWith('node:') && !BUILTINS.has(id)) return null;
          nodeImports.push(`${id} from ${importer ? path.relative(ROOT, importer) : 'the entry'}`);
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
 * Loads a script where `process`, `Buffer` and `require` do not exist.
 * @param {string} code
 * @returns {number} how many names its packages export
 */
export const loadAsBrowser = (code) => {
  /** @type {Record<string, unknown>} */
  const context = vm.createContext({ ...BROWSER_GLOBALS });
  vm.runInContext('globalThis.self = globalThis; globalThis.window = globalThis;', context);
  vm.runInContext(code, context, { timeout: 10_000 });
  return /** @type {object[]} */ (context['loaded']).reduce(
    (sum, names) => sum + Object.keys(names).length,
    0,
  );
};

/** @returns {Promise<import('../lib/check.mjs').Result[]>} */
export const bundles = async () => {
  /** @type {{ packages: Record<string, { browser: boolean }> }} */
  const layers = readJson(path.join(ROOT, 'tools/layers.json'));
  const forBrowsers = publishedPackages().filter(({ folder }) => layers.packages[folder]?.browser);
  const results = [];
  for (const { name } of forBrowsers) {
    const title = `${name}: bundles for a browser`;
    results.push(
      ...(await attempt(title, async () => {
        const { code, nodeImports } = await bundle([name]);
        if (nodeImports.length > 0) return [verdict(title, false, nodeImports.join('\n'))];
        const names = loadAsBrowser(code);
        return [verdict(title, names > 0, `${names} exports, ${code.length} bytes`)];
      })),
    );
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
