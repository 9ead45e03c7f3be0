// One Vitest configuration for every package: workspace imports resolve to
// sources, so that tests need no build and coverage sees the real files.
import { defineConfig } from 'vitest/config';
const conditions = ['@tinyvmaf/source', 'module', 'node', 'import', 'default'];
export function packageTestConfig(root, name) {
  return defineConfig({
    root,
    cacheDir: `${root}/out-tsc/vite`,
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      environment: 'node',
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.long.test.ts', 'node_modules'],
      testTimeout: 120_000,
      hookTimeout: 120_000,
      coverage: { include: ['src/**/*.ts'] },
    },
  });
}
//# sourceMappingURL=vitest.shared.js.map
