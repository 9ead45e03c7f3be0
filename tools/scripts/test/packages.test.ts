import { describe, expect, it } from 'vitest';
import { bundle, BUNDLERS, loadAsBrowser } from '../src/checks/bundles.mjs';
import { closure } from '../src/checks/smoke.mjs';
import { contentComplaints, withinBudget } from '../src/checks/tarballs.mjs';
import { entries, publishedPackages } from '../src/lib/workspace.mjs';

describe('contents of a tarball', () => {
  const good = ['README.md', 'LICENSE', 'package.json', 'dist/a/b.js', 'src/a/b.ts'];

  it('pass with a readme, a licence and the source of each module', () => {
    expect(contentComplaints(good)).toEqual([]);
  });

  it.each(['README.md', 'LICENSE'])('fail without %s', (file) => {
    expect(contentComplaints(good.filter((each) => each !== file))).toEqual([`${file} is missing`]);
  });

  it.each(['test/a.ts', 'src/a.test.ts', 'dist/tsconfig.lib.tsbuildinfo'])(
    'fail with %s',
    (file) => {
      expect(contentComplaints([...good, file])).toHaveLength(1);
    },
  );

  it('fail with a module whose source is gone', () => {
    expect(contentComplaints([...good, 'dist/old.js']).join()).toContain('dist/old.js');
  });
});

describe('budgets', () => {
  it('are kept, broken, or missing', () => {
    expect(withinBudget('size', 5, 5).status).toBe('passed');
    expect(withinBudget('size', 6, 5).status).toBe('failed');
    expect(withinBudget('size', 1, undefined).status).toBe('failed');
  });
});

describe('packages', () => {
  it('are found, with their entries', () => {
    const core = publishedPackages().find(({ name }) => name === '@tinyvmaf/core')!;
    expect(entries(core).map(({ specifier }) => specifier)).toContain('@tinyvmaf/core');
    expect(publishedPackages().map(({ name }) => name)).not.toContain('@tinyvmaf/testkit');
  });

  it('need each other', () => {
    const all = publishedPackages().map((pkg) => ({
      pkg,
      tarball: '',
      bytes: 0,
      files: [],
      read: () => new ArrayBuffer(0),
    }));
    const names = closure(all, '@tinyvmaf/features').map(({ pkg }) => pkg.name);
    expect(names.sort()).toEqual(['@tinyvmaf/core', '@tinyvmaf/features', '@tinyvmaf/yuv-io']);
  });
});

describe('bundles for a browser', () => {
  it.each(Object.entries(BUNDLERS))(
    'name the Node modules that were asked for (%s)',
    async (_, by) => {
      const { nodeImports } = await bundle(['node:zlib', 'fs'], by);
      expect(nodeImports.map((each) => each.split(' ')[0]).sort()).toEqual(['fs', 'node:zlib']);
    },
  );

  it('load where there is no process and no Buffer', () => {
    expect(loadAsBrowser('globalThis.loaded = [{ a: 1, b: 2 }];')).toBe(2);
    expect(() => loadAsBrowser('process.exit()')).toThrow('process is not defined');
    expect(() => loadAsBrowser('Buffer.from([])')).toThrow('Buffer is not defined');
  });
});
