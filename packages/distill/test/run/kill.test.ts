// A run killed in the middle, again and again: as a program of its own, from
// the sources bundled on the spot.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { distill, RUN_FILES, type Recipe } from '../../src/index.js';
import { folder } from '../folder.js';
import { stand, tiny } from '../teacher.js';

const PACKAGE = resolve(import.meta.dirname, '../..');
// As deep as dist, so that dependencies and recipes are found.
const OUT = join(PACKAGE, `out-tsc/kill-${process.pid}`);

/** A net for the gradient trainer, and eight bits at its end. */
const net: Recipe = {
  ...tiny,
  id: 'net',
  architecture: { id: 'a1', options: { layers: 2, width: 16 } },
  trainer: {
    id: 'gradient',
    options: {
      points: 2000,
      batch: 64,
      damped: true,
      phases: [
        { steps: 1500, rate: 0.01, final: 1e-3, warmup: 50, quantised: false },
        { steps: 750, rate: 0.001, final: 1e-3, warmup: 50, quantised: true },
      ],
    },
  },
};

/** Recipes, and after how many steps they are killed. */
const CASES = [
  { id: 'rbf', recipe: tiny, first: 15, more: 7 },
  { id: 'gradient', recipe: net, first: 2, more: 3 },
];

beforeAll(async () => {
  const conditions = ['@tinyvmaf/source', 'node'];
  await build({
    configFile: false,
    root: PACKAGE,
    logLevel: 'silent',
    resolve: { conditions },
    ssr: {
      noExternal: [/^@tinyvmaf\/(core|svm|models|distill)/],
      resolve: { conditions },
    },
    build: { ssr: 'src/index.ts', outDir: OUT, minify: false },
  });
  for (const { id, recipe } of CASES)
    writeFileSync(join(OUT, `${id}.json`), JSON.stringify(recipe));
  writeFileSync(
    join(OUT, 'run.mjs'),
    `import { distill, studentTeacher } from './index.js';
     await distill({
       recipe: process.argv[2], out: process.argv[3], teacher: studentTeacher('a5').right,
       checkpointEvery: 0, onProgress: () => process.stdout.write('.'),
     });`,
  );
});

afterAll(() => {
  rmSync(OUT, { recursive: true, force: true });
});

/** Runs until so many steps were told, then kills; whether it came to its end before. */
const runAndKill = (id: string, out: string, steps: number): Promise<boolean> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(OUT, 'run.mjs'), join(OUT, `${id}.json`), out], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = 0;
    child.stdout.on('data', (text: Buffer) => {
      told += text.length;
      if (told >= steps) child.kill('SIGKILL');
    });
    child.on('exit', (status, signal) => {
      if (signal === 'SIGKILL') done(false);
      else if (status === 0) done(true);
      else fail(new Error(`status ${String(status)}`));
    });
  });

it.each(CASES)(
  '$id goes on after kill -9 to the same bytes',
  async ({ id, recipe, first, more }) => {
    const [whole, killed] = [folder(), folder()];
    await distill({ recipe, out: whole, teacher: stand });
    let kills = 0;
    while (!(await runAndKill(id, killed, kills < 4 ? first + more * kills : Infinity))) kills++;
    expect(kills).toBeGreaterThan(1);
    for (const name of [RUN_FILES.model, RUN_FILES.log, RUN_FILES.evaluation, RUN_FILES.card]) {
      expect(readFileSync(join(killed, name)), name).toEqual(readFileSync(join(whole, name)));
    }
  },
);
