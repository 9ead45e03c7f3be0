/** The students that are judged: those that were named, and a folder of others. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeWith,
  errorMessage,
  FEATURES,
  ioError,
  issuesText,
  TinyVmafException,
  tryTask,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { Student } from '@tinyvmaf/models';
import { loadStudentTE } from '@tinyvmaf/models/node';
import { teacherName } from '@tinyvmaf/score';
import { loadModelTE } from '@tinyvmaf/score/node';
import { either as E, function as F, readonlyArray as RA, taskEither as TE } from 'fp-ts';
import * as t from 'io-ts';
import type { CommandContext } from '../../context.js';
import { paint } from '../../terminal/terminal.js';

/** A student that can be judged. */
export interface Judged {
  readonly name: string;
  /** All files of it together. */
  readonly bytes: number;
  /** Version name of its teacher, where its file says one. */
  readonly teacher?: string;
  /** `[count, 6]` raw features in, `[count]` scores out. */
  readonly score: (features: Float64Array) => ArrayLike<number>;
}

/**
 * Loads students.
 * @param names as `--model` takes them.
 * @param peers a folder; what is no student of frames there is told and left out.
 * @returns left `BadArgument` for a model that is no student of frames; as `loadModelTE`; `Io`.
 */
export const readStudentsTE = (
  names: readonly string[],
  peers: string | undefined,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, readonly Judged[]> =>
  F.pipe(
    names,
    RA.traverse(TE.ApplicativeSeq)(namedTE),
    TE.flatMap((named) =>
      peers === undefined
        ? TE.right(named)
        : F.pipe(
            peersTE(peers, context),
            TE.map((others) => [...named, ...others]),
          ),
    ),
  );

const namedTE = (name: string): TE.TaskEither<TinyVmafError, Judged> =>
  F.pipe(
    loadModelTE(name),
    TE.flatMapEither(({ model }) =>
      'student' in model
        ? judged(model.name, model.student)
        : E.left<TinyVmafError>(notJudged(name, 'must be a student, which this is not')),
    ),
  );

const notJudged = (value: string, rule: string): TinyVmafError => ({
  _tag: 'BadArgument',
  argument: '--model',
  rule,
  value,
});

const judged = (name: string, student: Student): E.Either<TinyVmafError, Judged> => {
  if (student.input === 'clip') return E.left(notJudged(name, 'must score frames, not clips'));
  const teacher = teacherName(student.metadata);
  return E.right({
    name,
    bytes: student.bytes,
    ...(teacher === undefined ? {} : { teacher }),
    score: (features) => student.score(features),
  });
};

const peersTE = (
  folder: string,
  { terminal }: CommandContext,
): TE.TaskEither<TinyVmafError, readonly Judged[]> =>
  tryTask(async () => {
    const found: Judged[] = [];
    for (const file of (await filesOf(folder)).filter((name) => name.endsWith('.onnx')).sort()) {
      const peer = await peerTE(folder, file.slice(0, -'.onnx'.length))();
      if (E.isRight(peer)) found.push(peer.right);
      else terminal.err(`${paint(terminal, 'warning', 'left out:')} ${errorMessage(peer.left)}\n`);
    }
    return found;
  }, `Reading ${folder}`);

const filesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', folder, thrown));
  }
};

const six = t.array(t.number);

/** What the note beside a file may say of its scaling. */
const sidecar = t.union([
  t.type({ feature_mean: six, feature_std: six }),
  t.type({ feature_mean: t.undefined, feature_std: t.undefined }),
]);

const peerTE = (folder: string, name: string): TE.TaskEither<TinyVmafError, Judged> =>
  F.pipe(
    loadStudentTE(join(folder, `${name}.onnx`)),
    TE.flatMapEither((student) => judged(name, student)),
    TE.bindTo('peer'),
    TE.bind('scaling', () => scalingTE(join(folder, `${name}.json`))),
    TE.map(({ peer, scaling }) =>
      scaling === undefined
        ? peer
        : { ...peer, score: (features) => peer.score(scaled(features, scaling)) },
    ),
  );

interface Scaling {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Some files want standardised features, and a note beside them says how. */
const scalingTE = (path: string): TE.TaskEither<TinyVmafError, Scaling | undefined> =>
  F.pipe(
    TE.tryCatch(
      () => readFile(path, 'utf8'),
      () => undefined,
    ),
    TE.matchE(
      () => TE.right<TinyVmafError, Scaling | undefined>(undefined),
      (text) => TE.fromEither(readScaling(text, path)),
    ),
  );

const readScaling = (
  text: string,
  source: string,
): E.Either<TinyVmafError, Scaling | undefined> => {
  const broken = (problem: string): TinyVmafError => ({
    _tag: 'TableFormat',
    source,
    place: 'the note',
    problem,
  });
  return F.pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => broken('is not JSON'),
    ),
    E.flatMap((value) => decodeWith(sidecar, value, (issues) => broken(issuesText(issues)))),
    E.flatMap(({ feature_mean: mean, feature_std: deviation }) => {
      if (mean === undefined) return E.right(undefined);
      const fits = [mean, deviation].every((list) => list.length === FEATURES.length);
      return fits ? E.right({ mean, deviation }) : E.left(broken('must have six means'));
    }),
  );
};

const scaled = (features: Float64Array, { mean, deviation }: Scaling): Float64Array =>
  features.map((value, i) => (value - (mean[i % 6] ?? NaN)) / (deviation[i % 6] ?? NaN));
