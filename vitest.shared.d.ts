import { type ViteUserConfig } from 'vitest/config';
export declare function packageTestConfig(root: string, name: string): ViteUserConfig;
//# sourceMappingURL=vitest.shared.d.ts.map
