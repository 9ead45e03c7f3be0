// Mutated containers, decoded in child processes: a crash of a native decoder
// takes its process down and is reported with the seed that did it.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createRandom, type Random } from '@tinyvmaf/core';
import { bundleForNode } from './bundle.js';
import { clipInput, ffmpeg, workFolder, writeClip } from './support.js';

/** What happened to one mutated file. */
export interface Outcome {
  /** `<seed>.<container>`: enough to make the file again. */
  readonly name: string;
  /** `frames N` or `error Tag`; `crash ...` where the process died, `hang` where it did not end. */
  readonly result: string;
}

/** Files decoded by one process. */
const BATCH = 50;

/** Milliseconds a whole batch may take; a file takes about 30. */
const BATCH_MS = 120_000;

const SEEDS: readonly (readonly [string, readonly string[]])[] = [
  ['avc.mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-bf', '2']],
  ['frag.mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-movflags', 'frag_keyframe+empty_moov']],
  ['hevc.mp4', ['-c:v', 'libx265', '-x265-params', 'log-level=none', '-tag:v', 'hvc1']],
  ['vp9.webm', ['-c:v', 'libvpx-vp9', '-b:v', '300k']],
  ['vp8.webm', ['-c:v', 'libvpx', '-b:v', '300k']],
  ['av1.mkv', ['-c:v', 'libaom-av1', '-cpu-used', '8']],
  ['avc.ts', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']],
];

/** Flips, overwrites, cuts, doubles or removes stretches: mostly small damage, sometimes large. */
export const mutate = (original: Uint8Array, random: Random): Uint8Array => {
  let bytes = original.slice();
  const at = (): number => random.below(bytes.length);
  const rounds = 1 + random.below(4);
  for (let round = 0; round < rounds && bytes.length > 1; round++) {
    const start = at();
    const length = 1 + random.below(Math.min(64, bytes.length - start));
    switch (random.below(8)) {
      case 0:
      case 6:
      case 7:
        bytes[start] = (bytes[start] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        for (let i = 0; i < length; i++) bytes[start + i] = random.below(256);
        break;
      case 2:
        bytes.fill(random.float() < 0.5 ? 0 : 255, start, start + length);
        break;
      case 3:
        if (random.float() < 0.3) bytes = bytes.slice(0, start);
        break;
      case 4:
        bytes = Uint8Array.from([...bytes.subarray(0, start), ...bytes.subarray(start + length)]);
        break;
      default:
        bytes = Uint8Array.from([...bytes.subarray(0, start + length), ...bytes.subarray(start)]);
    }
  }
  return bytes;
};

const runBatch = (
  worker: string,
  files: readonly string[],
): Promise<{ readonly output: string; readonly end: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [worker, ...files], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, BATCH_MS);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ output, end: late ? 'hang' : `crash ${signal ?? `status ${status}`}` });
    });
  });

/** Decodes files in processes, going on behind one that killed its process. */
const decodeAll = async (worker: string, files: readonly string[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  let rest = files;
  while (rest.length > 0) {
    const { output, end } = await runBatch(worker, rest.slice(0, BATCH));
    const lines = output.split('\n').filter((line) => line !== '');
    if (lines.length === 0) throw new Error(`the process printed nothing: ${end}`);
    for (const line of lines) {
      const [path = '', ...words] = line.split(' ');
      const result = words.join(' ').trim();
      outcomes.push({ name: basename(path), result: result === '' ? end : result });
    }
    rest = rest.slice(lines.length);
  }
  return outcomes;
};

/** Sound files to damage, 12 small pictures each. @param path names a file in the work folder. */
export const makeOriginals = (
  path: (name: string) => string,
): readonly (readonly [string, Uint8Array])[] => {
  writeClip(path('clip.yuv'));
  return SEEDS.map(([name, args]) => {
    ffmpeg(...clipInput(path('clip.yuv')), '-g', '6', ...args, path(name));
    return [name, readFileSync(path(name))];
  });
};

/** Mutates and decodes `count` files with seeds from `firstSeed` on, over all containers. */
export const damageRun = async (firstSeed: number, count: number): Promise<readonly Outcome[]> => {
  const { path, remove } = workFolder();
  try {
    const worker = await bundleForNode('worker-decode.ts', `damage-${firstSeed}`);
    const originals = makeOriginals(path);
    const outcomes: Outcome[] = [];
    for (let done = 0; done < count; done += BATCH) {
      const files: string[] = [];
      for (let seed = firstSeed + done; seed < firstSeed + Math.min(count, done + BATCH); seed++) {
        const [name, original] = originals[seed % originals.length] ?? ['', new Uint8Array()];
        files.push(path(`${seed}.${name}`));
        writeFileSync(path(`${seed}.${name}`), mutate(original, createRandom(seed)));
      }
      outcomes.push(...(await decodeAll(worker, files)));
    }
    return outcomes;
  } finally {
    remove();
  }
};

/** Results that a damaged file may have. */
const ALLOWED =
  /^(?:frames \d+ [0-9a-f]{32}|error (?:DamagedInput|UnsupportedFormat|NoFrames|BadGeometry))$/u;

/** Outcomes that must not be: crashes, hangs, errors of our own making. */
export const findings = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter(({ result }) => !ALLOWED.test(result));
