// Bundles for tests that need the package outside of the test runner: a plain
// Node process, or a page.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';

/** Folder of the bundles: inside the package, so that Node finds its dependencies. */
const FOLDER = resolve(import.meta.dirname, '../../out-tsc/bundles');

const CONDITIONS = ['@tinyvmaf/source', 'module', 'import', 'default'];

/** Builds `entry` (a file beside this one) for Node; dependencies stay outside.
 * @param user name of the test that asks. @returns the module's path. */
export const bundleForNode = async (entry: string, user: string): Promise<string> => {
  const name = entry.replace(/\.ts$/u, '');
  // One folder a test file: they run side by side.
  const outDir = resolve(FOLDER, `${name}-${user}`);
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    resolve: { conditions: CONDITIONS },
    ssr: { resolve: { conditions: CONDITIONS }, noExternal: [/^@tinyvmaf\//u] },
    build: {
      ssr: resolve(import.meta.dirname, entry),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: {
        external: ['mediabunny', '@napi-rs/webcodecs', 'fp-ts', 'io-ts'],
        output: { entryFileNames: 'main.mjs' },
      },
    },
  });
  return resolve(outDir, 'main.mjs');
};

/** Builds `entry` for a page, everything in one script. @returns its text. */
export const bundleForPage = async (entry: string): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    resolve: { conditions: [...CONDITIONS, 'browser'] },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rollupOptions: {
        input: resolve(import.meta.dirname, entry),
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error('nothing was built');
  const chunk = first.output[0];
  return chunk.code;
};
