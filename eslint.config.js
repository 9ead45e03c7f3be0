// Lint for the whole repository in one process: type-checked rules for
// TypeScript, the layers of tools/layers.json, and the border between code
// that must run in a browser and code that may use Node.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** @type {{ packages: Record<string, { layer: number, browser: boolean, mayImport: string[] }> }} */
const { packages: LAYERS } = JSON.parse(
  readFileSync(new URL('tools/layers.json', import.meta.url), 'utf8'),
);

const present = readdirSync(new URL('packages', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const unknown = present.filter((name) => LAYERS[name] === undefined);
if (unknown.length > 0) {
  throw new Error(`packages/${unknown.join(', packages/')} has no entry in tools/layers.json`);
}

const npmName = (name) => (name === 'tinyvmaf' ? name : `@tinyvmaf/${name}`);
const escaped = (text) => text.replace(/[/.]/g, '\\$&');

// --- no-restricted-imports is one rule with one setting per file, so each
// --- kind of file gets the sum of the bans that apply to it.

const BARREL = {
  regex: '^(fp-ts|io-ts)/',
  message: 'Import from the package root: the deep paths of fp-ts and io-ts break in Node ESM.',
};
const TESTKIT = {
  regex: '^@tinyvmaf/testkit$',
  message: 'The test kit is for tests; sources ship.',
};
const NODE = [
  {
    regex: `^(node:.*|(${builtinModules.map(escaped).join('|')})(/.*)?)$`,
    message: 'This must run in a browser: what needs Node lives in src/node.',
  },
  {
    regex: '^(\\.{1,2}/)(.*/)?node(/|\\.js$)',
    message: 'Browser-safe code does not import from src/node; the node folder imports from here.',
  },
  {
    regex: '^@tinyvmaf/[^/]+/node$',
    message: 'Browser-safe code does not import a /node entry of another package.',
  },
];

/** Bans whatever tools/layers.json does not list for a package; its own name is free for tests. */
const layerBan = (name) => ({
  regex: `^(?!(${[...LAYERS[name].mayImport.map(npmName), npmName(name), '@tinyvmaf/testkit'].map(escaped).join('|')})(/|$))(@tinyvmaf/|tinyvmaf(/|$))`,
  message: `tools/layers.json does not let ${npmName(name)} import this.`,
});

const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const NODE_GLOBALS = [
  'Buffer',
  'process',
  'console',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
].map((name) => ({
  name,
  message: 'This must run in a browser and be silent: what needs Node lives in src/node.',
}));

const layerRules = present.flatMap((name) => {
  const sources = `packages/${name}/src/**/*.ts`;
  const node = `packages/${name}/src/node/**/*.ts`;
  const ban = layerBan(name);
  const rest = { files: [`packages/${name}/{test,bench}/**/*.ts`], rules: restrict(BARREL, ban) };
  if (!LAYERS[name].browser) {
    return [{ files: [sources], rules: restrict(BARREL, TESTKIT, ban) }, rest];
  }
  return [
    {
      files: [sources],
      ignores: [node],
      rules: {
        ...restrict(BARREL, TESTKIT, ban, ...NODE),
        'no-restricted-globals': ['error', ...NODE_GLOBALS],
      },
    },
    { files: [node], rules: restrict(BARREL, TESTKIT, ban) },
    rest,
  ];
});

// --- layers by tag, as Nx sees the graph: this also finds cycles, imports by
// --- relative path across packages, and imports that package.json does not list.

const highest = Math.max(...Object.values(LAYERS).map(({ layer }) => layer));
const tag = (layer) => `layer:${layer}`;
const lower = (layer) => Array.from({ length: layer }, (_, i) => tag(i));

const boundaries = ({ tests }) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    {
      enforceBuildableLibDependency: true,
      // Tests may use their package as a consumer would, by its name.
      allowCircularSelfDependency: tests,
      allow: ['^.*/vitest\\.shared\\.js$'],
      depConstraints: [
        ...Array.from({ length: highest + 1 }, (_, layer) => ({
          sourceTag: tag(layer),
          onlyDependOnLibsWithTags: [...lower(layer), ...(tests ? ['type:testkit'] : [])],
        })),
        { sourceTag: 'type:testkit', onlyDependOnLibsWithTags: [] },
        { sourceTag: 'type:tool', onlyDependOnLibsWithTags: [] },
      ],
    },
  ],
});

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      'packages/tinyvmaf/bundle',
      '**/out-tsc',
      '**/coverage',
      '**/node_modules',
      '.nx',
      '**/generated/**',
      '**/assembly/**',
      '**/*.template',
      '**/*.d.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': ['error', 'properties'],
      'no-constant-condition': ['error', { checkLoops: false }],
    },
  },

  // TypeScript, with types.
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-imports': ['error', { patterns: [BARREL] }],
    },
  },
  { files: ['packages/*/src/**/*.ts'], rules: boundaries({ tests: false }) },
  {
    files: ['packages/*/{test,bench}/**/*.ts', 'tools/**/*.ts'],
    rules: boundaries({ tests: true }),
  },
  ...layerRules,

  // Tests read loosely typed things (JSON, damaged values) and assert on them.
  {
    files: ['{packages,tools}/*/{test,bench}/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-shadow': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'require-yield': 'off',
    },
  },

  // The workspace's own scripts are plain JavaScript for Node. Those in
  // tools/scripts are type-checked by tsc, which knows the globals better.
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { URL: 'readonly' } },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  { files: ['tools/scripts/**/*.mjs'], rules: { 'no-undef': 'off' } },
  {
    files: ['tools/nx-plugin/**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        exports: 'writable',
        __dirname: 'readonly',
      },
    },
  },
);
