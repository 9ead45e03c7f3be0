/** The targets there are. Another one is a line here. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { b1 } from './b1.js';
import type { Target } from './target.js';

/** Every target. */
export const TARGETS: readonly Target[] = [b1];

/** A target by id. Left: `BadArgument` that names those there are. */
export const findTarget = (id: string): E.Either<TinyVmafError, Target> => {
  const target = TARGETS.find((each) => each.id === id);
  return target === undefined
    ? E.left({
        _tag: 'BadArgument',
        argument: 'target',
        rule: `must be ${TARGETS.map((each) => `${each.id} (${each.title})`).join(' or ')}`,
        value: id,
      })
    : E.right(target);
};
