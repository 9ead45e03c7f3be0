/**
 * Programs that use a store in processes of their own, which cannot run
 * TypeScript: the package is bundled once for each file of tests.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const PACKAGE = path.resolve(import.meta.dirname, '../..');
const CONDITIONS = ['@tinyvmaf/source', 'module', 'node', 'import', 'default'];

/** A bundle of the store's sources. */
export interface StoreBundle {
  /** Starts a module that may import `./store.js`; its output can be read. */
  run(code: string, args: readonly string[]): ChildProcess;
  remove(): void;
}

export const bundleStore = async (): Promise<StoreBundle> => {
  const dir = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-store-child-'));
  await build({
    root: PACKAGE,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: CONDITIONS },
    ssr: { noExternal: true, resolve: { conditions: CONDITIONS } },
    build: {
      ssr: path.join(PACKAGE, 'src/store/store.ts'),
      outDir: dir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'store.js' } },
    },
  });
  writeFileSync(path.join(dir, 'package.json'), '{"type":"module"}');
  let serial = 0;
  return {
    run(code, args) {
      const file = path.join(dir, `run-${serial++}.js`);
      writeFileSync(file, code);
      return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    },
    remove: () => {
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** What a child has printed so far, and its end. */
export const follow = (
  child: ChildProcess,
): { lines(): string[]; readonly ended: Promise<number | string | null> } => {
  let text = '';
  child.stdout?.on('data', (piece: Buffer) => (text += piece.toString()));
  return {
    lines: () => text.split('\n').slice(0, -1),
    ended: new Promise((done) => child.on('close', (code, signal) => done(signal ?? code))),
  };
};

/**
 * Writes clips `<name>-<i>` with features, scores, a remembered hash and a
 * chunk each, and prints `i` when all of it has been acknowledged.
 * Arguments: folder, name, first, count.
 */
export const WRITER = `
import { openStore } from './store.js';
const [folder, name, first, count] = process.argv.slice(2);
const hex = (text) => Buffer.from(text.padEnd(32, '.')).toString('hex').slice(0, 64);
const must = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left));
  return result.right;
};
const store = await openStore(folder, { create: true, onCorrupt: (it) => console.log('corrupt', JSON.stringify(it)) });
const names = ['adm2', 'vif_scale0', 'vif_scale1', 'vif_scale2', 'vif_scale3', 'motion2'];
for (let i = Number(first); i < Number(first) + Number(count); i++) {
  const columns = Object.fromEntries(names.map((f, k) => [f, Float64Array.from({ length: 9 }, (_, j) => i + j / 8 + k / 64)]));
  const format = { width: 8, height: 8, bitDepth: 8, chroma: '420' };
  const address = { reference: hex('ref'), distorted: hex('clip ' + i), extractor: { name: 'x', version: 1, options: '{}' } };
  const rows = { frames: 9, columns };
  await must(store.writeChunk(hex('pair ' + i), { start: 0, rows, referenceLeaf: hex('r'), distortedLeaf: hex('d') }));
  const features = await must(store.writeFeatures({ ...rows, address, format }));
  await must(store.writeScores({ address: { features, model: hex('model') }, modelName: 'm', scores: columns.adm2 }));
  await must(store.rememberHash({ path: '/clip ' + i, bytes: 1, mtimeNs: '1', inode: '1:1', view: 'raw' }, { root: address.distorted, frames: 9 }));
  await must(store.recordClips([{ corpus: name, source: 's', group: 's', clip: name + '-' + i, frames: 9, format, features, reference: address.reference, distorted: address.distorted, metadata: { i }, labels: [] }]));
  await must(store.dropChunks(hex('pair ' + i)));
  console.log(i);
}
await store.close();
`;
