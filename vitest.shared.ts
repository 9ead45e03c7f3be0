// One Vitest configuration for every package: workspace imports resolve to
// sources, so that tests need no build and coverage sees the real files.
// With TINYVMAF_LONG=1 the long tests run instead of the others. Kernels whose
// sources have changed are compiled first.
import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Vitest hands these to Node for `require` too, so neither `module` nor `import`
// may be among them; Vite adds what its own imports need.
const conditions = ['@tinyvmaf/source', 'node'];

const long = process.env['TINYVMAF_LONG'] === '1';
const timeout = long ? 1_800_000 : 120_000;

export function packageTestConfig(root: string, name: string): ViteUserConfig {
  return defineConfig({
    root,
    cacheDir: `${root}/out-tsc/vite`,
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      environment: 'node',
      globalSetup: `${import.meta.dirname}/tools/scripts/src/vitest-setup.mjs`,
      include: long ? ['test/**/*.long.test.ts'] : ['test/**/*.test.ts'],
      exclude: ['node_modules', ...(long ? [] : ['test/**/*.long.test.ts'])],
      benchmark: { include: ['bench/**/*.bench.ts'] },
      testTimeout: timeout,
      hookTimeout: timeout,
      coverage: { include: ['src/**/*.ts'] },
    },
  });
}
