/**
 * Containers through mediabunny, loaded on first use: opens one, lists its
 * video tracks and picks one. What the library throws becomes a typed error
 * here, so that no caller ever meets a bare assertion.
 */
import { printable, TinyVmafException, unwrap, type TinyVmafError } from '@tinyvmaf/core';
import type { Input, InputVideoTrack, Source } from 'mediabunny';
import type { SourceInfo, VideoHints } from '../frame.js';
import { avcMayBeInterlaced } from './avc.js';
import { viewBytes } from './bytes.js';
import { refuseCutMatroska } from './cut-off.js';
import { readEditLists, type ByteReader, type EditList } from './edit-list.js';
import { rationalRate } from './rate.js';
import type { Orientation } from './rotate.js';
import { guardAgainstSpinning } from './spin-guard.js';
import { chooseTrack } from './track.js';

/** The bytes of a container in the two forms that are needed. */
export interface ContainerBytes extends ByteReader {
  /** A fresh source for the demuxer. */
  readonly source: () => Promise<Source>;
}

/** An open container with its chosen track. */
export interface Demuxed {
  readonly input: Input;
  readonly track: InputVideoTrack;
  readonly number: number;
  readonly of: number;
  readonly container: string;
  readonly codec: string;
  readonly orientation: Orientation;
  readonly edit: EditList | undefined;
  readonly mayBeInterlaced: boolean;
  readonly frameRate: SourceInfo['frameRate'];
  readonly variableFrameRate: boolean;
  readonly fullRange: boolean | undefined;
  readonly transfer: string | undefined;
}

/** Packets looked at to find the frame rate. */
const RATE_PACKETS = 256;

const raise = (error: TinyVmafError): never => {
  throw new TinyVmafException(error);
};

const damaged = (source: string, problem: string, cause: unknown): TinyVmafException =>
  new TinyVmafException({ _tag: 'DamagedInput', source, problem, cause });

/** Names of codecs that containers hold and that no WebCodecs decoder takes. */
const INTERNAL_NAMES: ReadonlyMap<string, string> = new Map([
  ['mp4v', 'MPEG-4 Part 2'],
  ['V_MPEG4/ISO/ASP', 'MPEG-4 Part 2'],
  ['V_MPEG2', 'MPEG-2'],
  ['V_MPEG1', 'MPEG-1'],
  ['V_MS/VFW/FOURCC', 'a Video for Windows codec'],
  ['V_MJPEG', 'Motion JPEG'],
  ['jpeg', 'Motion JPEG'],
  ['V_FFV1', 'FFV1'],
  ['V_THEORA', 'Theora'],
]);

/** Codec of a track as messages name it: `avc1.64001f`, `mp4v (MPEG-4 Part 2)`. */
const codecName = async (track: InputVideoTrack): Promise<string> => {
  const parameters = await track.getCodecParameterString().catch(() => null);
  if (parameters !== null) return parameters;
  const id = await track.getInternalCodecId();
  if (typeof id !== 'string') return id === null ? 'unknown' : String(id);
  const name = INTERNAL_NAMES.get(id);
  return name === undefined ? id : `${id} (${name})`;
};

const label = async (track: InputVideoTrack): Promise<string> =>
  `${await codecName(track)} ${await track.getCodedWidth()}x${await track.getCodedHeight()}`;

/** An mp4 or mov starts with a box: its size, then `ftyp` or one of the old ones. */
const looksLikeIsoMedia = async (bytes: ByteReader): Promise<boolean> => {
  const head = await bytes.read(0, 8);
  const type = String.fromCharCode(...head.subarray(4, 8));
  return ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(type);
};

const openInput = async (source: string, bytes: ContainerBytes): Promise<Input> => {
  const bunny = await import('mediabunny');
  // What it would print belongs to no output of ours.
  bunny.Logging.level = bunny.LogLevel.Silent;
  const input = new bunny.Input({
    source: guardAgainstSpinning(source, await bytes.source()),
    formats: bunny.ALL_FORMATS,
  });
  try {
    await input.getFormat();
    return input;
  } catch (thrown) {
    input.dispose();
    if (thrown instanceof bunny.UnsupportedInputFormatError) {
      return raise({
        _tag: 'UnsupportedFormat',
        source,
        found: 'a container that is not recognised',
        remedy: 'mp4, mov, mkv, webm and ts are read.',
        cause: thrown,
      });
    }
    throw damaged(source, 'its container cannot be read', thrown);
  }
};

const tracksOf = async (
  source: string,
  input: Input,
  bytes: ByteReader,
): Promise<readonly InputVideoTrack[]> => {
  const tracks = await input.getVideoTracks();
  if (tracks.length === 0 && (await input.getTracks()).length === 0) {
    // Without any track an mp4 has lost its index; a transport stream may hold codecs unknown here.
    if (await looksLikeIsoMedia(bytes)) {
      raise({
        _tag: 'DamagedInput',
        source,
        problem: 'it has no index (moov) or no track in it; the file is probably cut off',
      });
    }
  }
  return tracks;
};

const frameRateOf = async (
  track: InputVideoTrack,
): Promise<{ frameRate: SourceInfo['frameRate']; variable: boolean }> => {
  try {
    const rate = await track.computeFrameRateMetrics({ targetPacketCount: RATE_PACKETS });
    return {
      // One picture has no rate: what is guessed from it is the container's clock.
      frameRate: rate.probedPacketCount > 1 ? rationalRate(rate.bestGuessFrameRate) : undefined,
      variable: rate.probedPacketCount > 2 && !rate.frameRateIsConstant,
    };
  } catch {
    // A rate is for the report only: damage shows up, with its frame, when decoding.
    return { frameRate: undefined, variable: false };
  }
};

const interlaced = async (track: InputVideoTrack): Promise<boolean> => {
  if ((await track.getCodec()) !== 'avc') return false;
  const { EncodedPacketSink } = await import('mediabunny');
  const description = (await track.getDecoderConfig())?.description;
  const record = description === undefined ? undefined : viewBytes(description);
  const packet =
    record === undefined ? await new EncodedPacketSink(track).getFirstKeyPacket() : null;
  return avcMayBeInterlaced(record, packet?.data) ?? false;
};

const refuseStrangeEdits = (source: string, edit: EditList | undefined): void => {
  if (edit === undefined || (edit.edits <= 1 && edit.normalSpeed)) return;
  raise({
    _tag: 'UnsupportedFormat',
    source,
    found: edit.normalSpeed
      ? `an edit list with ${edit.edits} stretches`
      : 'an edit list that changes the speed',
    remedy: 'Decode it with ffmpeg (--decoder ffmpeg).',
  });
};

/**
 * Opens a container and picks its track.
 * Throws `TinyVmafException`: `NoFrames`, `UnsupportedFormat`, `DamagedInput`, `BadArgument`.
 * The caller disposes `input`.
 */
export const demux = async (
  source: string,
  bytes: ContainerBytes,
  hints: VideoHints,
): Promise<Demuxed> => {
  if (bytes.size === 0) raise({ _tag: 'NoFrames', source, problem: 'is empty' });
  const input = await openInput(source, bytes);
  try {
    await refuseCutMatroska(source, bytes);
    const tracks = await tracksOf(source, input, bytes);
    const choices = await Promise.all(
      tracks.map(async (track) => ({
        isDefault: (await track.getDisposition()).default,
        label: await label(track),
      })),
    );
    const index = unwrap(chooseTrack(source, choices, hints.track));
    const track = tracks[index];
    if (track === undefined) throw new Error('chosen track is out of range');
    const codec = await codecName(track);
    if ((await track.getCodec()) === null || !(await track.canDecode())) {
      raise({
        _tag: 'UnsupportedFormat',
        source,
        found: `codec ${codec}`,
        remedy: 'This WebCodecs decoder does not take it.',
      });
    }
    const edit = (await readEditLists(bytes)).get(track.id);
    refuseStrangeEdits(source, edit);
    const colour = await track.getColorSpace();
    const rate = await frameRateOf(track);
    return {
      input,
      track,
      number: index + 1,
      of: tracks.length,
      container: (await input.getFormat()).name,
      codec,
      orientation: { rotation: await track.getRotation(), mirrored: await track.getFlip() },
      edit,
      mayBeInterlaced: await interlaced(track),
      frameRate: rate.frameRate,
      variableFrameRate: rate.variable,
      fullRange: colour.fullRange ?? undefined,
      transfer: colour.transfer ?? undefined,
    };
  } catch (thrown) {
    input.dispose();
    if (thrown instanceof TinyVmafException) throw thrown;
    const words = printable(thrown instanceof Error ? thrown.message : String(thrown));
    throw damaged(source, `its container cannot be read (${words})`, thrown);
  }
};
