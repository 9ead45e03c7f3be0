/** What every subcommand is given. */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Terminal } from './terminal/terminal.js';

/** Surroundings of a running command. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Version of the package. */
  readonly version: string;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Seconds since some fixed moment. */
  readonly now: () => number;
  /** Runs a command's program and keeps its outcome for the exit status. */
  run(program: TE.TaskEither<TinyVmafError, unknown>): Promise<void>;
}
