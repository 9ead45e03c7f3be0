/**
 * The contract of targets: what a student is to learn. A target turns a recipe
 * into a source of labelled rows; trainers ask nothing else.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Recipe } from '../recipe/recipe.js';
import type { Teacher } from '../teacher/teacher.js';

/** Rows with what is to be learned of them. */
export interface Labelled {
  /** `[count, 6]` raw features, canonical order. */
  readonly rows: Float64Array;
  /** `[count]` points of VMAF, not clipped. */
  readonly labels: Float64Array;
}

/** A source of labelled rows. */
export interface TrainingSet {
  /** Who labels. */
  readonly teacher: Teacher;
  /** Rows for a seed: the same ones each time. */
  draw(count: number, seed: number): Labelled;
}

/** What a target may use. */
export interface TargetContext {
  /** What is asked for. */
  readonly recipe: Recipe;
  /** Who labels. */
  readonly teacher: Teacher;
}

/** Something to learn. */
export interface Target {
  /** As recipes name it: `b1`. */
  readonly id: string;
  /** A line for people. */
  readonly title: string;
  /** The rows for a recipe. */
  prepare(context: TargetContext): TE.TaskEither<TinyVmafError, TrainingSet>;
}
