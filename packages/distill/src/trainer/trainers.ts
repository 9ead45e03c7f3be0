/** The trainers there are. Another one is a line here. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { gradientTrainer } from '../gradient/trainer.js';
import { rbfTrainer } from '../rbf/trainer.js';
import type { Trainer } from './trainer.js';

/** Every trainer. */
export const TRAINERS: readonly Trainer[] = [rbfTrainer, gradientTrainer];

/**
 * The trainer that a recipe names, if it can train the architecture.
 * @returns left `BadArgument` that names the trainers, or the architectures,
 * there are.
 */
export const findTrainer = (id: string, architecture: string): E.Either<TinyVmafError, Trainer> => {
  const trainer = TRAINERS.find((each) => each.id === id);
  if (trainer === undefined) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'trainer.id',
      rule: `must be ${TRAINERS.map((each) => each.id).join(' or ')}`,
      value: id,
    });
  }
  if (trainer.architectures?.includes(architecture) === false) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'arch',
      rule: `must be ${trainer.architectures.join(' or ')} for the trainer ${trainer.id}`,
      value: architecture,
    });
  }
  return E.right(trainer);
};
