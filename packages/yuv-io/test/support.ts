// Helpers shared by the tests of this package.
import { either as E, type taskEither as TE } from 'fp-ts';
import { TinyVmafException, type TinyVmafError, type VideoFormat } from '@tinyvmaf/core';
import { textureLuma } from '@tinyvmaf/testkit';
import { copyPlane, type Frame, type FrameSource } from '../src/index.js';

/** A frame that outlives its step. */
export const keep = (frame: Frame): Frame => ({
  index: frame.index,
  luma: copyPlane(frame.luma),
  chroma: frame.chroma.map(copyPlane),
});

/** All frames of a source. */
export const framesOf = async (source: FrameSource, signal?: AbortSignal): Promise<Frame[]> => {
  const frames: Frame[] = [];
  for await (const frame of source.frames(signal)) frames.push(keep(frame));
  return frames;
};

/** The error something throws or rejects with; fails on anything outside the union. */
export const errorOf = async (run: () => Promise<unknown>): Promise<TinyVmafError> => {
  try {
    await run();
  } catch (thrown) {
    if (thrown instanceof TinyVmafException) return thrown.error;
    throw thrown;
  }
  throw new Error('expected an error');
};

/** The left of a task. */
export const leftOf = async (
  task: TE.TaskEither<TinyVmafError, unknown>,
): Promise<TinyVmafError> => {
  const result = await task();
  if (E.isRight(result)) throw new Error('expected a left');
  return result.left;
};

/** The right of a task; the error as a message otherwise. */
export const rightOf = async <A>(task: TE.TaskEither<TinyVmafError, A>): Promise<A> => {
  const result = await task();
  if (E.isLeft(result)) throw new TinyVmafException(result.left);
  return result.right;
};

/** Bytes as an async iterable of pieces that end at the given places. */
export async function* inPieces(
  bytes: Uint8Array,
  ends: readonly number[],
): AsyncGenerator<Uint8Array, void, undefined> {
  let start = 0;
  for (const end of [...ends, bytes.length]) {
    await Promise.resolve();
    if (end >= start && end <= bytes.length) {
      yield bytes.subarray(start, end);
      start = end;
    }
  }
}

/** Text as Latin-1 bytes. */
export const latin1 = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** One array of several. */
export const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** A Blob of bytes. */
export const blobOf = (bytes: Uint8Array): Blob => new Blob([joined(bytes)]);

/** The 96x64 8-bit 4:2:0 format of the cases. */
export const SMALL: VideoFormat = { width: 96, height: 64, bitDepth: 8, chroma: '420' };

/** `count` frames of the texture of the cases. */
export const textures = (count: number, format = SMALL, quantiser = 1) =>
  Array.from({ length: count }, (_, t) =>
    textureLuma(format.width, format.height, t, format.bitDepth, quantiser),
  );
