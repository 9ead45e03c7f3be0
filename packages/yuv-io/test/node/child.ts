// The package bundled for child processes of tests: standard input, exit and
// signals belong to a process of their own, which cannot run TypeScript.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const PACKAGE = resolve(import.meta.dirname, '../..');

/** A bundle of the Node entry in a folder of its own. */
export interface Bundle {
  readonly dir: string;
  /** Starts a module that may import `./entry.js`. */
  run(code: string, options?: Parameters<typeof spawn>[2]): ChildProcess;
  remove(): void;
}

/** Bundles `src/node/index.ts` with what it imports; decoders stay outside. */
export const bundleNode = async (): Promise<Bundle> => {
  const dir = mkdtempSync(join(tmpdir(), 'tinyvmaf-child-'));
  await build({
    root: PACKAGE,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@tinyvmaf/source', 'module', 'node', 'import', 'default'] },
    ssr: {
      noExternal: true,
      external: ['mediabunny'],
      resolve: { conditions: ['@tinyvmaf/source', 'module', 'node', 'import', 'default'] },
    },
    build: {
      ssr: join(PACKAGE, 'src/node/index.ts'),
      outDir: dir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        external: [/webcodecs/, /^mediabunny/],
        output: { entryFileNames: 'entry.js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  let serial = 0;
  return {
    dir,
    run: (code, options = {}) => {
      serial += 1;
      const script = join(dir, `child-${serial}.js`);
      writeFileSync(script, code);
      return spawn(process.execPath, [script], options);
    },
    remove: () => {
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** What a child printed and how it ended. */
export const outcomeOf = async (
  child: ChildProcess,
): Promise<{
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}> => {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const status = await new Promise<number | null>((done) => {
    child.on('close', done);
  });
  return { stdout, stderr, status };
};
