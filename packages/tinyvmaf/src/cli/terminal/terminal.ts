/**
 * The process's streams as the commands see them: writes that wait for the
 * reader, a reader that went away, and whether a person is watching.
 */
import process from 'node:process';

/** Status when the reader of a pipe has gone, as a shell reports SIGPIPE. */
export const PIPE_CLOSED = 141;

/** Where a command writes and what it may assume of the other side. */
export interface Terminal {
  /** Results. Resolves once the text is handed on, so that slow readers are waited for. */
  out(text: string): Promise<void>;
  /** Progress, warnings and errors. */
  err(text: string): void;
  /** Whether stderr is a terminal: progress makes sense. */
  readonly interactive: boolean;
  /** Whether colours may be used on stderr: a terminal, and `NO_COLOR` not set. */
  readonly color: boolean;
  /** Whether stdout is a terminal. */
  readonly outInteractive: boolean;
}

/** The real process. */
export const processTerminal = (): Terminal => {
  // Without a listener a closed pipe would end in a stack trace.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? PIPE_CLOSED : 7);
  });
  process.stderr.on('error', () => undefined);
  const interactive = process.stderr.isTTY;
  const noColor = (process.env['NO_COLOR'] ?? '') !== '';
  return {
    out: (text) =>
      new Promise((resolve) => {
        process.stdout.write(text, () => {
          resolve();
        });
      }),
    err: (text) => {
      process.stderr.write(text);
    },
    interactive,
    color: interactive && !noColor,
    outInteractive: process.stdout.isTTY,
  };
};

/** Text in bold red, yellow or dim where the terminal shows colours. */
export const paint = (
  terminal: Terminal,
  style: 'error' | 'warning' | 'dim',
  text: string,
): string => {
  const codes = { error: '1;31', warning: '33', dim: '2' } as const;
  return terminal.color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
};
