/**
 * The bundled command as a process of its own: what a person who types it pays,
 * start included.
 */
import { spawnSync } from 'node:child_process';
import type { Clip } from './clips.js';
import type { Task } from './rounds.js';

/** Tells the CPU time of the process and its threads when it ends. */
const TELL_CPU = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeSync(2, '\\ncpu ' + (user + system) / 1000 + '\\n');
  });
`)}`;

/** Runs the command; CPU time in milliseconds, with Node's own start. */
const runCommand = (command: string, args: readonly string[]): number => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', TELL_CPU, command, ...args], {
    encoding: 'utf8',
  });
  const [, cpu] = /^cpu ([\d.]+)$/m.exec(stderr) ?? [];
  if (status !== 0 || cpu === undefined) throw new Error(`${command} failed:\n${stderr}`);
  return Number(cpu);
};

/** Name of the task that {@link processTask} makes. */
export const PROCESS = 'wasm: whole process, start included';

/**
 * `tinyvmaf features` on a clip, in one thread: what {@link wholeTask} does warm.
 * @param command path of the command's script.
 */
export const processTask = (clip: Clip, command: string, rounds: number): Task => {
  const { width, height, bitDepth } = clip.format;
  return {
    name: PROCESS,
    frames: clip.frames,
    rounds,
    run: () =>
      runCommand(command, [
        ...['features', clip.reference, clip.distorted, '--pixel_format', '420'],
        ...['--width', String(width), '--height', String(height), '--bitdepth', String(bitDepth)],
        ...['--threads', '0', '--quiet', '--csv', '--output', '-'],
      ]),
  };
};

/** `tinyvmaf --version`: the start alone, in milliseconds of its own. */
export const startTask = (command: string, rounds: number): Task => ({
  name: 'start of the command (tinyvmaf --version)',
  frames: 1,
  rounds,
  run: () => runCommand(command, ['--version']),
});
