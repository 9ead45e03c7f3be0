/**
 * Gives timers and signals a turn between frames.
 */

/** Milliseconds of work after which timers and signals get a turn. */
const TURN = 25;

/**
 * Lets the event loop run now and then. Kernels are synchronous, and sources
 * may answer without a real wait: an abort by timer or Ctrl-C needs a gap.
 */
export const createBreather = (): (() => Promise<void>) => {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < TURN) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
};
