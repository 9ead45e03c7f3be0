/**
 * `npm run bench`: CPU time of the kernels and of the whole, on this machine.
 *
 *     npm run bench -- [--sizes 360p,1080p,2160p] [--depths 8,10] [--rounds 7]
 *                      [--only wasm] [--workers 0,1,2] [--flat]
 *                      [--json FILE] [--command SCRIPT [--process]]
 *
 * `--command` names the script of the command, which is then measured as a
 * process too; `--process` measures that and what it is compared with, no more.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { either as E } from 'fp-ts';
import { clipOf, hasX264, SIZES, type Clip, type Content, type SizeName } from './clips.js';
import { describeMachine, table, type ClipReport } from './report.js';
import { processTask, startTask } from './process.js';
import { joinedKernels } from '@tinyvmaf/features/node';
import { difference, measure, type Task, type Timing } from './rounds.js';
import { KERNELS, kernelTasks, wholeTask } from './tasks.js';
import { x264Task } from './yardstick.js';

/** Kernels joined to 256 bits, or why there are none. */
const JOINED = joinedKernels();

const CACHE = path.join(import.meta.dirname, '../../bench');

/** Frames that one call of a kernel task computes, by size. */
const FRAMES: Readonly<Record<SizeName, number>> = { '360p': 20, '1080p': 4, '2160p': 1 };

const { values: flags } = parseArgs({
  options: {
    sizes: { type: 'string', default: Object.keys(SIZES).join(',') },
    depths: { type: 'string', default: '8,10' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string' },
    workers: { type: 'string' },
    flat: { type: 'boolean', default: false },
    command: { type: 'string' },
    process: { type: 'boolean', default: false },
    json: { type: 'string', default: path.join(CACHE, 'results.json') },
  },
});

const isSize = (name: string): name is SizeName => name in SIZES;

const fail = (message: string): never => {
  console.error(`bench: ${message}`);
  process.exit(1);
};

const sizes = flags.sizes.split(',').map((name) => {
  return isSize(name) ? name : fail(`--sizes takes ${Object.keys(SIZES).join(', ')}, not ${name}`);
});
const depths = flags.depths.split(',').map((text) => {
  return text === '8' ? 8 : text === '10' ? 10 : fail(`--depths takes 8, 10, not ${text}`);
});
const rounds = Number(flags.rounds);
if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds takes a number, not ${flags.rounds}`);
const { only } = flags;
if (only !== undefined && only !== 'wasm' && only !== 'reference') {
  fail(`--only takes wasm or reference, not ${only}`);
}

/** The command as a process, where its script is named. */
const processTasks = (clip: Clip): readonly Task[] =>
  flags.command === undefined
    ? []
    : [processTask(clip, flags.command, rounds), startTask(flags.command, rounds)];

/** The command as a process and what it is measured against: the same work, warm. */
const againstWarm = (clip: Clip): readonly Task[] => [
  wholeTask(clip, { count: 1, threads: 0, frames: clip.frames, rounds, backend: 'wasm' }),
  ...processTasks(clip),
];

const threadCounts = flags.workers?.split(',').map((text) => {
  return /^\d+$/.test(text) ? Number(text) : fail(`--workers takes numbers, not ${text}`);
});

/** One and four distorted videos over several numbers of workers, read by them and sent to them. */
const workerTasks = (clip: Clip, counts: readonly number[]): readonly Task[] => {
  const base = { backend: 'wasm', frames: clip.frames, rounds } as const;
  const few = Math.min(3, rounds);
  return [
    ...counts.map((threads) => wholeTask(clip, { ...base, count: 1, threads })),
    ...counts
      .filter((threads) => threads > 0)
      .map((threads) => wholeTask(clip, { ...base, count: 1, threads, streamed: true })),
    ...counts.map((threads) => wholeTask(clip, { ...base, count: 4, threads, rounds: few })),
  ];
};

const tasksOf = (clip: Clip, size: SizeName): readonly Task[] => {
  if (threadCounts !== undefined) return workerTasks(clip, threadCounts);
  const frames = FRAMES[size];
  const whole = { count: 1, threads: 0, frames: clip.frames, rounds } as const;
  const wasm = [
    ...kernelTasks(clip, KERNELS.wasm, frames, rounds),
    wholeTask(clip, { ...whole, backend: 'wasm' }),
    wholeTask(clip, { ...whole, backend: 'wasm', withAim: true }),
    ...[2, 4, 8].map((count) =>
      wholeTask(clip, { ...whole, backend: 'wasm', count, rounds: Math.min(3, rounds) }),
    ),
    ...[1, 2].map((threads) => wholeTask(clip, { ...whole, backend: 'wasm', threads })),
    ...processTasks(clip),
  ];
  // Where this engine's joining was tried: the same, joined to 256 bits.
  const joined = E.isLeft(JOINED)
    ? []
    : [
        ...kernelTasks(clip, JOINED.right, frames, rounds),
        wholeTask(clip, { ...whole, backend: 'wasm-paired' }),
        wholeTask(clip, { ...whole, backend: 'wasm-paired', withAim: true }),
      ];
  // Seconds per frame where the pictures are large: once has to do.
  const few = size === '360p' ? Math.min(3, rounds) : 1;
  const reference = [
    ...kernelTasks(clip, KERNELS.reference, 1, few),
    wholeTask(clip, { ...whole, backend: 'reference', frames: 2, rounds: few }),
  ];
  return [
    ...(only === 'reference' ? [] : [...wasm, ...joined]),
    ...(only === 'wasm' ? [] : reference),
    ...(clip.format.bitDepth === 8 && hasX264() ? [x264Task(clip, Math.min(3, rounds))] : []),
  ];
};

/** VIF's finest scale is what VIF takes more with it than without. */
const withScale0 = (timings: readonly Timing[]): readonly Timing[] =>
  timings.flatMap((timing) => {
    const upper = timings.find(({ name }) => name === `${timing.name} without scale 0`);
    return upper === undefined
      ? [timing]
      : [timing, difference(`${timing.name} scale 0`, timing, upper)];
  });

const report = async (content: Content, size: SizeName, depth: 8 | 10): Promise<ClipReport> => {
  const clip = clipOf(CACHE, content, size, depth);
  const tasks = flags.process ? againstWarm(clip) : tasksOf(clip, size);
  const measured = await measure(tasks, (round) => {
    process.stderr.write(`\r${clip.name}: round ${round} of ${rounds} `);
  });
  const timings = withScale0(measured);
  process.stderr.write('\r\u001b[K');
  const yardstick = timings.find(({ name }) => name.startsWith('x264'))?.cpu;
  return { clip, ...(yardstick === undefined ? {} : { yardstick }), timings };
};

const machine = {
  ...describeMachine(),
  joined: E.isLeft(JOINED) ? `no: ${JOINED.left}` : 'wasm-paired',
};
console.log(
  `${Object.entries(machine)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n`,
);
const reports: ClipReport[] = [];
for (const content of ['texture', ...(flags.flat ? (['flat'] as const) : [])] as const) {
  for (const size of sizes) {
    for (const depth of depths) {
      const one = await report(content, size, depth);
      reports.push(one);
      console.log(table(one));
    }
  }
}
writeFileSync(flags.json, `${JSON.stringify({ machine, reports }, null, 2)}\n`);
console.log(`results: ${path.relative(process.cwd(), flags.json)}`);
