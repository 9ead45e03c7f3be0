/**
 * Pictures through the demuxer's own decoding loop, for browsers: it carries
 * the workarounds that browser decoders need (Chromium's B-frame reordering,
 * Safari's order of output).
 */
import { printable, throwIfAborted, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import type { VideoSample } from 'mediabunny';
import { holdEventLoop } from './keepalive.js';
import type { Picture, PictureStream } from './pictures.js';

/** Milliseconds to wait for one picture before the decoder is given up. */
const STALL_MS = 60_000;

const asPicture = (sample: VideoSample): Picture => ({
  format: sample.format,
  seconds: sample.timestamp,
  visibleRect: sample.visibleRect,
  colorSpace: sample.colorSpace,
  allocationSize: () => sample.allocationSize(),
  copyTo: (target) => sample.copyTo(target),
  close: () => sample.close(),
});

/** Decodes a track with `VideoSampleSink`. */
export const sinkPictures: PictureStream = async function* ({ source, track, signal }) {
  const { VideoSampleSink } = await import('mediabunny');
  const damaged = (problem: string, frame: number, cause?: unknown): TinyVmafException => {
    const error: TinyVmafError = { _tag: 'DamagedInput', source, problem, frame };
    return new TinyVmafException(cause === undefined ? error : { ...error, cause });
  };
  const samples = new VideoSampleSink(track).samples();
  let count = 0;
  try {
    for (;;) {
      throwIfAborted(signal, `Decoding ${source}`);
      let next;
      try {
        next = await orGiveUp(samples.next(), signal);
      } catch (thrown) {
        if (thrown instanceof TinyVmafException) throw thrown;
        const words = printable(thrown instanceof Error ? thrown.message : String(thrown));
        throw damaged(`the decoder reports ${words}`, count, thrown);
      }
      throwIfAborted(signal, `Decoding ${source}`);
      if (next === undefined) {
        throw damaged(`the decoder has given nothing for ${STALL_MS / 1000} s`, count);
      }
      if (next.done === true) return;
      count++;
      yield asPicture(next.value);
    }
  } finally {
    await samples.return();
  }
};

/** The promise's value; undefined when the signal fires or {@link STALL_MS} pass first. */
const orGiveUp = async <A>(work: Promise<A>, signal: AbortSignal): Promise<A | undefined> => {
  let stop = (): void => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
  });
  const release = holdEventLoop(stop, STALL_MS);
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    release();
    signal.removeEventListener('abort', stop);
  }
};
