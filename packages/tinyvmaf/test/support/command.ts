// The command, in this process: argument words in, streams and exit status out.
import { runCommand } from '../../src/cli/program.js';

/** What a run of the command left behind. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `tinyvmaf` with these words; not a terminal, no colours. */
export const tinyvmaf = async (...argv: readonly string[]): Promise<Outcome> => {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runCommand(
    argv,
    {
      out: (text) => {
        out.push(text);
        return Promise.resolve();
      },
      err: (text) => {
        err.push(text);
      },
      interactive: false,
      outInteractive: false,
      color: false,
    },
    new AbortController().signal,
    '0.0.0-test',
  );
  return { status, stdout: out.join(''), stderr: err.join('') };
};

/** libvmaf's JSON log as the tests read it. */
export interface Log {
  readonly frames: readonly {
    readonly frameNum: number;
    readonly metrics: Readonly<Record<string, number>>;
  }[];
  readonly pooled_metrics: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly tinyvmaf?: { readonly warnings: readonly { readonly code: string }[] };
}

/** The JSON log on standard output; fails with stderr where there is none. */
export const logOf = (outcome: Outcome): Log => {
  if (outcome.status !== 0) throw new Error(`exit status ${outcome.status}: ${outcome.stderr}`);
  return JSON.parse(outcome.stdout) as Log;
};

/** Per-frame scores of a log under a key. */
export const scoresOf = (log: Log, key = 'vmaf'): readonly number[] =>
  log.frames.map(({ metrics }) => metrics[key] ?? NaN);

/** Pooled mean of a key. */
export const meanOf = (log: Log, key = 'vmaf'): number => log.pooled_metrics[key]?.['mean'] ?? NaN;
