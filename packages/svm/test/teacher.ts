// Netflix's model files, where they lie beside the checkout.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { either as E } from 'fp-ts';
import { errorMessage } from '@tinyvmaf/core';
import { SHARED } from '@tinyvmaf/testkit';
import { parseModel, type Model } from '../src/index.js';

/** Folder of the model files. */
export const TEACHER = resolve(SHARED, 'teacher');

/** Text of a model file. */
export const teacherText = (file: string): string => readFileSync(resolve(TEACHER, file), 'utf8');

/** The model of a text; throws with the message where it is none. */
export const modelOf = (text: string, source = 'model.json'): Model => {
  const parsed = parseModel(text, source);
  if (E.isLeft(parsed)) throw new Error(errorMessage(parsed.left));
  return parsed.right;
};

/** A model by version name. */
export const teacher = (version: string): Model =>
  modelOf(teacherText(`${version}.json`), `${version}.json`);

/** Message of a left. */
export const messageOf = (result: E.Either<Parameters<typeof errorMessage>[0], unknown>): string =>
  E.isLeft(result) ? errorMessage(result.left) : 'no error';
