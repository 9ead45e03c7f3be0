/** What a run of the benchmark says, as a table for people and as JSON. */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import type { Clip } from './clips.js';
import { PROCESS } from './process.js';
import type { Timing } from './rounds.js';
import { WHOLE } from './tasks.js';

/** All timings of one clip. */
export interface ClipReport {
  readonly clip: Pick<Clip, 'name' | 'origin' | 'frames'>;
  /** CPU milliseconds per frame of the yardstick, where there is one. */
  readonly yardstick?: number;
  readonly timings: readonly Timing[];
}

/** Where and when it was measured. */
export const describeMachine = (): Readonly<Record<string, string | number>> => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  processors: cpus().length,
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
  v8: process.versions.v8,
  commit: commit(),
  date: new Date().toISOString(),
});

const commit = (): string => {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'safe.directory=*', ...args], { encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' + changes';
    return git('rev-parse', '--short', 'HEAD') + changed;
  } catch {
    return 'unknown';
  }
};

const column = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits).padStart(9) : ''.padStart(9);

/** What a process costs against the same frames warm, start included; nothing where one was not measured. */
const againstWarm = ({ clip, timings }: ClipReport): readonly string[] => {
  const cpuOf = (task: string): number | undefined =>
    timings.find(({ name }) => name === task)?.cpu;
  const [whole, warm] = [cpuOf(PROCESS), cpuOf(WHOLE)];
  return whole === undefined || warm === undefined
    ? []
    : [`a process of ${clip.frames} frames against warm: ${(whole / warm).toFixed(3)}`];
};

/** A clip's timings as lines. */
export const table = (report: ClipReport): string => {
  const { clip, yardstick, timings } = report;
  const width = Math.max(...timings.map(({ name }) => name.length)) + 2;
  const origin = clip.origin === 'formula' ? ' (made by a formula)' : '';
  const head = [
    'cpu ms',
    'least',
    'wall ms',
    'least',
    ...(yardstick === undefined ? [] : ['of x264']),
  ];
  return [
    `${clip.name}${origin}, per frame and distorted video`,
    `${''.padEnd(width)}${head.map((word) => word.padStart(9)).join('')}`,
    ...timings.map(({ name, cpu, leastCpu, wall, leastWall }) =>
      [
        name.padEnd(width),
        column(cpu, 2),
        column(leastCpu, 2),
        column(wall, 2),
        column(leastWall, 2),
        yardstick === undefined ? '' : column(cpu / yardstick, 3),
      ].join(''),
    ),
    ...againstWarm(report),
    '',
  ].join('\n');
};
