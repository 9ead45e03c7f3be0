// A run killed in the middle, again and again: as a program of its own, from
// the sources bundled on the spot.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { distill, RUN_FILES } from '../../src/index.js';
import { folder } from '../folder.js';
import { stand, tiny } from '../teacher.js';

const PACKAGE = resolve(import.meta.dirname, '../..');
// As deep as dist, so that dependencies and recipes are found.
const OUT = join(PACKAGE, `out-tsc/kill-${process.pid}`);

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
  writeFileSync(join(OUT, 'recipe.json'), JSON.stringify(tiny));
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
const runAndKill = (out: string, steps: number): Promise<boolean> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(OUT, 'run.mjs'), join(OUT, 'recipe.json'), out], {
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

it('goes on after kill -9 to the same bytes', async () => {
  const [whole, killed] = [folder(), folder()];
  await distill({ recipe: tiny, out: whole, teacher: stand });
  let kills = 0;
  while (!(await runAndKill(killed, kills < 4 ? 15 + 7 * kills : Infinity))) kills++;
  expect(kills).toBeGreaterThan(1);
  for (const name of [RUN_FILES.model, RUN_FILES.log, RUN_FILES.evaluation, RUN_FILES.card]) {
    expect(readFileSync(join(killed, name)), name).toEqual(readFileSync(join(whole, name)));
  }
});
