/**
 * A few workers over a queue that may grow while they work.
 */

/** Work that may be added to while it is done. */
export interface Queue {
  /** Puts work behind all other work. */
  add(work: () => Promise<void>): void;
  /** Puts work before all other work, in this order. */
  addFirst(work: readonly (() => Promise<void>)[]): void;
  /** Drops what has not begun. */
  clear(): void;
  /** Does everything; resolves when nothing is left or in work. Work must not throw. */
  drain(workers: number): Promise<void>;
}

/** An empty queue. */
export const createQueue = (): Queue => {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  let wake: () => void = () => undefined;
  let limit = 0;
  const pump = (): void => {
    while (running < limit) {
      const work = waiting.shift();
      if (work === undefined) break;
      running++;
      void work().finally(() => {
        running--;
        pump();
      });
    }
    if (running === 0 && waiting.length === 0) wake();
  };
  return {
    add: (work) => {
      waiting.push(work);
      pump();
    },
    addFirst: (work) => {
      waiting.unshift(...work);
      pump();
    },
    clear: () => {
      waiting.length = 0;
    },
    drain: (workers) => {
      limit = workers;
      return new Promise((resolve) => {
        wake = resolve;
        pump();
      });
    },
  };
};
