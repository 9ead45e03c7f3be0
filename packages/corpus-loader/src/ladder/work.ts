/**
 * Doing one job: source to reference, or reference to encode to clip. Results
 * are complete, forced to the disk and under the job's name before the record
 * that makes them count is written.
 */
import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { ioError, TinyVmafException, type Io, type TinyVmafError } from '@tinyvmaf/core';
import { commitFile, syncFolder, writeFileAtomic } from '../store/atomic.js';
import { decodeArguments, encodeArguments, referenceArguments } from './commands.js';
import { hashFile } from './hash-memory.js';
import {
  jobFrameBytes,
  jobRate,
  type Addressed,
  type ClipJob,
  type LadderJob,
  type ReferenceJob,
} from './job.js';
import { at, encodePath, PATHS, recordPath, yuvPath } from './layout.js';
import { lastWords, run, type Ended } from './process.js';
import { kbpsOf, psnrOf, squares16, squares8 } from './quality.js';
import { ofRate } from './rational.js';
import { recordText, type JobRecord } from './record.js';
import { openReader, openSink, type FrameTap, type SamplesTaken } from './samples.js';
import type { FoundResult } from './state.js';
import { missingTool } from './tools.js';

/** What jobs are done with. */
export interface Workshop {
  /** Folder of the ladder. */
  readonly out: string;
  /** The program. */
  readonly ffmpeg: string;
  readonly keepEncodes: boolean;
  readonly signal: AbortSignal | undefined;
}

const temporary = ({ out }: Workshop, hash: string, ending: string): string =>
  at(out, `${PATHS.temporary}/${hash.slice(0, 16)}-${randomBytes(6).toString('hex')}.${ending}`);

const taskOf = (job: LadderJob): string =>
  job.kind === 'reference'
    ? `make the reference of ${job.source}`
    : `build ${job.rung} of ${job.source}`;

const failed = (ffmpeg: string, job: LadderJob, problem: string): TinyVmafError => ({
  _tag: 'ToolFailed',
  tool: ffmpeg,
  task: taskOf(job),
  problem,
});

const FULL = /No space left on device|Disk quota exceeded|error -28\b/u;

/** Throws unless the program ended well. */
const checkEnd = (ended: Ended, workshop: Workshop, job: LadderJob): void => {
  if (ended.kind === 'absent') throw new TinyVmafException(missingTool(workshop.ffmpeg));
  if (ended.messages.some((line) => FULL.test(line)))
    throw new TinyVmafException(diskFull(workshop.out));
  if (ended.kind === 'ended' && ended.status === 0) return;
  throw new TinyVmafException(failed(workshop.ffmpeg, job, lastWords(ended)));
};

/** The error of a full disk. */
export const diskFull = (out: string): Io => ({
  _tag: 'Io',
  operation: 'write',
  target: out,
  problem: 'no space left on the device; what is finished is kept, make room and run it again',
  errno: 'ENOSPC',
});

/** Runs ffmpeg with its samples going into a new file. Throws what went wrong; the file is then gone. */
const samplesInto = async (
  path: string,
  workshop: Workshop,
  job: LadderJob,
  args: readonly string[],
  tap?: FrameTap,
): Promise<SamplesTaken> => {
  const sink = await openSink(path, jobFrameBytes(job), tap);
  try {
    const ended = await run({
      command: workshop.ffmpeg,
      args,
      signal: workshop.signal,
      background: true,
      onOutput: (piece) => sink.take(piece),
    });
    checkEnd(ended, workshop, job);
    const taken = await sink.finish();
    if (taken.rest !== 0) {
      throw new TinyVmafException(
        failed(
          workshop.ffmpeg,
          job,
          `the last frame has ${taken.rest} of ${jobFrameBytes(job)} bytes`,
        ),
      );
    }
    return taken;
  } catch (thrown) {
    await sink.abandon();
    await rm(path, { force: true }).catch(() => undefined);
    throw thrown;
  }
};

/** Makes a reference. @param source path of the source file. */
export const makeReference = async (
  { hash, job }: Addressed<ReferenceJob>,
  source: string,
  workshop: Workshop,
  check: () => Promise<void>,
): Promise<FoundResult> => {
  const path = temporary(workshop, hash, 'yuv');
  await check();
  const taken = await samplesInto(path, workshop, job, referenceArguments(job, source));
  await check();
  const { frames, bytes, sha256 } = taken;
  if (frames === 0 || frames > job.frames || (job.exact && frames !== job.frames)) {
    await rm(path, { force: true });
    throw new TinyVmafException(
      failed(workshop.ffmpeg, job, `it gave ${frames} frames, not ${job.frames}`),
    );
  }
  await commitFile(path, at(workshop.out, yuvPath(hash)));
  const record: JobRecord = {
    format: 'tinyvmaf-ladder-record/1',
    hash,
    job,
    frames,
    yuv: { bytes, sha256 },
  };
  await writeFileAtomic(at(workshop.out, recordPath(hash)), recordText(record));
  return { record, yuv: yuvPath(hash) };
};

/** Encodes a reference and scales it back. */
export const makeClip = async (
  { hash, job }: Addressed<ClipJob>,
  reference: FoundResult,
  workshop: Workshop,
): Promise<FoundResult> => {
  const { out, signal, keepEncodes } = workshop;
  const encode = temporary(workshop, hash, job.extension);
  const yuv = temporary(workshop, hash, 'yuv');
  const source = at(out, reference.yuv);
  try {
    const ended = await run({
      command: workshop.ffmpeg,
      args: encodeArguments(job, encode),
      inputFile: source,
      signal,
      background: true,
    });
    checkEnd(ended, workshop, job);
    const bytes = await sizeOf(encode);
    if (bytes === 0)
      throw new TinyVmafException(failed(workshop.ffmpeg, job, 'the encode is empty'));
    const { taken, psnrY } = await decodeAndCompare(job, encode, yuv, source, workshop);
    const { frames } = reference.record;
    if (taken.frames !== frames) {
      throw new TinyVmafException(
        failed(workshop.ffmpeg, job, `it gave ${taken.frames} frames, not ${frames}`),
      );
    }
    const record: JobRecord = {
      format: 'tinyvmaf-ladder-record/1',
      hash,
      job,
      frames,
      yuv: { bytes: taken.bytes, sha256: taken.sha256 },
      encode: { bytes, sha256: await hashFile(encode, signal), kept: keepEncodes },
      kbps: kbpsOf(bytes, frames, ofRate(jobRate(job))),
      psnrY,
    };
    if (keepEncodes) await commitFile(encode, at(out, encodePath(hash)));
    await named(yuv, at(out, yuvPath(hash)));
    await writeFileAtomic(at(out, recordPath(hash)), recordText(record));
    return { record, yuv: yuvPath(hash), ...(keepEncodes ? { encode: encodePath(hash) } : {}) };
  } finally {
    await rm(encode, { force: true }).catch(() => undefined);
    await rm(yuv, { force: true }).catch(() => undefined);
  }
};

const named = async (from: string, to: string): Promise<void> => {
  try {
    await rename(from, to);
    await syncFolder(at(to, '..'));
  } catch (thrown) {
    throw new TinyVmafException(ioError('write', to, thrown));
  }
};

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
};

const decodeAndCompare = async (
  job: ClipJob,
  encode: string,
  yuv: string,
  reference: string,
  workshop: Workshop,
): Promise<{ readonly taken: SamplesTaken; readonly psnrY: number }> => {
  const luma = job.width * job.height;
  const deep = job.pixFmt !== 'yuv420p';
  const squares = deep ? squares16 : squares8;
  const reader = await openReader(reference, jobFrameBytes(job));
  let meanSquares = 0;
  try {
    const taken = await samplesInto(
      yuv,
      workshop,
      job,
      decodeArguments(job, encode),
      async (frame, index) => {
        const other = await reader.read(index);
        if (other !== undefined) meanSquares += squares(frame, other, luma) / luma;
      },
    );
    return { taken, psnrY: psnrOf(meanSquares, taken.frames, deep ? 1023 : 255) };
  } finally {
    await reader.close();
  }
};
