/**
 * Y4M video: a header line, then frames that each begin with a line of their
 * own (spec/pooling-and-io.md section 7). That line is checked at every frame,
 * so a stream that is out of step is noticed at once.
 */
import {
  TinyVmafException,
  frameBytes,
  printable,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { attempt } from '../bytes/attempt.js';
import type { ByteInput } from '../bytes/input.js';
import type { ByteReader } from '../bytes/reader.js';
import type { Frame, SourceInfo } from '../frame.js';
import type { LocatedFrames } from '../location.js';
import type { SeekableSource } from '../wrap/range.js';
import { frameBuffer, type FrameBuffer } from '../frames/buffer.js';
import { streamFrames } from '../frames/stream.js';
import { infoWarnings } from '../plausibility/compare.js';
import { CARRIAGE_RETURN, MAX_LINE, latin1, parseY4mHeader, type Y4mHeader } from './header.js';

const FRAME = 'FRAME';
/** Shortest line before a frame, with its newline. */
const FRAME_LINE = FRAME.length + 1;
const CR = 0x0d;

/**
 * Y4M video whose header `reader` stands at, at the start of `input`. Left:
 * what {@link parseY4mHeader} says; `DamagedInput` for a header without end;
 * for inputs of known size also `NoFrames` and, when not even one frame is
 * there, `TruncatedFrame`. Later damage is thrown while frames are read.
 */
export const openY4m = (
  input: ByteInput,
  reader: ByteReader,
  signal?: AbortSignal,
): TE.TaskEither<TinyVmafError, SeekableSource> =>
  attempt(async () => {
    const line = await reader.line(MAX_LINE, signal);
    if (line.kind !== 'line') {
      const problem =
        line.kind === 'end'
          ? `it ends inside its Y4M header, after ${line.bytes.length} bytes`
          : `its Y4M header has no end within ${MAX_LINE} bytes`;
      throw new TinyVmafException({ _tag: 'DamagedInput', source: input.name, problem });
    }
    const header = unwrap(parseY4mHeader(line.bytes, input.name));
    const start = reader.position;
    await checkFirstFrame(input, header, reader, signal);
    return y4mSource(input, header, start, reader);
  });

// Before memory for a frame is asked for: a short file cannot claim a huge picture.
const checkFirstFrame = async (
  { name, size }: ByteInput,
  header: Y4mHeader,
  reader: ByteReader,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const neededBytes = frameBytes(header.format);
  if (size === undefined || size - reader.position >= FRAME_LINE + neededBytes) return;
  if (!(await readFrameLine(reader, name, 0, neededBytes, signal))) throw noFrames(name);
  throw new TinyVmafException({
    _tag: 'TruncatedFrame',
    source: name,
    frame: 0,
    neededBytes,
    presentBytes: size - reader.position,
  });
};

const noFrames = (source: string): TinyVmafException =>
  new TinyVmafException({
    _tag: 'NoFrames',
    source,
    problem: 'ends after its Y4M header',
  });

const y4mSource = (
  input: ByteInput,
  header: Y4mHeader,
  start: number,
  opened: ByteReader,
): SeekableSource => {
  const { name } = input;
  const { format, frameRate, fullRange, interlaced } = header;
  const info: SourceInfo = {
    name,
    container: 'y4m',
    decoder: 'y4m',
    interlaced,
    ...(frameRate === undefined ? {} : { frameRate }),
    ...(fullRange === undefined ? {} : { fullRange }),
  };
  let first: ByteReader | undefined = opened;
  const frames = (signal?: AbortSignal): AsyncIterable<Frame> => {
    // The reader that met the header goes on; a file is opened again after that.
    const reader = first ?? input.reader(start);
    first = undefined;
    const scratch = new Uint8Array(Math.min(header.extraBytes, MAX_LINE));
    return streamFrames(
      {
        name,
        buffer: () => frameBuffer(format, name),
        fill: async (buffer, index) => {
          if (!(await readFrameLine(reader, name, index, frameBytes(format), signal))) {
            if (index === 0) throw noFrames(name);
            return false;
          }
          await readPlanes(reader, name, index, buffer, header.extraBytes, scratch, signal);
          return true;
        },
        release: () => reader.close(),
      },
      signal,
    );
  };
  const locatedFrom = (skip: number, limit: number): LocatedFrames | undefined =>
    located(input, header, start, skip, limit);
  const whole = locatedFrom(0, Infinity);
  return {
    format,
    info,
    frames,
    locatedFrom,
    ...(whole === undefined ? {} : { located: whole }),
    warnings: () => infoWarnings(info),
    close: async () => {
      await first?.close();
      await input.close();
    },
  };
};

/**
 * Where the frames lie if every one begins with the plain line. A file whose
 * end says otherwise is read in order, and so is one with frames to skip, whose
 * lines nobody would look at.
 */
const located = (
  { name, file, size }: ByteInput,
  { format, extraBytes }: Y4mHeader,
  start: number,
  skip: number,
  limit: number,
): LocatedFrames | undefined => {
  const mark = `${FRAME}\n`;
  const stride = mark.length + frameBytes(format) + extraBytes;
  const count = ((size ?? 0) - start) / stride;
  if (file === undefined || skip > 0 || count < 1 || !Number.isInteger(count)) return undefined;
  const frames = Math.min(count, limit);
  return {
    location: { name, file, format, start, stride, first: 0, frames, mark },
    passed: () => undefined,
  };
};

/** Reads the line before a frame; false at the end of the stream. */
const readFrameLine = async (
  reader: ByteReader,
  source: string,
  frame: number,
  neededBytes: number,
  signal: AbortSignal | undefined,
): Promise<boolean> => {
  const damaged = (problem: string): TinyVmafException =>
    new TinyVmafException({ _tag: 'DamagedInput', source, problem, frame });
  // Looked at before a newline is searched, which random data may not have for long.
  const text = latin1(await reader.peek(FRAME.length + 1, signal));
  if (text === '') return false;
  if (text.startsWith(`${FRAME}\r`)) throw damaged(CARRIAGE_RETURN);
  if (!/^FRAME[ \n]$/.test(text) && !FRAME.startsWith(text)) throw damaged(notAFrame(text));
  const line = await reader.line(MAX_LINE, signal);
  if (line.kind === 'tooLong') {
    throw damaged(`the line before the samples has no end within ${MAX_LINE} bytes`);
  }
  if (line.kind === 'line') {
    if (line.bytes.at(-1) === CR) throw damaged(CARRIAGE_RETURN);
    return true;
  }
  throw new TinyVmafException({
    _tag: 'TruncatedFrame',
    source,
    frame,
    neededBytes,
    presentBytes: 0,
    hint: 'The data ends in the line before the samples.',
  });
};

const notAFrame = (text: string): string =>
  `expected a line that starts with ${FRAME}, found ${printable(text)}; the stream is out of step or was changed`;

const readPlanes = async (
  reader: ByteReader,
  source: string,
  frame: number,
  { bytes }: FrameBuffer,
  extraBytes: number,
  scratch: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const planes = await reader.read(bytes, signal);
  const extra = extraBytes === 0 ? 0 : await reader.skip(extraBytes, scratch, signal);
  const neededBytes = bytes.length + extraBytes;
  const presentBytes = planes + extra;
  if (presentBytes === neededBytes) return;
  throw new TinyVmafException({
    _tag: 'TruncatedFrame',
    source,
    frame,
    neededBytes,
    presentBytes,
  });
};
