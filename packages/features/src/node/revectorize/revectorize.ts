/**
 * Whether a run uses the paired kernels, and what became of that. Programs ask
 * for it; a library that is merely imported never changes flags of the engine.
 */
import type { RunningBackend } from '../../backends/choose.js';
import type { Extractor } from '../../extractor/extractor.js';
import type { ExtractorWarning } from '../../extractor/plan.js';
import { whyNot, type EngineVersion } from './tried.js';

/**
 * `off` (default): 128-bit kernels. `auto`: 256 bits where that was tried, else
 * 128. `on`: the same, with a warning where it cannot be.
 */
export type Revectorize = 'auto' | 'on' | 'off';

/** What may be asked for, in the order for messages. */
export const REVECTORIZE_CHOICES: readonly Revectorize[] = ['auto', 'on', 'off'];

/** This engine. */
export const HERE: EngineVersion = { v8: process.versions.v8, arch: process.arch };

/** What is decided for a run, and what it finds out. */
export interface Revectorizing {
  /** Whether the paired kernels are to be used; not any more once they were wrong. */
  used(): boolean;
  /** To be called if they turn out wrong in the first frames. */
  reject(): void;
  /** Name of the backend in use, so far as is known. */
  backend(): RunningBackend;
  /** Codes `revectorize-unavailable`, `revectorize-rejected`. */
  warnings(): readonly ExtractorWarning[];
}

/**
 * Decides for a run.
 * @param backend what would run without.
 * @param vif whether VIF is computed, the one kernel that is built in pairs.
 * @param engine default: this one.
 */
export const decide = (
  choice: Revectorize,
  backend: RunningBackend,
  vif: boolean,
  engine: EngineVersion = HERE,
): Revectorizing => {
  const reason =
    backend !== 'wasm'
      ? `the backend ${backend} has no vectors`
      : vif
        ? whyNot(engine)
        : 'only VIF has 256-bit kernels, and it is not computed';
  const possible = choice !== 'off' && reason === undefined;
  let rejected = false;
  const used = (): boolean => possible && !rejected;
  return {
    used,
    reject: () => {
      rejected = true;
    },
    backend: () => (used() ? 'wasm-paired' : backend),
    warnings: () => {
      if (rejected) return [REJECTED];
      return choice === 'on' && reason !== undefined ? [unavailable(reason)] : [];
    },
  };
};

const REJECTED: ExtractorWarning = {
  code: 'revectorize-rejected',
  message:
    'The 256-bit kernels gave other sums than the 128-bit ones in the first frames, so the 128-bit ones computed this. Please report it, with the versions of Node and the processor.',
};

const unavailable = (reason: string): ExtractorWarning => ({
  code: 'revectorize-unavailable',
  message: `No vectors of 256 bits are used; the results are the same: ${reason}.`,
});

/** An extractor that tells what has become of the paired kernels. */
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
