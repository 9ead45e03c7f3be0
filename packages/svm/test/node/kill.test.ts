// An installation killed in the middle: run as a program of its own, from the
// sources bundled on the spot.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { has } from '@tinyvmaf/testkit';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teacherText } from '../teacher.js';
import { folder } from './folder.js';
import { serve } from './server.js';

const PACKAGE = resolve(import.meta.dirname, '../..');
// Inside the package, so that its dependencies resolve.
const OUT = join(PACKAGE, `out-tsc/kill-${process.pid}`);

const bundle = async (): Promise<void> => {
  const conditions = ['@tinyvmaf/source', 'node'];
  await build({
    configFile: false,
    root: PACKAGE,
    logLevel: 'silent',
    resolve: { conditions },
    ssr: { noExternal: [/^@tinyvmaf\//], resolve: { conditions } },
    build: { ssr: 'src/node/index.ts', outDir: OUT, minify: false },
  });
  writeFileSync(
    join(OUT, 'run.mjs'),
    `import { installTeacher } from './index.js';
     const [from, dataDir] = process.argv.slice(2);
     await installTeacher({ from, dataDir, onModel: (m) => console.log(m.version) });`,
  );
};

describe.skipIf(!has('shared'))('an installation that is killed', () => {
  beforeAll(bundle);
  afterAll(() => {
    rmSync(OUT, { recursive: true, force: true });
  });

  it('leaves whole files and nothing else', async () => {
    let halfSent = (): void => undefined;
    const half = new Promise<void>((done) => (halfSent = done));
    const base = await serve((request, response) => {
      const text = teacherText((request.url ?? '').slice(1));
      if (request.url === '/vmaf_v0.6.1.json') response.end(text);
      else response.write(text.slice(0, text.length / 2), () => halfSent());
    });
    const dataDir = folder();
    const child = spawn(process.execPath, [join(OUT, 'run.mjs'), base, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<string | null>((done) =>
      child.on('exit', (_, signal) => done(signal)),
    );
    let told = '';
    child.stdout.on('data', (text: Buffer) => (told += text.toString()));
    await Promise.race([half, ended]);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(told).toBe('vmaf_v0.6.1\n');
    expect(readdirSync(join(dataDir, 'models'))).toEqual(['vmaf_v0.6.1.json']);
    expect(readFileSync(join(dataDir, 'models/vmaf_v0.6.1.json'), 'utf8')).toBe(
      teacherText('vmaf_v0.6.1.json'),
    );
  });
});
