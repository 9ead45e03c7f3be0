// Damaged model files for property tests: valid ones with text or values
// changed, and text of no sense at all.
import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { errorMessage } from '@tinyvmaf/core';
import { createPredictor, parseLibsvm, parseModel } from '../src/index.js';
import { SMALL_SVM, smallCollection, smallModel } from './synthetic.js';

const SCRAPS = [
  ' ',
  '\n',
  '\r\n',
  '\0',
  ':',
  ',',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '0',
  '1',
  '-',
  '.',
  'e',
  '1e999',
  '-1e-999',
  'nan',
  'inf',
  'null',
  'true',
  '"true"',
  '0:1',
  '7:1',
  '2:1 1:1',
  'SV',
  'total_sv',
  '99999999',
  'gamma',
  '"model_dict"',
  '"__proto__"',
  '"0"',
  '"slopes"',
  '[[[[[[[[[[[[[[[[[',
  '\ud800',
  'é',
];

const scrap = fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ maxLength: 3, unit: 'binary' }));

/** A text with a few places overwritten, cut, doubled or filled in. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(12), scrap), { minLength: 0, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (now, [at, length, put]) => now.slice(0, at) + put + now.slice(at + length),
        text,
      ),
    );

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    [0, 100],
    [1e308, -1e308],
    'none',
    'true',
    [
      [0, 0],
      [1, 1],
    ],
    0,
  ),
);

const KEYS = [
  'model_type',
  'feature_names',
  'feature_opts_dicts',
  'norm_type',
  'slopes',
  'intercepts',
  'score_clip',
  'score_transform',
  'model',
  'chroma_correction_parameter',
  '__proto__',
  'other',
];

const wrongValues = fc
  .dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 3, noNullPrototype: true })
  .map((changes) => smallModel(changes));

const collection = smallCollection(4);

/** Texts for the model parser. */
export const modelText: fc.Arbitrary<string> = fc.oneof(
  damaged(
    smallModel({
      score_transform: {
        enabled: true,
        p1: 1,
        knots: [
          [0, 0],
          [50, 60],
        ],
      },
    }),
  ),
  damaged(collection),
  wrongValues,
  damaged(SMALL_SVM).map((model) => smallModel({ model })),
  fc.string({ unit: 'binary' }),
  fc.json(),
);

/** Texts for the libsvm parser. */
export const libsvmText: fc.Arbitrary<string> = fc.oneof(
  damaged(SMALL_SVM),
  fc.array(scrap, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.array(scrap, { maxLength: 12 }).map((parts) => `${SMALL_SVM}${parts.join(' ')}`),
);

/** An error within the union with a message, or a model that gives finite numbers or errors. */
export const modelHolds = (text: string): boolean => {
  const parsed = parseModel(text, 'm.json');
  if (E.isLeft(parsed)) {
    return parsed.left._tag === 'ModelFormat' && errorMessage(parsed.left).length > 0;
  }
  const { inputs } = parsed.right;
  const result = createPredictor(parsed.right, { enableTransform: true }).predictEither(
    Float64Array.from(inputs, (_, i) => 0.5 + i),
  );
  if (E.isLeft(result)) return result.left._tag === 'ModelFormat';
  return Number.isFinite(result.right.score);
};

/** An error that names a line, or finite numbers only. */
export const libsvmHolds = (text: string): boolean => {
  const parsed = parseLibsvm(text, { source: 'm.json', width: 2 });
  if (E.isLeft(parsed)) {
    return parsed.left._tag === 'ModelFormat' && /^model line \d+$/.test(parsed.left.path);
  }
  const { gamma, rho, count, coefficients, values } = parsed.right;
  return (
    [gamma, rho, ...coefficients, ...values].every(Number.isFinite) &&
    coefficients.length === count &&
    values.length === 2 * count
  );
};
