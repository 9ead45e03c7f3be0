// Memory of an extraction does not grow with the number of clips: ten times
// as many may cost 32 MB more at most, where the pictures of all clips with what hangs on
// them would be twice that. A clip leaves its record, 2 kB; the rest is slack of V8.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { ladder } from '../support/corpus.js';
import { scratch } from '../support/files.js';

const MB = 1024;
const LOADER = createRequire(import.meta.url).resolve('@tinyvmaf/corpus-loader/package.json');
const { path } = scratch();

/** Largest resident size, in kilobytes, of a process that extracts a corpus. */
const peakOnce = (root: string, store: string, clips: number): number => {
  const script = `
    import { discover, extract, openStore, planExtraction } from ${JSON.stringify(LOADER.replace('package.json', 'dist/index.js'))};
    const geometry = { width: 96, height: 64, bitDepth: 8, chroma: '420' };
    const corpus = await discover({ root: ${JSON.stringify(root)}, options: { geometry } });
    const store = await openStore(${JSON.stringify(store)}, { create: true });
    const summary = await extract(await planExtraction(corpus, store), { store });
    await store.close();
    console.log(process.resourceUsage().maxRSS, summary.computed);`;
  // A small young generation, so that what is seen is not the slack of the collector.
  const words = ['--max-semi-space-size=1', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  const [kilobytes = NaN, computed = NaN] = stdout.split(' ').map(Number);
  if (computed !== clips) throw new Error(`${computed} of ${clips} clips: ${stderr}`);
  return kilobytes;
};

/** The median of three. */
const peak = (name: string, sources: number): number => {
  const root = path(name);
  mkdirSync(root);
  for (let i = 0; i < sources; i++) ladder(root, `s${i}`, 2, [8, 16, 24, 32], 3 * i);
  const runs = [1, 2, 3].map((run) => peakOnce(root, path(`${name}-${run}`), 4 * sources));
  return runs.sort((a, b) => a - b)[1] ?? NaN;
};

it('peak memory of an extraction is flat over clips', { timeout: 900_000 }, () => {
  const [few, many] = [peak('few', 25), peak('many', 250)];
  console.log(`peak of 100 clips ${few} kB, of 1,000 clips ${many} kB`);
  expect(many).toBeLessThanOrEqual(few + 32 * MB);
});
