/** `tinyvmaf demo`: the embedded pair, frame by frame. */
import { FEATURES, formatFixed, type TinyVmafError } from '@tinyvmaf/core';
import type { ScoreReport, Warning } from '@tinyvmaf/score';
import { scoreTE } from '@tinyvmaf/score/node';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../context.js';
import { demoPair } from '../../demo/demo.js';
import { DEMO } from '../../demo/pattern.js';
import { table } from '../terminal/table.js';

/** Adds the subcommand. */
export const addDemoCommand = (program: Command, context: CommandContext): void => {
  program
    .command('demo')
    .description('score a small embedded pair, frame by frame')
    .helpOption('--help', 'show this help')
    .option('--teacher <path>', 'model file or folder to look in first')
    .action((flags: { readonly teacher?: string }) => context.run(demo(flags, context)));
};

const demo = (
  flags: { readonly teacher?: string },
  context: CommandContext,
): TE.TaskEither<TinyVmafError, void> =>
  F.pipe(
    scoreTE({
      ...demoPair(),
      ...flags,
      features: ['adm', 'motion', 'vif'],
      signal: context.signal,
    }),
    TE.flatMapTask((report) => () => context.terminal.out(render(report))),
  );

const render = (report: ScoreReport): string => {
  const { series } = report;
  const columns = [
    ...FEATURES.map((name) => ({ title: name, key: `integer_${name}` })),
    ...report.models.map(({ name }) => ({ title: name, key: name })),
  ];
  const header = ['frame', ...columns.map(({ title }) => title)];
  const rows = series.frames.map((frame, row) => [
    String(frame),
    ...columns.map(({ key }) => formatFixed(series.column(key)[row] ?? NaN, 6)),
  ]);
  const means = ['mean', ...columns.map(({ key }) => formatFixed(series.pooled(key).mean, 6))];
  return [
    `A textured pan with a moving disc, ${DEMO.width}x${DEMO.height}, ${DEMO.frames} frames, against a coarsely quantised copy.\n\n`,
    table(header, [...rows, means]),
    ...report.warnings.filter(({ code }) => code === 'student-instead-of-teacher').map(remark),
  ].join('');
};

const remark = ({ message }: Warning): string => `\n${message}\n`;
