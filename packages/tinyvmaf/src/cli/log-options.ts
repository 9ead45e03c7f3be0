/** The options that say how results are written. */
import {
  csvLog,
  jsonLog,
  ndjsonLog,
  subLog,
  xmlLog,
  type Precision,
  type ScoreReport,
} from '@tinyvmaf/score';
import { Option, type Command } from 'commander';
import { numberChoice } from './arguments.js';

/** Formats of a log. */
export type LogFormat = (typeof LOG_FORMATS)[number];

const LOG_FORMATS = ['xml', 'json', 'csv', 'sub', 'ndjson'] as const;

/** Log options as commander hands them over. */
export interface LogFlags {
  /** The last format flag on the command line, as `vmaf` takes it. */
  readonly format?: LogFormat;
  readonly extended?: boolean;
  readonly output?: string;
  /** Where the summary of several videos goes. */
  readonly summary?: string;
  readonly precision?: Precision;
  readonly quiet?: boolean;
}

/** Adds the log options to a command. */
export const addLogOptions = (command: Command): Command => {
  for (const format of LOG_FORMATS) {
    command.on(`option:${format}`, () => command.setOptionValue('format', format));
  }
  return command
    .optionsGroup('Output:')
    .option(
      '-o, --output <file>',
      'write the log there (- is standard output); for several videos a folder, or a name with {name}',
    )
    .option('--summary <file>', 'several videos: one CSV with sizes, bitrates and all pools')
    .option('--json', "libvmaf's JSON log")
    .option('--xml', "libvmaf's XML log (its default)")
    .option('--csv', "libvmaf's CSV log")
    .option('--sub', "libvmaf's subtitle log")
    .option('--ndjson', 'one JSON object a line, as frames are done')
    .option('--extended', 'add what tinyvmaf knows beyond libvmaf to the JSON log')
    .addOption(
      new Option('--precision <digits>', '6 decimals, or 17 significant digits').argParser(
        numberChoice(6, 17),
      ),
    )
    .option('-q, --quiet', 'no progress, no remarks; warnings and errors stay');
};

/** A report in one of the formats, whole. */
export const renderLog = (report: ScoreReport, format: LogFormat, flags: LogFlags): string => {
  const options = { precision: flags.precision ?? 6 };
  switch (format) {
    case 'ndjson':
      return ndjsonLog(report, flags.precision ?? 17);
    case 'xml':
      return xmlLog(report, options);
    case 'json':
      return jsonLog(report, { ...options, extended: flags.extended === true });
    case 'csv':
      return csvLog(report, options);
    case 'sub':
      return subLog(report, options);
  }
};
