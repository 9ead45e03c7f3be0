/**
 * Ends a demuxer that runs in circles. On damaged files its search for the
 * next element may never advance, in one chain of microtasks: no timer fires,
 * no signal is heard, the program stands still. The only thing such a loop
 * does is ask its source for bytes, so the source counts.
 */
import { TinyVmafException } from '@tinyvmaf/core';

/** Milliseconds without a turn of the event loop, and … */
const MAX_MS = 2000;
/** … questions to the source in that time. Sound files need a few thousand. */
const MAX_QUESTIONS = 200_000;
/** Questions between looks at the clock. */
const CLOCK_EVERY = 4096;

/**
 * The same object, counting every use. Throws `DamagedInput` into the loop
 * that asks without end.
 */
export const guardAgainstSpinning = <Source extends object>(
  source: string,
  guarded: Source,
): Source => {
  let questions = 0;
  let turnStarted: number | undefined;
  const count = (): void => {
    if (turnStarted === undefined) {
      turnStarted = performance.now();
      // Runs as soon as the event loop turns: then nobody spins.
      setTimeout(() => {
        turnStarted = undefined;
        questions = 0;
      }, 0);
    }
    questions++;
    if (questions % CLOCK_EVERY !== 0 || questions < MAX_QUESTIONS) return;
    if (performance.now() - turnStarted < MAX_MS) return;
    throw new TinyVmafException({
      _tag: 'DamagedInput',
      source,
      problem: 'its container sends the demuxer in circles',
    });
  };
  return new Proxy(guarded, {
    get(target, key): unknown {
      count();
      return Reflect.get(target, key);
    },
  });
};
