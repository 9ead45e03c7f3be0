/**
 * Whether a run uses the joined kernels, and what became of that. Programs ask
 * for it; a library that is merely imported never changes flags of the engine.
 */
import type { RunningBackend } from '../../backends/choose.js';
import type { Extractor } from '../../extractor/extractor.js';
import type { ExtractorWarning } from '../../extractor/plan.js';
import { HERE, whyNot, type EngineVersion } from './tried.js';

/**
 * `off` (default): 128-bit kernels. `auto`: 256 bits where that was tried and
 * pays, else 128. `on`: the same, with a warning where it cannot be.
 */
export type Revectorize = 'auto' | 'on' | 'off';

/** What may be asked for, in the order for messages. */
export const REVECTORIZE_CHOICES: readonly Revectorize[] = ['auto', 'on', 'off'];

/** What is decided for a program's runs, and what they find out. */
export interface Revectorizing {
  /** Whether the next run uses the joined kernels; not any more once they were wrong. */
  used(): boolean;
  /** A run begins to use them, in so many threads, at least 1. */
  begin(threads: number): void;
  /** To be called once by each thread in which they turn out wrong in the first frames. */
  reject(): void;
  /** Name of the backend in use, so far as is known: `wasm-paired` while any thread uses it. */
  backend(): RunningBackend;
  /** Codes `revectorize-unavailable`, `revectorize-rejected`. */
  warnings(): readonly ExtractorWarning[];
}

/**
 * Decides for a program.
 * @param backend what would run without.
 * @param engine default: this one.
 */
export const decide = (
  choice: Revectorize,
  backend: RunningBackend,
  engine: EngineVersion = HERE,
): Revectorizing => {
  // Trying the processor costs a little: only for who asks.
  const reason = choice === 'off' ? undefined : reasonAgainst(backend, engine);
  const possible = choice !== 'off' && reason === undefined;
  let threads = 1;
  let rejections = 0;
  return {
    used: () => possible && rejections === 0,
    begin: (count) => {
      threads = Math.max(1, count);
    },
    reject: () => {
      rejections++;
    },
    backend: () => (possible && rejections < threads ? 'wasm-paired' : backend),
    warnings: () => {
      if (rejections > 0) return [rejected(Math.min(rejections, threads), threads)];
      return choice === 'on' && reason !== undefined ? [unavailable(reason)] : [];
    },
  };
};

const reasonAgainst = (backend: RunningBackend, engine: EngineVersion): string | undefined =>
  backend === 'wasm' ? whyNot(engine) : `the backend ${backend} has no vectors`;

const rejected = (count: number, threads: number): ExtractorWarning => ({
  code: 'revectorize-rejected',
  message: `The 256-bit kernels gave other sums than the 128-bit ones in the first frames${
    threads === 1 ? '' : ` of ${count} of ${threads} threads`
  }, so the 128-bit ones computed ${
    count === threads ? 'this' : 'what these threads did'
  }. Please report it, with the versions of Node and the processor.`,
});

const unavailable = (reason: string): ExtractorWarning => ({
  code: 'revectorize-unavailable',
  message: `No vectors of 256 bits are used; the results are the same: ${reason}.`,
});

/** An extractor that tells what has become of the joined kernels. */
export const telling = (extractor: Extractor, revectorizing: Revectorizing): Extractor => ({
  keys: extractor.keys,
  get backend() {
    return revectorizing.backend();
  },
  get warnings() {
    return [...extractor.warnings, ...revectorizing.warnings()];
  },
  run: (...videos) => extractor.run(...videos),
});
