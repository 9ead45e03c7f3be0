// Damaged files of every kind of model: no crash, no hang, no allocation beyond
// the limits; a typed error or a student whose scores are numbers.
import { createRandom, TinyVmafException, unwrap, type Random } from '@tinyvmaf/core';
import { BUILT_IN, buildArchitecture, createStudent, exportOnnx } from '@tinyvmaf/models';
import { randomFrames, randomWeights } from '@tinyvmaf/models/testing';
import { either as E } from 'fp-ts';
import { externalBytes, linearBytes } from './make.js';

const seeds = (): readonly Uint8Array[] => [
  linearBytes(),
  externalBytes('w.bin'),
  ...[...BUILT_IN.values()].map((architecture) => {
    const small = { centres: 3, width: 4, attention: 2 };
    const { graph } = unwrap(buildArchitecture(architecture, small));
    const metadata = { architecture: architecture.id, version: 1, tier: 'nano' } as const;
    return unwrap(exportOnnx({ graph, weights: randomWeights(graph, 3), metadata }));
  }),
];

const INTERESTING = [0, 1, 2, 6, 7, 8, 9, 10, 13, 0x7f, 0x80, 0xfe, 0xff];

const mutated = (bytes: Uint8Array, random: Random): Uint8Array => {
  const out = Array.from(bytes);
  // Half of them change one byte only: those come farthest.
  const gentle = random.below(2) === 0;
  for (let count = gentle ? 1 : 1 + random.below(4); count > 0; count--) {
    const at = random.below(out.length || 1);
    switch (random.below(gentle ? 3 : 7)) {
      case 0:
        out[at] = random.below(256);
        break;
      case 1:
        out[at] = INTERESTING[random.below(INTERESTING.length)]!;
        break;
      case 2:
        out[at] = out[at]! ^ (1 << random.below(8));
        break;
      case 3:
        out.splice(at, 1 + random.below(16));
        break;
      case 4:
        out.splice(at, 0, ...out.slice(at, at + random.below(64)));
        break;
      case 5:
        // A length or size as large as can be.
        out.splice(at, 1, 0xff, 0xff, 0xff, 0xff, 0x0f);
        break;
      default:
        out.length = at;
    }
    if (out.length === 0) out.push(0);
  }
  return Uint8Array.from(out);
};

/** What came of the inputs. */
export interface FuzzResult {
  readonly refused: number;
  readonly scored: number;
  /** Slowest input, milliseconds. */
  readonly slowest: number;
}

/** Throws for anything but a typed error or finite scores. */
export const fuzz = (inputs: number, seed: number): FuzzResult => {
  const random = createRandom(seed);
  const models = seeds();
  const frames = randomFrames(3, 1);
  let refused = 0;
  let scored = 0;
  let slowest = 0;
  for (let i = 0; i < inputs; i++) {
    const bytes = mutated(models[i % models.length]!, random);
    const start = performance.now();
    const student = createStudent(bytes, {
      external: () => new Uint8Array(24),
      checkProbe: random.below(2) === 0,
    });
    if (E.isLeft(student)) {
      if (student.left._tag === 'Internal') throw new Error(student.left.problem);
      refused++;
    } else {
      try {
        const scores = student.right.score(frames);
        if (!scores.every(Number.isFinite)) throw new Error(`scores ${scores.join(', ')}`);
        scored++;
      } catch (error) {
        if (!(error instanceof TinyVmafException) || error.error._tag === 'Internal') throw error;
        refused++;
      }
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  return { refused, scored, slowest };
};
