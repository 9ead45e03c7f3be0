/**
 * Keeps the event loop alive while a native decoder works. Pending decodes of
 * an add-on do not count as work for Node: with nothing else pending the
 * process would end in the middle of a `for await`, silently, with status 13.
 */

/**
 * Holds the event loop with a referenced timer.
 * @param tick called every `periodMs`, so that a lost notification cannot stall a loop.
 * @returns lets go.
 */
export const holdEventLoop = (tick: () => void, periodMs: number): (() => void) => {
  const timer = setInterval(tick, periodMs);
  return () => clearInterval(timer);
};
