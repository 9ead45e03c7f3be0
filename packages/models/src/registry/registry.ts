/**
 * The students that come with the package: what each is, what it may be used
 * for, how far it is from its teacher, and its bytes. `registry.json` says the
 * same to other programs; the files lie in `files/`.
 */
import { decodeWith, issuesText, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import { createStudent, type Student } from '../student/student.js';
import { FILES, REGISTRY } from './shipped.js';

/** Version of the registry's format; another one is refused. */
export const REGISTRY_VERSION = 1;

const hash = new t.Type<string, string, unknown>(
  '64 hexadecimal digits',
  (value): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  (value, context) =>
    typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
      ? t.success(value)
      : t.failure(value, context),
  t.identity,
);

const error = {
  /** Root of the mean squared difference, points of VMAF. */
  rmse: t.number,
  /** Largest difference. */
  max: t.number,
};

const measurement = t.readonly(
  t.intersection([
    t.strict({
      /** What the rows are: sources, rungs, frames. */
      rows: t.string,
      /** Number of rows. */
      count: t.number,
      /** Where the figures come from: how to repeat them. */
      provenance: t.string,
      ...error,
      /** Difference that 99 % of rows stay below. */
      p99: t.number,
    }),
    t.exact(
      t.partial({
        /** Pearson's correlation. */
        plcc: t.number,
        /** Spearman's correlation of scores rounded to 1e-4. */
        srocc: t.number,
        /** Number of sources, where rows have some. */
        sources: t.number,
        /** The source with the largest RMSE. */
        worst: t.strict({ source: t.string, ...error }),
      }),
    ),
  ]),
);

/** Codec of one registered model. */
export const registeredModel = t.readonly(
  t.strict({
    id: t.string,
    title: t.string,
    /** What it must not be used for, most important first. */
    limits: t.readonlyArray(t.string),
    /** Path from the folder of the registry. */
    file: t.string,
    bytes: t.number,
    sha256: hash,
    /** Numbers in the file. */
    parameters: t.number,
    architecture: t.strict({ id: t.string, version: t.number, options: t.UnknownRecord }),
    tier: t.keyof({ nano: null, tiny: null, small: null }),
    /** Whom it imitates. */
    teacher: t.strict({ name: t.string, sha256: hash }),
    /** Versions it can stand in for: the teacher, and those with the same regression. */
    serves: t.readonlyArray(t.string),
    /** Recipe of `@tinyvmaf/distill` that makes these bytes, and its seed. */
    recipe: t.strict({ id: t.string, seed: t.number }),
    /** Held-out figures of the bytes, real video first. */
    measurements: t.readonlyArray(measurement),
  }),
);

/** A registered model. */
export type RegisteredModel = t.TypeOf<typeof registeredModel>;

/** Codec of a registry. */
export const registryCodec = t.readonly(
  t.strict({
    format: t.literal('tinyvmaf-registry'),
    version: t.literal(REGISTRY_VERSION),
    models: t.readonlyArray(registeredModel),
  }),
);

/** A registry. */
export type Registry = t.TypeOf<typeof registryCodec>;

/**
 * A registry from decoded JSON.
 * @param source what messages call it.
 * @returns left `TableFormat` naming the place.
 */
export const decodeRegistry = (value: unknown, source: string): E.Either<TinyVmafError, Registry> =>
  F.pipe(
    decodeWith(registryCodec, value, (issues) => ({
      _tag: 'TableFormat',
      source,
      place: issues[0]?.path === '' ? 'the registry' : (issues[0]?.path ?? 'the registry'),
      problem: issuesText(issues),
    })),
    E.flatMap((registry) => {
      const ids = registry.models.map(({ id }) => id);
      const twice = ids.find((id, i) => ids.indexOf(id) !== i);
      return twice === undefined
        ? E.right(registry)
        : E.left({
            _tag: 'TableFormat' as const,
            source,
            place: 'models',
            problem: `has ${twice} twice`,
          });
    }),
  );

/** The models of the package, the default first. */
export const registeredModels = (): readonly RegisteredModel[] => REGISTRY.models;

/** A model of the package by id. Left: `ModelNotFound` with the ids there are. */
export const findModel = (id: string): E.Either<TinyVmafError, RegisteredModel> => {
  const model = REGISTRY.models.find((each) => each.id === id);
  return model === undefined
    ? E.left({
        _tag: 'ModelNotFound',
        name: id,
        problem: 'is not a student of this package',
        remedy: `There are ${REGISTRY.models.map((each) => each.id).join(', ')}.`,
      })
    : E.right(model);
};

/**
 * The student that stands in for a teacher where its file is missing: the most
 * exact one registered for the version.
 * @param teacher version name: `vmaf_v0.6.1`.
 */
export const studentFor = (teacher: string): RegisteredModel | undefined =>
  REGISTRY.models.find(({ serves }) => serves.includes(teacher));

/** Bytes of the file of a model of the package; a new array each time. Left: `ModelNotFound`. */
export const modelBytes = (id: string): E.Either<TinyVmafError, Uint8Array> =>
  F.pipe(
    findModel(id),
    E.map(() => Uint8Array.from(atob(FILES[id] ?? ''), (character) => character.charCodeAt(0))),
  );

/** A student of the package, its probe checked. Left: `ModelNotFound`, `ModelFormat`. */
export const registeredStudent = (id: string): E.Either<TinyVmafError, Student> =>
  F.pipe(
    modelBytes(id),
    E.flatMap((bytes) => createStudent(bytes, { source: id })),
  );
