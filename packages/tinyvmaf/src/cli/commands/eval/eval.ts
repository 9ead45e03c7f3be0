/** `tinyvmaf eval`: how far students are from their teacher, or from opinion scores. */
import { tryTask } from '@tinyvmaf/core';
import { Option, type Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import { choice, repeatable } from '../../arguments.js';
import type { CommandContext } from '../../context.js';

/** Options as commander hands them over. */
export interface EvalFlags {
  readonly model?: readonly string[];
  readonly table?: string;
  readonly store?: string;
  readonly dataRoot?: string;
  readonly against?: 'teacher' | 'labels';
  readonly label?: string;
  readonly teacher?: string;
  readonly teacherModel?: string;
  readonly peers?: string;
  readonly json?: boolean;
}

const HELP = `
Examples:
  tinyvmaf eval --model a5 --data-root clips
  tinyvmaf eval --model mine.onnx --model a5 --table features.csv --peers others/
  tinyvmaf eval --model mine.onnx --data-root clips --against labels --label study/mos

A table has the six features by name, and where it has them source and codec:
what tinyvmaf corpus export writes. What is judged are the bytes of the files.
`;

/** Adds the subcommand. */
export const addEvalCommand = (program: Command, context: CommandContext): void => {
  program
    .command('eval')
    .description('judge students on rows that they never saw')
    .helpOption('-h, --help', 'show this help')
    .optionsGroup('Students:')
    .option(
      '-m, --model <student>',
      'FILE.onnx or a name such as a5; repeatable: the first is shown in full',
      repeatable,
    )
    .option('--peers <folder>', 'compare with every .onnx of a folder')
    .optionsGroup('Rows (one of the three; default: VMAF_DATA_ROOT, VMAF_STORE):')
    .option('--table <file>', 'a CSV file of features')
    .option('--data-root <folder>', 'folder of a corpus whose store has them')
    .option('--store <folder>', 'folder of a store')
    .optionsGroup('Against:')
    .addOption(
      new Option('--against <what>', 'teacher (default), or labels: opinion scores').argParser(
        choice('teacher', 'labels'),
      ),
    )
    .option('--label <name>', 'the opinion score, as dataset/name')
    .option('--teacher-model <version>', 'the teacher (default: that of the first student)')
    .option('--teacher <path>', 'model file or folder to look in first')
    .optionsGroup('Output:')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action((flags: EvalFlags) =>
      context.run(
        F.pipe(
          // Loaded only here: it stands on much that no other command is to wait for.
          tryTask(() => import('./run.js'), 'Loading the evaluation'),
          TE.flatMap(({ runEval }) => runEval(flags, context)),
        ),
      ),
    );
};
