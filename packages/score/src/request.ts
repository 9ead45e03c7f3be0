/**
 * Requests as they come from outside, checked once at the public edge: the
 * types of their members. Whether values fit together is judged where they are
 * used.
 */
import { decodeWith, type TinyVmafError } from '@tinyvmaf/core';
import type { Student } from '@tinyvmaf/models';
import type { Model } from '@tinyvmaf/svm';
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';

/** A codec from a type guard; `name` is what messages say is wanted. */
const guarded = <A>(name: string, is: (value: unknown) => value is A): t.Type<A, A, unknown> =>
  new t.Type(
    name,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  );

const has = (value: unknown, member: string, type: 'object' | 'function'): boolean => {
  const found: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, member) : null;
  return found !== null && typeof found === type;
};

/** A {@link FrameSource}, by shape. */
export const frameSource = guarded(
  'an opened video',
  (value): value is FrameSource =>
    has(value, 'format', 'object') &&
    has(value, 'info', 'object') &&
    has(value, 'frames', 'function'),
);

const model = guarded(
  'a model from parseModel',
  (value): value is Model => has(value, 'inputs', 'object') && has(value, 'members', 'object'),
);

const student = guarded(
  'a student from createStudent',
  (value): value is Student =>
    has(value, 'score', 'function') && has(value, 'unclipped', 'function'),
);

const named = t.type({ name: t.string, label: t.string });

const signal = guarded('an AbortSignal', (value): value is AbortSignal =>
  has(value, 'addEventListener', 'function'),
);

const listener = guarded(
  'a function',
  (value): value is (...values: readonly unknown[]) => unknown => typeof value === 'function',
);

/** What every request may have. */
export const settings = t.partial({
  subsample: t.number,
  allowShorter: t.boolean,
  signal,
  onStart: listener,
  onFrame: listener,
});

/** A request on opened sources. */
export const sourcesRequest = t.intersection([
  t.type({
    reference: frameSource,
    distorted: t.array(frameSource),
    models: t.array(t.intersection([named, t.union([t.type({ model }), t.type({ student })])])),
  }),
  t.partial({ features: t.array(t.type({ name: t.string })) }),
  settings,
]);

/** The request itself, if it is what the codec wants; else `BadArgument` that names the member. */
export const checkRequest = <A>(
  codec: t.Decoder<unknown, unknown>,
  request: A,
): E.Either<TinyVmafError, A> =>
  F.pipe(
    decodeWith(codec, request, ([issue]) => ({
      _tag: 'BadArgument',
      argument: ['request', issue?.path].filter(Boolean).join('.'),
      rule: issue?.problem.replace(/^expected /, 'must be ') ?? 'is not usable',
    })),
    E.map(() => request),
  );

/** Any object, for the forms that rebuild their request. */
export const anyRequest = t.UnknownRecord;
