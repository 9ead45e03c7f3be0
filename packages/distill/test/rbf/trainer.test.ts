import { errorMessage, unwrap } from '@tinyvmaf/core';
import { BUILT_IN, buildArchitecture, type Weights } from '@tinyvmaf/models';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { findTarget, findTrainer, type Recipe, type TrainingJob } from '../../src/index.js';
import { stand, tiny } from '../teacher.js';

const start = async (recipe: Recipe, saved?: unknown): Promise<E.Either<string, TrainingJob>> => {
  const architecture = BUILT_IN.get('a5')!;
  const { graph, options } = unwrap(buildArchitecture(architecture, recipe.architecture.options));
  const data = await unwrap(findTarget('b1')).prepare({ recipe, teacher: stand })();
  return E.mapLeft(errorMessage)(
    unwrap(findTrainer('rbf', 'a5')).start(
      {
        recipe,
        architecture,
        architectureOptions: options,
        graph,
        data: unwrap(data),
      },
      saved,
    ),
  );
};

const job = async (recipe: Recipe, saved?: unknown): Promise<TrainingJob> => {
  const result = await start(recipe, saved);
  if (E.isLeft(result)) throw new Error(result.left);
  return result.right;
};

const numbers = (weights: Weights): Record<string, number[]> =>
  Object.fromEntries([...weights].map(([name, values]) => [name, [...values]]));

describe('the trainer', () => {
  it('goes on from what it saved, at every seventh step, to the same bits', async () => {
    const whole = await job(tiny);
    let steps = 0;
    let loss = 0;
    for (; !whole.done; steps++) loss = unwrap(whole.advance()).loss;
    expect(loss).toBeLessThan(1);

    let parts = await job(tiny);
    for (let step = 1; !parts.done; step++) {
      unwrap(parts.advance());
      // Through text, as in a file.
      if (step % 7 === 0) {
        parts = await job(tiny, JSON.parse(JSON.stringify(parts.save())) as unknown);
      }
    }
    expect(numbers(unwrap(parts.result()))).toEqual(numbers(unwrap(whole.result())));
  });

  it('needs no trial of a single start', async () => {
    const one: Recipe = {
      ...tiny,
      trainer: {
        id: 'rbf',
        options: {
          starts: { points: 300, orthogonal: 1, spread: 0, iterations: 0 },
          polish: { points: 300, keep: 1, iterations: 5 },
          ridge: 1e-14,
        },
      },
    };
    const training = await job(one);
    expect(unwrap(training.advance())).toMatchObject({ stage: 'start 1', step: 0, steps: 5 });
    expect(unwrap(training.advance())).toMatchObject({ stage: 'polish 1', step: 1 });
  });

  it('names what is wrong in options and checkpoints', async () => {
    const wrong = { ...tiny, trainer: { id: 'rbf', options: { ridge: -1 } } };
    const message = await start(wrong);
    expect(message).toMatchObject({ _tag: 'Left' });
    expect(E.isLeft(message) && message.left).toContain('trainer.options');
    const checkpoint = await start(tiny, { step: 'x' });
    expect(E.isLeft(checkpoint) && checkpoint.left).toContain('checkpoint');
  });

  it('trains what it can, and says what that is', () => {
    const messages = [findTrainer('magic', 'a5'), findTrainer('rbf', 'a1'), findTarget('b9')].map(
      (result) => (E.isLeft(result) ? errorMessage(result.left) : 'none'),
    );
    expect(messages[0]).toMatch(/^trainer.id must be rbf.*, got "magic"\.$/);
    expect(messages[1]).toBe('arch must be a5 for the trainer rbf, got "a1".');
    expect(messages[2]).toMatch(/^target must be b1 \(the scores of the teacher\).*, got "b9"\.$/);
  });
});
