// A page's script as an application makes it, from this folder's page.ts.
import { resolve } from 'node:path';
import { WORKSPACE } from '@tinyvmaf/testkit';
import { build } from 'vite';

/** Everything in one script. @returns its text. */
export const bundlePage = async (): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    resolve: {
      conditions: ['@tinyvmaf/source', 'module', 'import', 'default', 'browser'],
      // The test kit's pictures run anywhere, the rest of it in Node.
      alias: { '@tinyvmaf/testkit': resolve(WORKSPACE, 'tools/testkit/src/pictures.ts') },
    },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rollupOptions: {
        input: resolve(import.meta.dirname, 'page.ts'),
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error('nothing was built');
  return first.output[0].code;
};
