/**
 * The one error type of tinyvmaf: a closed union of plain data. Errors travel
 * in the left of an `Either`; the message, the stable `code` and the exit
 * status are derived from the fields. Consumers switch on `_tag` or `code`,
 * never on text.
 */
import { describeFormat, type VideoFormat } from './video-format.js';

/** An argument or option broke its rule. */
export interface BadArgument {
  readonly _tag: 'BadArgument';
  /** Path of the argument: `options.width`, `--model`. */
  readonly argument: string;
  /** The rule: `must be an integer >= 16`. */
  readonly rule: string;
  /** The value as it was given, printable; absent where nothing was given. */
  readonly value?: string;
}

/** A size that no file or kernel can have. */
export interface BadGeometry {
  readonly _tag: 'BadGeometry';
  /** File or picture in question. */
  readonly source: string;
  /** What is wrong: `is 16x16; ADM needs both sides >= 17`. */
  readonly problem: string;
}

/** The data ends in the middle of a frame. */
export interface TruncatedFrame {
  readonly _tag: 'TruncatedFrame';
  /** File or stream that ends early. */
  readonly source: string;
  /** Index of the incomplete frame, from 0. */
  readonly frame: number;
  /** Bytes of a whole frame. */
  readonly neededBytes: number;
  /** Bytes there are of it. */
  readonly presentBytes: number;
  /** What may have gone wrong, such as geometries that would fit. */
  readonly hint?: string;
}

/** There is not a single frame to work on. */
export interface NoFrames {
  readonly _tag: 'NoFrames';
  /** File or stream in question. */
  readonly source: string;
  /** Why: `is empty`, `has 5 frames and 9 are skipped`. */
  readonly problem: string;
}

/** Understood, but not something tinyvmaf takes. */
export interface UnsupportedFormat {
  readonly _tag: 'UnsupportedFormat';
  /** File, stream or model in question. */
  readonly source: string;
  /** What was met: `codec mpeg2video`, `Y4M tag It (interlaced)`. */
  readonly found: string;
  /** What to do, or what is taken instead. */
  readonly remedy: string;
}

/** The bytes are not what their container, header or codec promises. */
export interface DamagedInput {
  readonly _tag: 'DamagedInput';
  /** File or stream in question. */
  readonly source: string;
  /** What contradicts what: `the header promises 12 frames, 9 are there`. */
  readonly problem: string;
  /** Frame index from 0 where known. */
  readonly frame?: number;
}

/** A sample above the declared bit depth's maximum. */
export interface SampleRange {
  readonly _tag: 'SampleRange';
  /** File or stream in question. */
  readonly source: string;
  /** Index of the frame, from 0. */
  readonly frame: number;
  /** The largest sample of that frame. */
  readonly value: number;
  /** Declared bits per sample. */
  readonly bitDepth: number;
  /** What may have been meant. */
  readonly hint: string;
}

/** Reference and distorted differ in size, depth or chroma. */
export interface FormatMismatch {
  readonly _tag: 'FormatMismatch';
  /** Name and format of the reference. */
  readonly reference: { readonly source: string; readonly format: VideoFormat };
  /** Name and format of the distorted video. */
  readonly distorted: { readonly source: string; readonly format: VideoFormat };
  /** What can be done about it. */
  readonly hint?: string;
}

/** Reference and distorted differ in length. */
export interface FrameCountMismatch {
  readonly _tag: 'FrameCountMismatch';
  /** Name and number of frames of the reference. */
  readonly reference: { readonly source: string; readonly frames: number };
  /** Name and number of frames of the distorted video. */
  readonly distorted: { readonly source: string; readonly frames: number };
}

/** A model file that is not what it should be. */
export interface ModelFormat {
  readonly _tag: 'ModelFormat';
  /** Model file, or the name of a version. */
  readonly source: string;
  /** Place inside the file: `model_dict.slopes`, `model line 12`. */
  readonly path: string;
  /** What is wrong there. */
  readonly problem: string;
}

/** A model that is known by name but not here, or not known at all. */
export interface ModelNotFound {
  readonly _tag: 'ModelNotFound';
  /** Version that was asked for. */
  readonly name: string;
  /** Whether it is unknown or not here: `is not on this machine`. */
  readonly problem: string;
  /** The line that installs it, or the names that exist. */
  readonly remedy: string;
}

/** A file whose hash is not the pinned one. */
export interface HashMismatch {
  readonly _tag: 'HashMismatch';
  /** File in question. */
  readonly source: string;
  /** SHA-256 that is pinned, 64 hexadecimal digits. */
  readonly expected: string;
  /** SHA-256 of the file. */
  readonly actual: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** A table, label file or recipe that is not what it should be. */
export interface TableFormat {
  readonly _tag: 'TableFormat';
  /** File in question. */
  readonly source: string;
  /** Place inside it: `line 3, column mos`, `sources.2.width`. */
  readonly place: string;
  /** What is wrong there, with the value. */
  readonly problem: string;
}

/** A folder that holds no corpus of a known layout, or one that contradicts itself. */
export interface CorpusLayout {
  readonly _tag: 'CorpusLayout';
  /** The corpus root, or the file in question. */
  readonly source: string;
  /** What is wrong: `holds no pair of any known layout`. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A file that lies, after links are resolved, outside the folder that was given. */
export interface PathOutsideRoot {
  readonly _tag: 'PathOutsideRoot';
  /** The path as it was met. */
  readonly path: string;
  /** Where it leads, where that is known. */
  readonly target?: string;
  /** The folder that was given. */
  readonly root: string;
}

/** A file of a feature store that cannot be what was written. */
export interface StoreCorrupt {
  readonly _tag: 'StoreCorrupt';
  /** The file. */
  readonly source: string;
  /** What contradicts what. */
  readonly problem: string;
  /** What happens, or what to do. */
  readonly remedy: string;
}

/** No architecture of that name. */
export interface ArchitectureNotFound {
  readonly _tag: 'ArchitectureNotFound';
  /** What was asked for. */
  readonly name: string;
  /** Where it was looked for, in order. */
  readonly tried: readonly string[];
}

/** A layer graph whose shapes or types do not fit. */
export interface ArchitectureShape {
  readonly _tag: 'ArchitectureShape';
  /** The architecture or file. */
  readonly architecture: string;
  /** The node: `node 4 (matmul)`. */
  readonly node: string;
  /** What does not fit, with both shapes. */
  readonly problem: string;
}

/** A plugin that does not keep the contract. */
export interface ArchitectureApi {
  readonly _tag: 'ArchitectureApi';
  /** Name or path of the plugin. */
  readonly architecture: string;
  /** The rule and what was found. */
  readonly problem: string;
}

/** Training that cannot go on. */
export interface Training {
  readonly _tag: 'Training';
  /** The run or recipe. */
  readonly source: string;
  /** What happened: `the loss is not finite at step 120`. */
  readonly problem: string;
  /** What to do. */
  readonly remedy: string;
}

/** An installed program that failed. */
export interface ToolFailed {
  readonly _tag: 'ToolFailed';
  /** The program: `ffmpeg`. */
  readonly tool: string;
  /** What it was to do: `encode h264-full-24 of Rooftops`. */
  readonly task: string;
  /** Its status and last words. */
  readonly problem: string;
}

/** Part of the work failed, or a check found something; the rest is complete. */
export interface Incomplete {
  readonly _tag: 'Incomplete';
  /** What was under way: `corpus extract`. */
  readonly operation: string;
  /** Both numbers: `3 of 120 clips failed`. */
  readonly problem: string;
  /** What to do. */
  readonly remedy: string;
}

/** Something this machine would need is not there. */
export interface BackendUnavailable {
  readonly _tag: 'BackendUnavailable';
  /** What is missing: `ffmpeg`, `WebCodecs`. */
  readonly backend: string;
  /** How that shows: `is not installed`. */
  readonly problem: string;
  /** The ways out. */
  readonly remedy: string;
}

/** The operating system or the network said no. */
export interface Io {
  readonly _tag: 'Io';
  /** `read`, `write`, `open`, `download`. */
  readonly operation: string;
  /** File or address. */
  readonly target: string;
  /** The system's words. */
  readonly problem: string;
  /** The system's own code where there is one: `ENOENT`. */
  readonly errno?: string;
}

/** The caller aborted. */
export interface Cancelled {
  readonly _tag: 'Cancelled';
  /** What was under way. */
  readonly operation: string;
}

/** A mistake of our own: please report it. */
export interface Internal {
  readonly _tag: 'Internal';
  /** What was found. */
  readonly problem: string;
}

/** Everything that can go wrong, as data. */
export type TinyVmafError = (
  | BadArgument
  | BadGeometry
  | TruncatedFrame
  | NoFrames
  | UnsupportedFormat
  | DamagedInput
  | SampleRange
  | FormatMismatch
  | FrameCountMismatch
  | ModelFormat
  | ModelNotFound
  | HashMismatch
  | TableFormat
  | CorpusLayout
  | PathOutsideRoot
  | StoreCorrupt
  | ArchitectureNotFound
  | ArchitectureShape
  | ArchitectureApi
  | Training
  | ToolFailed
  | Incomplete
  | BackendUnavailable
  | Io
  | Cancelled
  | Internal
) & {
  /** What the platform threw, where something did. */
  readonly cause?: unknown;
};

/** Tag of an error. */
export type ErrorTag = TinyVmafError['_tag'];

/** Stable machine-readable code of an error: `ERR_TRUNCATED_FRAME`. */
export type ErrorCode = (typeof ERROR_TABLE)[ErrorTag]['code'];

/**
 * Code and exit status of each error. Statuses: 1 usage, 2 our own mistake,
 * 3 an input cannot be read, 4 the inputs do not belong together, 5 the model,
 * 6 something on this machine is missing or failed, 7 file system or network,
 * 8 part of the work failed or a check found something, 130 cancelled.
 */
export const ERROR_TABLE = {
  BadArgument: { code: 'ERR_BAD_ARGUMENT', exitStatus: 1 },
  Internal: { code: 'ERR_INTERNAL', exitStatus: 2 },
  BadGeometry: { code: 'ERR_BAD_GEOMETRY', exitStatus: 3 },
  TruncatedFrame: { code: 'ERR_TRUNCATED_FRAME', exitStatus: 3 },
  NoFrames: { code: 'ERR_NO_FRAMES', exitStatus: 3 },
  UnsupportedFormat: { code: 'ERR_UNSUPPORTED_FORMAT', exitStatus: 3 },
  DamagedInput: { code: 'ERR_DAMAGED_INPUT', exitStatus: 3 },
  SampleRange: { code: 'ERR_SAMPLE_RANGE', exitStatus: 3 },
  TableFormat: { code: 'ERR_TABLE_FORMAT', exitStatus: 3 },
  CorpusLayout: { code: 'ERR_CORPUS_LAYOUT', exitStatus: 3 },
  PathOutsideRoot: { code: 'ERR_PATH_OUTSIDE_ROOT', exitStatus: 3 },
  FormatMismatch: { code: 'ERR_FORMAT_MISMATCH', exitStatus: 4 },
  FrameCountMismatch: { code: 'ERR_FRAME_COUNT_MISMATCH', exitStatus: 4 },
  ModelFormat: { code: 'ERR_MODEL_FORMAT', exitStatus: 5 },
  ModelNotFound: { code: 'ERR_MODEL_NOT_FOUND', exitStatus: 5 },
  HashMismatch: { code: 'ERR_HASH_MISMATCH', exitStatus: 5 },
  BackendUnavailable: { code: 'ERR_BACKEND_UNAVAILABLE', exitStatus: 6 },
  ArchitectureNotFound: { code: 'ERR_ARCHITECTURE_NOT_FOUND', exitStatus: 5 },
  ArchitectureShape: { code: 'ERR_ARCHITECTURE_SHAPE', exitStatus: 5 },
  ArchitectureApi: { code: 'ERR_ARCHITECTURE_API', exitStatus: 5 },
  Training: { code: 'ERR_TRAINING', exitStatus: 5 },
  ToolFailed: { code: 'ERR_TOOL_FAILED', exitStatus: 6 },
  Io: { code: 'ERR_IO', exitStatus: 7 },
  StoreCorrupt: { code: 'ERR_STORE_CORRUPT', exitStatus: 7 },
  Incomplete: { code: 'ERR_INCOMPLETE', exitStatus: 8 },
  Cancelled: { code: 'ERR_CANCELLED', exitStatus: 130 },
} as const satisfies Record<
  TinyVmafError['_tag'],
  { readonly code: string; readonly exitStatus: number }
>;

/** Stable code of an error. */
export const errorCode = (error: TinyVmafError): ErrorCode => ERROR_TABLE[error._tag].code;

/** Exit status of the command for an error; see {@link ERROR_TABLE}. */
export const exitStatus = (error: TinyVmafError): number => ERROR_TABLE[error._tag].exitStatus;

const sentence = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

const MAX_VALUE = 200;

/** A value as messages show it: control characters escaped, long text cut. */
export const printable = (value: string): string => {
  const cut = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
  return JSON.stringify(cut);
};

/** What was wrong, where, and what to do: one or two sentences. */
export const errorMessage = (error: TinyVmafError): string => {
  switch (error._tag) {
    case 'BadArgument':
      return sentence(
        `${error.argument} ${error.rule}${error.value === undefined ? '.' : `, got ${printable(error.value)}.`}`,
      );
    case 'BadGeometry':
      return `${error.source} ${error.problem}.`;
    case 'TruncatedFrame':
      return sentence(
        `${error.source} ends inside frame ${error.frame}: ${error.neededBytes} bytes needed, ${error.presentBytes} present.`,
        error.hint,
      );
    case 'NoFrames':
      return `${error.source} ${error.problem}: there is no frame to score.`;
    case 'UnsupportedFormat':
      return sentence(`${error.source}: ${error.found} is not supported.`, error.remedy);
    case 'DamagedInput':
      return `${error.source} is damaged${error.frame === undefined ? '' : ` at frame ${error.frame}`}: ${error.problem}.`;
    case 'SampleRange':
      return sentence(
        `${error.source} has the sample ${error.value} in frame ${error.frame}; ${error.bitDepth}-bit video ends at ${2 ** error.bitDepth - 1}.`,
        error.hint,
      );
    case 'FormatMismatch':
      return sentence(
        `The two videos differ: reference ${error.reference.source} is ${describeFormat(error.reference.format)}, distorted ${error.distorted.source} is ${describeFormat(error.distorted.format)}.`,
        error.hint,
      );
    case 'FrameCountMismatch':
      return `The two videos differ in length: reference ${error.reference.source} has ${error.reference.frames} frames, distorted ${error.distorted.source} has ${error.distorted.frames}. Use --allow-shorter (allowShorter) to score the frames both have.`;
    case 'ModelFormat':
      return `${error.source} is not a usable VMAF model: ${error.path}: ${error.problem}.`;
    case 'ModelNotFound':
      return sentence(`Model ${printable(error.name)} ${error.problem}.`, error.remedy);
    case 'HashMismatch':
      return sentence(
        `${error.source} is not the expected file: SHA-256 should be ${error.expected}, is ${error.actual}.`,
        error.hint,
      );
    case 'TableFormat':
      return `${error.source}, ${error.place}: ${error.problem}.`;
    case 'CorpusLayout':
      return sentence(`${error.source} ${error.problem}.`, error.remedy);
    case 'PathOutsideRoot':
      return `${printable(error.path)} leads ${error.target === undefined ? '' : `to ${printable(error.target)}, `}outside ${error.root}; only files inside it are read.`;
    case 'StoreCorrupt':
      return sentence(`${error.source} is corrupt: ${error.problem}.`, error.remedy);
    case 'ArchitectureNotFound':
      return `There is no architecture ${printable(error.name)}; looked for ${error.tried.join(', ')}.`;
    case 'ArchitectureShape':
      return `${error.architecture}, ${error.node}: ${error.problem}.`;
    case 'ArchitectureApi':
      return `${error.architecture} is not an architecture: ${error.problem}.`;
    case 'Training':
      return sentence(`${error.source}: ${error.problem}.`, error.remedy);
    case 'ToolFailed':
      return `${error.tool} could not ${error.task}: ${error.problem}.`;
    case 'Incomplete':
      return sentence(`${error.operation}: ${error.problem}.`, error.remedy);
    case 'BackendUnavailable':
      return sentence(`${error.backend} ${error.problem}.`, error.remedy);
    case 'Io':
      return `Cannot ${error.operation} ${error.target}: ${error.problem}.`;
    case 'Cancelled':
      return `${error.operation} was cancelled.`;
    case 'Internal':
      return `Internal error, please report it: ${error.problem}.`;
  }
};

/**
 * A {@link TinyVmafError} as an `Error`, for Promises and streams. `code` is
 * the stable code, `error` the plain data.
 */
export class TinyVmafException extends Error {
  /** Always `TinyVmafException`. */
  override readonly name = 'TinyVmafException';
  /** Stable code of the error. */
  readonly code: ErrorCode;
  /** The error as plain data. */
  readonly error: TinyVmafError;

  constructor(error: TinyVmafError) {
    super(errorMessage(error), error.cause === undefined ? undefined : { cause: error.cause });
    this.error = error;
    this.code = errorCode(error);
  }
}

/**
 * The {@link TinyVmafError} in whatever was thrown: the data of a
 * {@link TinyVmafException}, `Cancelled` for an abort, else `Internal`.
 */
export const fromThrown = (thrown: unknown, operation = 'The operation'): TinyVmafError => {
  if (thrown instanceof TinyVmafException) return thrown.error;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { _tag: 'Cancelled', operation, cause: thrown };
  }
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  return { _tag: 'Internal', problem, cause: thrown };
};
