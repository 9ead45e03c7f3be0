/**
 * The end of a Y4M file without reading all of it: where every frame header is
 * the plain `FRAME`, the size is a whole number of frames and the last one
 * begins where it should.
 */
import type { FileHandle } from 'node:fs/promises';
import { frameBytes, type VideoFormat } from '@tinyvmaf/core';

/** Longest stream header that is looked at. */
const HEADER = 4096;

/** `FRAME` and a line feed. */
const FRAME = Buffer.from('FRAME\n', 'latin1');

/**
 * Number of frames; `undefined` where frame headers hold parameters or the file
 * is cut, which only reading tells apart.
 */
export const y4mFrames = async (
  file: FileHandle,
  bytes: number,
  format: VideoFormat,
): Promise<number | undefined> => {
  const head = Buffer.alloc(Math.min(HEADER, bytes));
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  const line = head.subarray(0, bytesRead).indexOf(0x0a) + 1;
  const record = FRAME.length + frameBytes(format);
  const frames = (bytes - line) / record;
  if (line === 0 || frames < 1 || !Number.isInteger(frames)) return undefined;
  const last = Buffer.alloc(FRAME.length);
  await file.read(last, 0, last.length, bytes - record);
  return last.equals(FRAME) ? frames : undefined;
};
