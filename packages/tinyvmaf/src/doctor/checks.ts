/** What `tinyvmaf doctor` looks at: this machine's numbers against libvmaf's. */
import { errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import { checkKernels, chooseBackend, type BackendName, type Kernels } from '@tinyvmaf/features';
import { joinedKernels } from '@tinyvmaf/features/node';
import type { ScoreReport } from '@tinyvmaf/score';
import { DEFAULT_MODEL, scoreTE } from '@tinyvmaf/score/node';
import { either as E, function as F, task as T, taskEither as TE } from 'fp-ts';
import { KNOWN_FEATURES, KNOWN_SCORES, knownPair } from './known-pair.js';

/** Outcome of one look: `ok`, a fault, or something that is merely not there. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'fail' | 'absent';
  /** What was found, and where it is not ok what to do. */
  readonly detail: string;
  /** Where something other than a number is wrong. */
  readonly error?: TinyVmafError;
}

/** Values of a series that are not the expected bits. */
const differences = (
  report: ScoreReport,
  expected: Readonly<Record<string, readonly (number | undefined)[]>>,
): readonly string[] =>
  Object.entries(expected).flatMap(([key, values]) =>
    values.flatMap((value, frame) => {
      const actual = report.series.column(key)[frame];
      return value === undefined || Object.is(actual, value)
        ? []
        : [`${key} of frame ${frame} should be ${value}, is ${actual}`];
    }),
  );

const compared = (
  name: string,
  report: ScoreReport,
  expected: Readonly<Record<string, readonly (number | undefined)[]>>,
): Check => {
  const wrong = differences(report, expected);
  const count = Object.values(expected)
    .flat()
    .filter((value) => value !== undefined).length;
  const [first] = wrong;
  return first === undefined
    ? { name, state: 'ok', detail: `${count} values of a known pair equal libvmaf 3.2.0 as bits` }
    : { name, state: 'fail', detail: `${wrong.length} of ${count} values differ: ${first}` };
};

/** Runs a backend's kernels over fixed pictures and compares the digests of their sums. */
export const checkBackend = (name: BackendName): T.Task<Check> =>
  F.pipe(
    chooseBackend(name),
    E.map(({ kernels }) => kernels),
    E.mapLeft(errorMessage),
    checkDigests(`kernels ${name}`),
  );

/** The same for the kernels joined to 256 bits, which `--revectorize` uses. */
export const checkJoined: T.Task<Check> = () =>
  F.pipe(joinedKernels(), checkDigests('kernels wasm-paired'))();

const checkDigests =
  (name: string) =>
  (kernels: E.Either<string, Kernels>): T.Task<Check> =>
  async () => {
    if (E.isLeft(kernels)) return { name, state: 'absent', detail: kernels.left };
    const checks = await checkKernels(kernels.right);
    const wrong = checks.filter(({ digest, expected }) => digest !== expected);
    return wrong.length === 0
      ? { name, state: 'ok', detail: `${checks.length} digests of integer sums are right` }
      : {
          name,
          state: 'fail',
          detail: `wrong sums: ${wrong.map(({ kernel, picture }) => `${kernel} on ${picture}`).join(', ')}`,
        };
  };

/** Scores the known pair with the kernels alone. */
export const checkFeatures: T.Task<Check> = F.pipe(
  scoreTE({ ...knownPair(), models: [], features: ['adm', 'motion', 'vif'] }),
  TE.map((report) => compared('features', report, KNOWN_FEATURES)),
  TE.getOrElse((error) => T.of(failed('features', error))),
);

/** Scores the known pair with the teacher. */
export const checkScore = (teacher: string | undefined): T.Task<Check> =>
  F.pipe(
    scoreTE({
      ...knownPair(),
      models: [DEFAULT_MODEL],
      ...(teacher === undefined ? {} : { teacher }),
    }),
    TE.map((report) => compared('score', report, { vmaf: KNOWN_SCORES })),
    TE.getOrElse((error) =>
      T.of<Check>(
        error._tag === 'ModelNotFound'
          ? {
              name: 'score',
              state: 'absent',
              detail: 'vmaf_v0.6.1 is not installed, our student scores: tinyvmaf teacher install',
            }
          : failed('score', error),
      ),
    ),
  );

/** A fault that is not of a number. */
export const failed = (name: string, error: TinyVmafError): Check => ({
  name,
  state: 'fail',
  detail: errorMessage(error),
  error,
});
