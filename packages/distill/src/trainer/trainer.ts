/**
 * The contract of trainers. A trainer is a job of many small steps whose state
 * between two steps is plain data: a run writes it down now and then, and a job
 * started from it goes on to the same numbers.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { Architecture, LayerGraph, Weights } from '@tinyvmaf/models';
import type { either as E } from 'fp-ts';
import type { Recipe } from '../recipe/recipe.js';
import type { TrainingSet } from '../target/target.js';

/** What a job is made from. */
export interface TrainerInput {
  /** What is asked for. */
  readonly recipe: Recipe;
  /** The architecture it names. */
  readonly architecture: Architecture;
  /** Options of the architecture, decoded. */
  readonly architectureOptions: unknown;
  /** Its graph for these options. */
  readonly graph: LayerGraph;
  /** What is to be learned. */
  readonly data: TrainingSet;
}

/** Where a job is. */
export interface Progress {
  /** Part of the work: `start 2`, `polish 1`. */
  readonly stage: string;
  /** Steps taken in all. */
  readonly step: number;
  /** Most steps there may be in all. */
  readonly steps: number;
  /** Root of the mean weighted squared error, points of VMAF. */
  readonly loss: number;
}

/** A training under way. */
export interface TrainingJob {
  /** Whether every step is done. */
  readonly done: boolean;
  /** One step: a fraction of a second. */
  advance(): E.Either<TinyVmafError, Progress>;
  /** The state as JSON data. */
  save(): unknown;
  /** The trained weights; once `done`. */
  result(): E.Either<TinyVmafError, Weights>;
}

/** A way to train. */
export interface Trainer {
  /** As recipes name it: `rbf`. */
  readonly id: string;
  /** Architectures it can train; absent: all that {@link Trainer.start} takes. */
  readonly architectures?: readonly string[];
  /**
   * Starts a job, or goes on from what {@link TrainingJob.save} gave.
   * @returns left `TableFormat` for options or a state that it does not understand,
   *   `BadArgument` for a graph that it cannot train.
   */
  start(input: TrainerInput, saved?: unknown): E.Either<TinyVmafError, TrainingJob>;
}
