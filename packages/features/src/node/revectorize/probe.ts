/**
 * Whether joining pairs of vectors gains anything here. No engine tells what
 * instructions a processor has, and some that have 256-bit ones run them in two
 * halves, so it is tried: a small loop, joined and not, is timed.
 */
import { JOINING_WASM } from '../../generated/joining-wasm.js';
import { bytesOf, compileAtOnce, compileJoined } from './compile.js';

/** How many times as fast the joined loop is at least where it pays; 1.8 to 2 with AVX2, 1 without. */
export const LEAST_GAIN = 1.3;

/** Tries of each, of which the fastest counts: others may be interrupted. */
const TRIES = 24;

/** Rounds of one try, about 30 microseconds. */
const ROUNDS = 100;

interface Loop {
  run(rounds: number): void;
  result(): number;
}

/** An instance is what the module's source says it exports. */
const loopOf = (module: WebAssembly.Module): Loop =>
  new WebAssembly.Instance(module).exports as unknown as Loop;

/** Time of a loop's fastest try, in milliseconds. */
const fastest = (loop: Loop, best: number): number => {
  const started = performance.now();
  loop.run(ROUNDS);
  return Math.min(best, performance.now() - started);
};

/**
 * How many times as fast a joined loop is as one that is not; 0 if it is wrong.
 * Takes some milliseconds. Only for engines whose joining was tried.
 */
export const joiningGain = (): number => {
  const bytes = bytesOf(JOINING_WASM);
  const joined = loopOf(compileJoined(bytes));
  const plain = loopOf(compileAtOnce(bytes));
  let [fast, slow] = [Infinity, Infinity];
  for (let i = 0; i < TRIES; i++) {
    fast = fastest(joined, fast);
    slow = fastest(plain, slow);
  }
  return joined.result() === plain.result() ? slow / fast : 0;
};

let pays: boolean | undefined;

/** Whether joining pays on this machine. Tried once. */
export const joiningPays = (): boolean => {
  pays ??= joiningGain() >= LEAST_GAIN;
  return pays;
};
