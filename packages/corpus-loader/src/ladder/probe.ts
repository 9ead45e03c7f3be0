/**
 * Size, rate and number of frames of a source, for those that nobody has
 * described: from ffprobe, which counts packets and decodes nothing.
 */
import { TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import type { FrameRate } from '../corpus/corpus.js';
import { fileUrl } from './commands.js';
import type { Size } from './geometry.js';
import { capture, lastWords } from './process.js';
import { rational, toRate } from './rational.js';
import { parseJson } from './record.js';
import { missingTool, type LadderTools } from './tools.js';

/** What a file says about its first video stream. */
export interface Probed extends Size {
  readonly frameRate: FrameRate;
  /** Packets; decoding may give fewer frames. */
  readonly frames: number;
}

const Stream = t.intersection([
  t.type({ width: t.number, height: t.number }),
  t.partial({
    avg_frame_rate: t.string,
    r_frame_rate: t.string,
    nb_read_packets: t.string,
    side_data_list: t.array(t.partial({ rotation: t.number })),
  }),
]);

const Output = t.type({ streams: t.array(Stream) });

const rateOf = (text: string | undefined): FrameRate | undefined => {
  const found = /^(\d+)\/(\d+)$/u.exec(text ?? '');
  const [n, d] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
  return n > 0 && d > 0 ? toRate(rational(n, d)) : undefined;
};

const turned = (stream: t.TypeOf<typeof Stream>): boolean =>
  (stream.side_data_list ?? []).some(({ rotation }) => Math.abs(rotation ?? 0) % 180 === 90);

const damaged = (source: string, problem: string): TinyVmafException =>
  new TinyVmafException({ _tag: 'DamagedInput', source, problem });

const noFrames = (source: string): TinyVmafError => ({
  _tag: 'NoFrames',
  source,
  problem: 'has no frame of video that ffprobe could count',
});

/** Looks into a video. Throws BackendUnavailable, DamagedInput, NoFrames, Cancelled. */
export const probeVideo = async (
  tools: LadderTools,
  path: string,
  name: string,
  signal?: AbortSignal,
): Promise<Probed> => {
  const args = ['-v', 'error', '-select_streams', 'V:0', '-count_packets', '-show_streams'];
  const { ended, output } = await capture({
    command: tools.ffprobe,
    args: [...args, '-of', 'json', '-i', fileUrl(path)],
    signal,
  });
  if (ended.kind === 'absent') throw new TinyVmafException(missingTool(tools.ffprobe));
  if (ended.kind === 'signal' || ended.status !== 0) {
    throw damaged(name, `ffprobe cannot read it: ${lastWords(ended)}`);
  }
  const decoded = Output.decode(parseJson(output));
  const stream = E.isRight(decoded) ? decoded.right.streams[0] : undefined;
  if (stream === undefined) throw damaged(name, 'it holds no video');
  const frameRate = rateOf(stream.avg_frame_rate) ?? rateOf(stream.r_frame_rate);
  if (frameRate === undefined) throw damaged(name, 'it does not say its frame rate');
  const frames = Number(stream.nb_read_packets ?? 0);
  if (!(frames > 0)) throw new TinyVmafException(noFrames(name));
  const size = turned(stream)
    ? { width: stream.height, height: stream.width }
    : { width: stream.width, height: stream.height };
  return { ...size, frameRate, frames };
};
