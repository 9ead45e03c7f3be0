/**
 * Frames out of ffmpeg's rawvideo pipe. The operating system's pipe is the
 * back-pressure: ffmpeg stops when nobody reads. The child is killed whenever
 * the consumer leaves early.
 */
import {
  chromaSize,
  printable,
  throwIfAborted,
  TinyVmafException,
  type VideoFormat,
} from '@tinyvmaf/core';
import type { Frame, Plane } from '../../frame.js';
import { isUpright, orientPlane, type Orientation } from '../../video/rotate.js';
import type { RawLayout } from './pix-fmt.js';
import { startTool, type ToolEnd } from './tool.js';

/** What to run and how to read what comes. */
export interface FfmpegJob {
  readonly source: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly layout: RawLayout;
  /** Luma size and chroma as ffmpeg writes them, before turning. */
  readonly stored: VideoFormat;
  /** As delivered. */
  readonly shown: VideoFormat;
  readonly orientation: Orientation;
}

/** Messages at error level that mean lost data although ffmpeg goes on and exits with 0. */
const LOSS =
  /partial file|ended prematurely|truncat|error while decoding stream|error submitting|decoding error|reinitializing filters/iu;

/** Buffers of one stream, used again for every frame. */
class RawFrames {
  readonly bytes: Uint8Array;
  private readonly words: Uint16Array | undefined;
  private readonly scratch: Plane['data'][] = [];
  private readonly turned: Plane['data'][] = [];

  constructor(private readonly job: FfmpegJob) {
    const { stored, layout } = job;
    const samples = stored.width * stored.height + layout.rest(stored.width, stored.height);
    this.bytes = new Uint8Array(samples * (stored.bitDepth === 8 ? 1 : 2));
    // Little-endian words, as every host of Node has them.
    this.words = stored.bitDepth === 8 ? undefined : new Uint16Array(this.bytes.buffer);
  }

  frame(index: number): Frame {
    const { orientation, shown, layout } = this.job;
    if (layout.shift > 0) this.toLowBits(layout.shift);
    const planes = this.planes();
    const [luma, ...chroma] = isUpright(orientation)
      ? planes
      : planes.slice(0, shown.chroma === '400' ? 1 : planes.length).map((plane, i) => {
          this.turned[i] ??= this.buffer(plane.width * plane.height);
          return orientPlane(plane, orientation, this.turned[i]);
        });
    if (luma === undefined) throw new Error('a frame without planes');
    return { index, luma, chroma };
  }

  private buffer(samples: number): Plane['data'] {
    return this.words === undefined ? new Uint8Array(samples) : new Uint16Array(samples);
  }

  private toLowBits(shift: number): void {
    const words = this.words;
    if (words === undefined) return;
    for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) >> shift;
  }

  private planes(): readonly Plane[] {
    const { stored, layout } = this.job;
    const all = this.words ?? this.bytes;
    const [width, height] = chromaSize(stored);
    const at = (start: number, w: number, h: number): Plane => ({
      data: all.subarray(start, start + w * h),
      width: w,
      height: h,
      stride: w,
    });
    const start = stored.width * stored.height;
    const luma = at(0, stored.width, stored.height);
    if (stored.chroma === '400') return [luma];
    if (layout.arrangement === 'planar') {
      return [luma, at(start, width, height), at(start + width * height, width, height)];
    }
    const pairs = all.subarray(start, start + 2 * width * height);
    return [luma, ...[0, 1].map((which) => this.everySecond(pairs, which, width, height))];
  }

  private everySecond(pairs: Plane['data'], which: number, width: number, height: number): Plane {
    const out = (this.scratch[which] ??= this.buffer(width * height));
    for (let i = 0; i < out.length; i++) out[i] = pairs[2 * i + which] ?? 0;
    return { data: out, width, height, stride: width };
  }
}

const lastWords = (lines: readonly string[]): string =>
  lines.length === 0 ? 'nothing' : printable(lines.slice(-2).join('; '));

const checkEnd = (
  job: FfmpegJob,
  end: ToolEnd,
  frames: number,
  present: number,
  needed: number,
  lines: readonly string[],
): void => {
  const { source, command } = job;
  const damaged = (problem: string): never => {
    throw new TinyVmafException({ _tag: 'DamagedInput', source, problem, frame: frames });
  };
  if ('error' in end) {
    throw new TinyVmafException({
      _tag: 'BackendUnavailable',
      backend: command,
      problem: `could not be started (${end.error.message})`,
      remedy: 'Install ffmpeg and make sure it is on the PATH.',
      cause: end.error,
    });
  }
  if (end.status !== 0) {
    damaged(
      `ffmpeg ended with ${end.signal ?? `status ${end.status}`} and said ${lastWords(lines)}`,
    );
  }
  if (present > 0) {
    throw new TinyVmafException({
      _tag: 'TruncatedFrame',
      source,
      frame: frames,
      neededBytes: needed,
      presentBytes: present,
      hint: `ffmpeg said ${lastWords(lines)}.`,
    });
  }
  const loss = lines.filter((line) => LOSS.test(line));
  if (loss.length > 0) damaged(`ffmpeg said ${lastWords(loss)}`);
};

/**
 * Runs ffmpeg and yields its frames, borrowed until the next step.
 * Throws `DamagedInput`, `TruncatedFrame`, `Cancelled`, `BackendUnavailable`.
 */
export async function* ffmpegFrames(
  job: FfmpegJob,
  signal: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  const operation = `Decoding ${job.source}`;
  throwIfAborted(signal, operation);
  const { child, end, messages } = startTool(job.command, job.args);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  signal.addEventListener('abort', kill);
  const frames = new RawFrames(job);
  const { bytes } = frames;
  let filled = 0;
  let index = 0;
  try {
    for await (const chunk of child.stdout) {
      if (!(chunk instanceof Uint8Array)) throw new Error('ffmpeg wrote text');
      for (let at = 0; at < chunk.byteLength;) {
        const take = Math.min(bytes.byteLength - filled, chunk.byteLength - at);
        bytes.set(chunk.subarray(at, at + take), filled);
        filled += take;
        at += take;
        if (filled < bytes.byteLength) continue;
        filled = 0;
        yield frames.frame(index++);
        throwIfAborted(signal, operation);
      }
    }
    const ended = await end;
    throwIfAborted(signal, operation);
    checkEnd(job, ended, index, filled, bytes.byteLength, messages.lines);
  } catch (thrown) {
    throwIfAborted(signal, operation);
    throw thrown;
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
    child.stdout.destroy();
    await end;
  }
}
