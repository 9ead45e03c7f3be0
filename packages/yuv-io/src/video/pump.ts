/**
 * Demuxed packets through a `VideoDecoder`, with the look-ahead kept small.
 * Used where the decoder is an add-on of the JavaScript engine; browsers get
 * the demuxer's own loop (`sink.ts`), which knows their peculiarities.
 */
import { printable, TinyVmafException, throwIfAborted, type TinyVmafError } from '@tinyvmaf/core';
import type { EncodedPacket, InputVideoTrack } from 'mediabunny';
import { viewBytes } from './bytes.js';
import { holdEventLoop } from './keepalive.js';
import { fourByteLengths } from './nal-length.js';
import type { Picture, PictureStream } from './pictures.js';
import { showsPicture } from './shown.js';

/** Decoded pictures plus packets queued for decoding at most; reordering adds what the codec needs. */
const LOOK_AHEAD = 8;

/** Milliseconds between looks at a decoder that forgot to report. */
const POLL_MS = 100;

/** Milliseconds without any progress after which a decoder is given up. */
const STALL_MS = 60_000;

const MICROSECONDS = 1e6;

const asPicture = (frame: VideoFrame, microseconds: number): Picture => ({
  format: frame.format,
  seconds: microseconds / MICROSECONDS,
  visibleRect: frame.visibleRect,
  colorSpace: frame.colorSpace,
  allocationSize: () => frame.allocationSize(),
  copyTo: (target) => frame.copyTo(target),
  close: () => frame.close(),
});

/**
 * Presentation times of packets whose pictures have not come out yet,
 * ascending. Pictures come out in presentation order, so each takes the
 * smallest; a decoder's own timestamps may be in decoding order.
 */
class Times {
  private readonly times: number[] = [];

  add(time: number): void {
    let at = this.times.length;
    while (at > 0 && (this.times[at - 1] ?? 0) > time) at--;
    this.times.splice(at, 0, time);
  }

  take(): number | undefined {
    return this.times.shift();
  }

  get size(): number {
    return this.times.length;
  }
}

/** Decodes a track with the `VideoDecoder` found on `globalThis`. */
export const pumpPictures: PictureStream = async function* ({
  source,
  track,
  signal,
  mayBeInterlaced,
}) {
  const damaged = (problem: string, frame: number, cause?: unknown): TinyVmafException => {
    const error: TinyVmafError = { _tag: 'DamagedInput', source, problem, frame };
    return new TinyVmafException(cause === undefined ? error : { ...error, cause });
  };
  const lost = (problem: string): TinyVmafException =>
    new TinyVmafException({ _tag: 'DamagedInput', source, problem });
  const words = (thrown: unknown): string =>
    printable(thrown instanceof Error ? thrown.message : String(thrown));

  const queue: VideoFrame[] = [];
  const expected = new Times();
  const state = {
    failure: undefined as unknown,
    failed: false,
    flush: 'no' as 'no' | 'running' | 'done',
    wake: (): void => undefined,
    progressAt: performance.now(),
  };
  const poke = (): void => {
    state.progressAt = performance.now();
    state.wake();
  };
  const fail = (thrown: unknown): void => {
    state.failure ??= thrown;
    state.failed = true;
    poke();
  };

  const decoder = new VideoDecoder({
    output: (frame) => {
      queue.push(frame);
      poke();
    },
    error: (thrown) => {
      // The cause, where a call that came too late has already failed for it.
      state.failure = thrown;
      fail(thrown);
    },
  });
  const release = holdEventLoop(() => state.wake(), POLL_MS);
  signal.addEventListener('abort', poke);
  let packets: AsyncGenerator<EncodedPacket, void, unknown> | undefined;
  let count = 0;
  try {
    const codec = await track.getCodec();
    const config = await track.getDecoderConfig().catch(() => null);
    if (config === null) throw damaged('its video track has no decoder configuration', 0);
    const { description } = config;
    const lengths = fourByteLengths(codec, description && viewBytes(description));
    try {
      decoder.addEventListener('dequeue', poke);
      decoder.configure({
        ...config,
        ...(lengths === undefined ? {} : { description: lengths.description }),
        hardwareAcceleration: 'prefer-software',
      });
      packets = await packetsFromKey(track);
    } catch (thrown) {
      if (thrown instanceof TinyVmafException) throw thrown;
      throw damaged(`decoding cannot begin: ${words(thrown)}`, 0, thrown);
    }
    let ended = false;
    let firstTime: number | undefined;
    for (;;) {
      throwIfAborted(signal, `Decoding ${source}`);
      if (queue.length === 0 && state.failed) {
        if (state.failure instanceof TinyVmafException) throw state.failure;
        throw damaged(`the decoder reports ${words(state.failure)}`, count, state.failure);
      }
      const busy = queue.length + decoder.decodeQueueSize;
      if (!ended && !state.failed && busy < LOOK_AHEAD) {
        let next;
        try {
          next = await packets.next();
          if (next.done !== true) {
            const packet = next.value;
            firstTime ??= packet.microsecondTimestamp;
            // Pictures before the first key picture may lean on others that are not in the file.
            const due = packet.microsecondTimestamp >= firstTime;
            if (due && showsPicture(codec, packet.data)) expected.add(packet.microsecondTimestamp);
            const rewritten = lengths && packet.clone({ data: lengths.convert(packet.data) });
            decoder.decode((rewritten ?? packet).toEncodedVideoChunk());
          }
        } catch (thrown) {
          // Pictures decoded so far still go out; the error waits for its place in the order.
          fail(thrown);
          continue;
        }
        if (next.done === true) ended = true;
        state.progressAt = performance.now();
        continue;
      }
      const frame = queue.shift();
      if (frame !== undefined) {
        count++;
        yield asPicture(frame, expected.take() ?? frame.timestamp);
        continue;
      }
      if (ended && state.flush === 'no') {
        state.flush = 'running';
        decoder.flush().then(() => {
          state.flush = 'done';
          poke();
        }, fail);
        continue;
      }
      if (state.flush === 'done') {
        if (expected.size > 0 && !mayBeInterlaced) {
          const due = count + expected.size;
          throw lost(`the decoder gave ${count} pictures for ${due} packets that carry one`);
        }
        return;
      }
      if (performance.now() - state.progressAt > STALL_MS) {
        throw damaged(`the decoder has given nothing for ${STALL_MS / 1000} s`, count);
      }
      await new Promise<void>((resolve) => {
        state.wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', poke);
    for (const frame of queue) frame.close();
    queue.length = 0;
    if (decoder.state !== 'closed') decoder.close();
    await packets?.return();
    release();
  }
};

/** Packets from the first key packet on; without one nothing could be decoded and there are none. */
const packetsFromKey = async (
  track: InputVideoTrack,
): Promise<AsyncGenerator<EncodedPacket, void, unknown>> => {
  const { EncodedPacketSink } = await import('mediabunny');
  const sink = new EncodedPacketSink(track);
  const options = { verifyKeyPackets: true };
  const first = await sink.getFirstKeyPacket(options);
  return first === null ? none() : sink.packets(first, undefined, options);
};

async function* none(): AsyncGenerator<never, void, unknown> {
  // Nothing to yield.
}
