// The command, in this process: argument words in, streams and exit status out.
import { runCommand } from '../../src/cli/program.js';

/** What a run of the command left behind. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `tinyvmaf` with these words; not a terminal, no colours. */
export const tinyvmaf = (...argv: readonly string[]): Promise<Outcome> => tinyvmafIn({}, ...argv);

/** What of the surroundings a test decides. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly interactive?: boolean;
  readonly signal?: AbortSignal;
  /** Told of every text on standard error as it comes. */
  readonly onErr?: (text: string) => void;
}

/** Runs `tinyvmaf` with these words in surroundings of the test's choice. */
export const tinyvmafIn = async (
  { interactive = false, signal, onErr, ...surroundings }: Surroundings,
  ...argv: readonly string[]
): Promise<Outcome> => {
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
        onErr?.(text);
      },
      interactive,
      outInteractive: interactive,
      color: false,
    },
    signal ?? new AbortController().signal,
    '0.0.0-test',
    surroundings,
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
