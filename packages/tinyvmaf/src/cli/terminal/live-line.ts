/**
 * A line that says how far long work is: a moving one on a terminal, else a
 * line now and then. Between its updates other text can be said.
 */
import type { Terminal } from './terminal.js';

/** Seconds between two updates: where somebody watches, and where not. */
const REFRESH = { watched: 0.1, unwatched: 60 } as const;

/** The line. */
export interface LiveLine {
  /** Shows how far the work is, where it is time to. */
  update(text: () => string): void;
  /** Says something that stays. */
  say(text: string): void;
  /** Takes a moving line away. */
  clear(): void;
}

/** @param now seconds since some fixed moment. @param quiet no line at all. */
export const createLiveLine = (terminal: Terminal, now: () => number, quiet: boolean): LiveLine => {
  const every = terminal.interactive ? REFRESH.watched : REFRESH.unwatched;
  let shown = now();
  let isShown = false;
  const clear = (): void => {
    if (isShown) terminal.err('\r\u001b[K');
    isShown = false;
  };
  return {
    clear,
    say(text) {
      clear();
      terminal.err(text);
    },
    update(text) {
      if (quiet || now() - shown < every) return;
      shown = now();
      terminal.err(terminal.interactive ? `\r\u001b[K${text()}` : `${text()}\n`);
      isShown = terminal.interactive;
    },
  };
};
