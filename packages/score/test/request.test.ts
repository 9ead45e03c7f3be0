// Requests of programs without types: wrong members are named, nothing crashes.
import { lumaSource, textureLuma } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import * as bySource from '../src/index.js';
import * as byPath from '../src/node/index.js';

const clip = () => lumaSource('clip', [textureLuma(48, 40, 0, 8, 1)]);
const source = clip();
const paths = { reference: 'a.y4m', distorted: 'b.y4m' };
const adm = [{ name: 'adm' }];

const errorOf = async (
  scoreTE: (request: never) => () => Promise<E.Either<unknown, unknown>>,
  request: unknown,
): Promise<unknown> => {
  const result = await scoreTE(request as never)();
  return E.isLeft(result) ? result.left : 'no error';
};

describe('a request by path', () => {
  it.each([
    ['nothing', undefined, 'request'],
    ['no members', {}, 'request.reference'],
    ['a number', { ...paths, reference: 1 }, 'request.reference'],
    ['a URL', { ...paths, reference: new URL('file:///a') }, 'request.reference'],
    ['text for a list', { ...paths, models: 'version=vmaf_v0.6.1' }, 'request.models'],
    ['a model of no text', { ...paths, models: [3] }, 'request.models.0'],
    ['a feature of no text', { ...paths, features: [{ name: 'adm' }] }, 'request.features.0'],
    ['a teacher of no text', { ...paths, teacher: 7 }, 'request.teacher'],
    ['a signal of another kind', { ...paths, signal: {} }, 'request.signal'],
  ])('with %s', async (_name, request, argument) => {
    expect(await errorOf(byPath.scoreTE, request)).toMatchObject({ _tag: 'BadArgument', argument });
  });
});

describe('a request on sources', () => {
  it.each([
    ['nothing', undefined, 'request'],
    ['a path', { ...paths, models: [] }, 'request.reference'],
    ['no models', { reference: source, distorted: source }, 'request.models'],
    [
      'a model that is none',
      { reference: source, distorted: source, models: [{ name: 'a', label: 'a', model: {} }] },
      'request.models.0.model',
    ],
    [
      'a listener that is none',
      { reference: source, distorted: source, models: [], features: adm, onFrame: 1 },
      'request.onFrame',
    ],
  ])('with %s', async (_name, request, argument) => {
    expect(await errorOf(bySource.scoreTE, request)).toMatchObject({
      _tag: 'BadArgument',
      argument,
    });
  });

  it('with a listener that throws', async () => {
    const onFrame = (): never => {
      throw new Error('mine');
    };
    const request = { reference: clip(), distorted: clip(), models: [], features: adm, onFrame };
    expect(await errorOf(bySource.scoreTE, request)).toMatchObject({
      _tag: 'BadArgument',
      argument: 'request.onFrame',
      value: 'mine',
    });
  });
});
