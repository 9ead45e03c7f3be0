/**
 * Students run by onnxruntime-node, an optional package: faster than plain
 * TypeScript for many frames at once, with the same scores. Imported when it is
 * first asked for.
 */
import { toPromise, TinyVmafException, tryTask, unwrap, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type * as Ort from 'onnxruntime-node';
import { createStudent, type StudentOptions } from '../student/student.js';
import { readModelFile } from './files.js';

/** A student in a session of onnxruntime. */
export interface OnnxRuntimeStudent {
  /** One score per frame, or one for all frames of a clip. */
  readonly input: 'frame' | 'clip';
  /** As `Student.score`, but later. */
  score(features: ArrayLike<number>, mask?: ArrayLike<number>): Promise<Float32Array>;
  /** Lets the session go; nothing may be scored afterwards. */
  release(): Promise<void>;
}

/** How a session is opened. */
export interface OnnxRuntimeOptions extends Pick<StudentOptions, 'checkProbe'> {
  /** Threads of one run; 1 by default, since more do not help nets this small. */
  readonly threads?: number;
}

const importRuntime = async (): Promise<typeof Ort> => {
  try {
    const module = await import('onnxruntime-node');
    return module;
  } catch (cause) {
    throw new TinyVmafException({
      _tag: 'BackendUnavailable',
      backend: 'onnxruntime-node',
      problem: 'cannot be loaded',
      remedy:
        'Install it with "npm i onnxruntime-node@1.30 --ignore-scripts", or leave it out: plain TypeScript gives the same scores.',
      cause,
    });
  }
};

/**
 * Opens a student with onnxruntime. The file is first read and checked as
 * `loadStudentTE` does, so damaged and hostile files never reach the runtime.
 * @returns errors as `loadStudentTE`, and `BackendUnavailable` without the package.
 */
export const openOnnxRuntimeTE = (
  path: string,
  { threads = 1, ...options }: OnnxRuntimeOptions = {},
): TE.TaskEither<TinyVmafError, OnnxRuntimeStudent> =>
  tryTask(async () => {
    const { bytes, external, path: absolute } = await readModelFile(path);
    const student = unwrap(
      createStudent(bytes, {
        ...options,
        source: path,
        external: (location) => external.get(location)?.bytes,
      }),
    );
    const runtime = await importRuntime();
    const settings = { intraOpNumThreads: threads, interOpNumThreads: 1 };
    // Weights in other files are found by path only.
    const session =
      external.size === 0
        ? await runtime.InferenceSession.create(bytes, settings)
        : await runtime.InferenceSession.create(absolute, settings);
    return sessionStudent(runtime, session, student.input);
  }, `Opening ${path} with onnxruntime`);

/** {@link openOnnxRuntimeTE} as a Promise; rejects with `TinyVmafException`. */
export const openOnnxRuntime = (
  path: string,
  options?: OnnxRuntimeOptions,
): Promise<OnnxRuntimeStudent> => toPromise(openOnnxRuntimeTE(path, options));

const bad = (argument: string, rule: string, value: string): TinyVmafException =>
  new TinyVmafException({ _tag: 'BadArgument', argument, rule, value });

const sessionStudent = (
  { Tensor }: typeof Ort,
  session: Ort.InferenceSession,
  input: 'frame' | 'clip',
): OnnxRuntimeStudent => ({
  input,
  score: async (features, mask) => {
    const rows = features.length / 6;
    if (!Number.isInteger(rows)) {
      throw bad('features', 'must hold 6 numbers per frame', `${features.length} numbers`);
    }
    const data = Float32Array.from(features);
    if (!data.every(Number.isFinite)) throw bad('features', 'must be finite', 'others');
    if (rows === 0) {
      if (input === 'frame') return new Float32Array(0);
      throw bad('features', 'must hold at least one frame of a clip', 'none');
    }
    const feeds: Record<string, Ort.Tensor> = {
      features: new Tensor('float32', data, [rows, 6]),
    };
    if (input === 'clip') {
      const weights = mask === undefined ? new Float32Array(rows).fill(1) : Float32Array.from(mask);
      if (weights.length !== rows) {
        throw bad('mask', `must have one number per frame, ${rows}`, `${weights.length} numbers`);
      }
      feeds['mask'] = new Tensor('float32', weights, [rows]);
    } else if (mask !== undefined) {
      throw bad('mask', 'is for clip models only', `${mask.length} numbers`);
    }
    const results = await session.run(feeds);
    const output = results[session.outputNames[0] ?? ''];
    if (!(output?.data instanceof Float32Array)) {
      throw new TinyVmafException({
        _tag: 'Internal',
        problem: 'onnxruntime gave no float32 scores',
      });
    }
    return output.data;
  },
  release: () => session.release(),
});
