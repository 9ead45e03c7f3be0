/** The options that say what is compared and how it is read: the same for `score` and `features`. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { BACKEND_CHOICES, type BackendChoice } from '@tinyvmaf/features';
import { MAX_THREADS, REVECTORIZE_CHOICES, type Revectorize } from '@tinyvmaf/features/node';
import type { Compat, FileSettings } from '@tinyvmaf/score/node';
import { SCALE_METHODS, type ScaleMethod, type VideoHints } from '@tinyvmaf/yuv-io';
import { Option, type Command } from 'commander';
import { either as E } from 'fp-ts';
import { choice, integer } from './arguments.js';
import { addRawOptions, rawFormat, type RawOptions } from './raw-options.js';

/** Input options as commander hands them over. */
export interface InputOptions extends RawOptions {
  readonly reference?: string;
  readonly distorted?: string;
  readonly frame_cnt?: number;
  readonly frame_skip_ref?: number;
  readonly frame_skip_dist?: number;
  readonly subsample?: number;
  readonly allowShorter?: boolean;
  readonly scale?: ScaleMethod;
  readonly compat?: Compat;
  readonly decoder?: 'webcodecs' | 'ffmpeg';
  readonly trackRef?: number;
  readonly trackDis?: number;
  readonly threads?: number;
  readonly backend?: BackendChoice;
  readonly revectorize?: Revectorize;
}

const MAX_INT = 2 ** 31 - 1;

/** Adds the input options to a command. */
export const addInputOptions = (command: Command): Command => {
  addVideoOptions(command).optionsGroup('Raw video (all four; Y4M and video files need none):');
  return addComputingOptions(addRawOptions(command));
};

const addVideoOptions = (command: Command): Command =>
  command
    .argument('[reference]', 'reference video: a file, a pipe, or - for standard input')
    .argument('[distorted...]', 'distorted video, or several')
    .optionsGroup('Videos:')
    .option('-r, --reference <file>', 'reference video, instead of the first argument')
    .option('-d, --distorted <file>', 'distorted video, instead of the second argument')
    .option('--frame_skip_ref <n>', 'drop the first n frames of the reference', integer(0, MAX_INT))
    .option(
      '--frame_skip_dist <n>',
      'drop the first n frames of the distorted',
      integer(0, MAX_INT),
    )
    .option('--frame_cnt <n>', 'compare n frames at most', integer(1, MAX_INT))
    .option(
      '--subsample <n>',
      'score every n-th frame (motion still sees all)',
      integer(1, MAX_INT),
    )
    .option('--allow-shorter', 'score the common frames where the lengths differ')
    .addOption(
      new Option(
        '--scale <method>',
        "bring the distorted to the reference's size: bicubic, lanczos or bilinear, as ffmpeg does",
      ).argParser(choice(...SCALE_METHODS)),
    );

const addComputingOptions = (command: Command): Command =>
  command
    .optionsGroup('Video files:')
    .addOption(
      new Option(
        '--decoder <name>',
        'webcodecs or ffmpeg (default: webcodecs, then ffmpeg)',
      ).argParser(choice('webcodecs', 'ffmpeg')),
    )
    .option('--track-ref <n>', 'video track of the reference, from 1', integer(1, 1000))
    .option('--track-dis <n>', 'video track of the distorted, from 1', integer(1, 1000))
    .optionsGroup('Computing:')
    .option(
      '--threads <n>',
      'worker threads, 0 for none (default: one per processor)',
      integer(0, MAX_THREADS),
    )
    .addOption(
      new Option(
        '--backend <name>',
        'auto (default), wasm or reference: the kernels; results are the same',
      ).argParser(choice(...BACKEND_CHOICES)),
    )
    .addOption(
      new Option(
        '--revectorize <when>',
        'auto, on or off (default): 256-bit vectors by a flag of V8; results are the same',
      ).argParser(choice(...REVECTORIZE_CHOICES)),
    )
    .addOption(
      new Option('--compat <version>', 'equal libvmaf-3.2 (default) or libvmaf-3.1').argParser(
        choice('libvmaf-3.2', 'libvmaf-3.1'),
      ),
    );

/** What the input options and arguments say. */
export type InputSettings = Pick<
  FileSettings,
  | 'compat'
  | 'subsample'
  | 'allowShorter'
  | 'scale'
  | 'threads'
  | 'backend'
  | 'revectorize'
  | 'referenceHints'
  | 'distortedHints'
> & {
  readonly reference: string;
  /** At least one. */
  readonly distorted: readonly [string, ...string[]];
};

/** Checks input options as a whole. Fails with `BadArgument`. */
export const readInputOptions = (
  positional: readonly string[],
  options: InputOptions,
): E.Either<TinyVmafError, InputSettings> => {
  const words = [...positional];
  const reference = options.reference ?? words.shift();
  const [distorted, ...others] =
    options.distorted === undefined ? words : [options.distorted, ...words];
  if (reference === undefined || distorted === undefined) {
    return E.left({
      _tag: 'BadArgument',
      argument: reference === undefined ? 'reference' : 'distorted',
      rule: 'video is missing: give two files, reference first',
    });
  }
  const raw = rawFormat(options);
  if (E.isLeft(raw)) return raw;
  const hints = (skip?: number, track?: number): VideoHints => ({
    ...(raw.right === undefined ? {} : { raw: raw.right }),
    ...(options.decoder === undefined ? {} : { decoder: options.decoder }),
    ...(options.frame_cnt === undefined ? {} : { limit: options.frame_cnt }),
    ...(skip === undefined ? {} : { skip }),
    ...(track === undefined ? {} : { track }),
  });
  return E.right({
    reference,
    distorted: [distorted, ...others],
    referenceHints: hints(options.frame_skip_ref, options.trackRef),
    distortedHints: hints(options.frame_skip_dist, options.trackDis),
    ...(options.compat === undefined ? {} : { compat: options.compat }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.backend === undefined ? {} : { backend: options.backend }),
    ...(options.revectorize === undefined ? {} : { revectorize: options.revectorize }),
    ...(options.subsample === undefined ? {} : { subsample: options.subsample }),
    ...(options.allowShorter === undefined ? {} : { allowShorter: options.allowShorter }),
    ...(options.scale === undefined ? {} : { scale: options.scale }),
  });
};
