// Tiny sources and a tiny recipe for building ladders, and what is compared of
// the result. Needs ffmpeg.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { unwrap } from '@tinyvmaf/core';
import {
  buildLadder,
  decodeRecipe,
  prepareLadder,
  type BuildOptions,
  type LadderEvent,
  type LadderReport,
  type LadderRequest,
  type Recipe,
} from '../../src/ladder/index.js';

/** A folder that is gone after the tests. */
export const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tinyvmaf ladder-'));
  folders.push(folder);
  return folder;
};
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs ffmpeg in a folder; throws its words. */
export const ffmpeg = (folder: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
};

/** Makes a short video of a test pattern. */
export const makeVideo = (
  folder: string,
  name: string,
  options: {
    readonly frames?: number;
    readonly size?: string;
    readonly args?: readonly string[];
  } = {},
): void => {
  const { frames = 6, size = '96x64', args = ['-c:v', 'libx264', '-crf', '10'] } = options;
  ffmpeg(
    folder,
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`],
    ...['-frames:v', String(frames), ...args, `file:${name}`],
  );
};

/** A folder of its own with two short videos. */
export const makeSources = (): string => {
  if (made === undefined) {
    made = scratch();
    makeVideo(made, 'Alpha.mp4');
    makeVideo(made, 'Beta_2.mkv', { frames: 4, size: '64x64' });
  }
  // In a folder below, so that a test may put something beside it.
  const folder = join(scratch(), 'sources');
  cpSync(made, folder, { recursive: true });
  return folder;
};
let made: string | undefined;

/** A recipe of small x264 and MPEG-2 rungs, changed as told. */
export const tinyRecipe = (changes: Readonly<Record<string, unknown>> = {}): Recipe =>
  unwrap(
    decodeRecipe(
      {
        rungs: [
          { name: 'good', codec: 'x264', height: '1/1', crf: 20 },
          { name: 'half', codec: 'x264', height: '1/2', crf: 30 },
          { name: 'old', codec: 'mpeg2', height: '1/1', crf: 12 },
        ],
        frames: 6,
        size: '96x64',
        ...changes,
      },
      'test',
    ),
  );

/** Every file below a folder with its SHA-256, but for the lock. */
export const filesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'lock')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [
        path.slice(folder.length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  );

/** The files that everybody reads: without the hidden folder. */
export const visibleFiles = (folder: string): readonly string[] =>
  Object.keys(filesOf(folder)).filter((path) => !path.startsWith('.'));

/** Plans and builds. */
export const build = async (
  request: LadderRequest,
  options: BuildOptions = {},
): Promise<{ readonly report: LadderReport; readonly events: readonly LadderEvent[] }> => {
  const events: LadderEvent[] = [];
  const report = await buildLadder(await prepareLadder(request), {
    jobs: 2,
    ...options,
    onProgress: (event) => {
      events.push(event);
      options.onProgress?.(event);
    },
  });
  return { report, events };
};

/** `source rung` of the jobs that were done. */
export const doneJobs = (events: readonly LadderEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.kind === 'done' ? [`${event.source} ${event.rung ?? '(reference)'}`] : [],
  );

/**
 * A program of that name in a folder of its own: a shell script before the real
 * one, which is `"$REAL"` in it.
 */
export const wrapped = (name: 'ffmpeg' | 'ffprobe', lines: string): string => {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  const path = join(scratch(), name);
  writeFileSync(path, `#!/bin/sh\nREAL='${found}'\n${lines}\n`, { mode: 0o755 });
  return path;
};

/** Processes whose command line names a folder; empty where the system does not show them. */
export const processesOf = (folder: string): readonly string[] => {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(folder));
};

/** Waits until no process names a folder; what is left after 5 s. */
export const processesLeft = async (folder: string): Promise<readonly string[]> => {
  for (let wait = 0; wait < 50; wait++) {
    if (processesOf(folder).length === 0) return [];
    await new Promise((done) => setTimeout(done, 100));
  }
  return processesOf(folder);
};

const CHILD = resolve(import.meta.dirname, 'ladder-build.mjs');
const DIST = resolve(import.meta.dirname, '../../dist/ladder/index.js');

/**
 * A build in a process of its own.
 * @param killAfter milliseconds after its first event until it is killed outright; absent: never.
 * @returns the events that it told, and milliseconds from the first event to the end.
 */
export const buildInProcess = (
  request: Pick<LadderRequest, 'folder' | 'recipe' | 'out'>,
  killAfter?: number,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<{
  readonly events: readonly LadderEvent[];
  readonly took: number;
  readonly status: number | null;
}> => {
  if (!existsSync(DIST))
    throw new Error('packages/corpus-loader/dist is missing: run `npm run build`');
  const child = spawn(process.execPath, [CHILD, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  let began: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    if (began !== undefined) return;
    began = performance.now();
    if (killAfter !== undefined) timer = setTimeout(() => child.kill(signal), killAfter);
  });
  return new Promise((done) => {
    child.on('close', (status) => {
      clearTimeout(timer);
      const lines = text.split('\n').slice(0, -1);
      const events = lines.map((line) => JSON.parse(line) as LadderEvent);
      done({ events, took: performance.now() - (began ?? performance.now()), status });
    });
  });
};
