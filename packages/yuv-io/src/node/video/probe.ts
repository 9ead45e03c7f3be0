/**
 * What ffmpeg knows of a file's video streams: from ffprobe's JSON, or, where
 * only ffmpeg is installed, from the lines it prints about its input.
 */
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import { orientationOfMatrix, UPRIGHT, type Orientation } from '../../video/rotate.js';
import { runTool, type FfmpegTools } from './tool.js';

/** One real video stream; cover art is left out. */
export interface ProbedStream {
  /** Number of the stream in the file, for `-map 0:<index>`. */
  readonly index: number;
  readonly codec: string;
  readonly pixFmt: string;
  readonly width: number;
  readonly height: number;
  readonly isDefault: boolean;
  /** Undefined for a display matrix that is no quarter turn. */
  readonly orientation: Orientation | undefined;
  readonly frameRate?: { readonly numerator: number; readonly denominator: number };
  readonly variableFrameRate?: boolean;
  readonly fullRange?: boolean;
  readonly transfer?: string;
  readonly interlaced?: boolean;
}

/** Result of looking into a file. */
export type Probe =
  | {
      readonly kind: 'streams';
      readonly container: string;
      readonly streams: readonly ProbedStream[];
    }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'no-tool' };

const Stream = t.intersection([
  t.type({ index: t.number }),
  t.partial({
    codec_type: t.string,
    codec_name: t.string,
    pix_fmt: t.string,
    width: t.number,
    height: t.number,
    r_frame_rate: t.string,
    avg_frame_rate: t.string,
    color_range: t.string,
    color_transfer: t.string,
    field_order: t.string,
    disposition: t.record(t.string, t.number),
    side_data_list: t.array(
      t.partial({ side_data_type: t.string, displaymatrix: t.string, rotation: t.number }),
    ),
  }),
]);

const ProbeOutput = t.intersection([
  t.type({ streams: t.array(Stream) }),
  t.partial({ format: t.partial({ format_name: t.string }) }),
]);

/** Relative difference between the two rates ffprobe gives above which frames are unevenly spaced. */
const RATE_TOLERANCE = 0.01;

const rational = (text: string | undefined): ProbedStream['frameRate'] => {
  const found = /^(\d+)\/(\d+)$/u.exec(text ?? '');
  const numerator = Number(found?.[1] ?? 0);
  const denominator = Number(found?.[2] ?? 0);
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : undefined;
};

const differ = (a: ProbedStream['frameRate'], b: ProbedStream['frameRate']): boolean =>
  a !== undefined &&
  b !== undefined &&
  Math.abs((a.numerator * b.denominator) / (a.denominator * b.numerator) - 1) > RATE_TOLERANCE;

/** Rows `00000000:  a  b  u` of ffprobe's dump. */
const matrixOrientation = (dump: string): Orientation | undefined => {
  const rows = [...dump.matchAll(/^\d+:\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)/gmu)];
  const cell = (row: number, column: number): number => Number(rows[row]?.[column] ?? 0);
  return orientationOfMatrix(cell(0, 1), cell(0, 2), cell(1, 1), cell(1, 2));
};

const quarterTurn = (counterClockwise: number): Orientation | undefined => {
  const clockwise = ((-counterClockwise % 360) + 360) % 360;
  return clockwise === 0 || clockwise === 90 || clockwise === 180 || clockwise === 270
    ? { rotation: clockwise, mirrored: false }
    : undefined;
};

const orientationOf = (stream: t.TypeOf<typeof Stream>): Orientation | undefined => {
  for (const data of stream.side_data_list ?? []) {
    if (data.displaymatrix !== undefined) return matrixOrientation(data.displaymatrix);
    if (data.rotation !== undefined) return quarterTurn(data.rotation);
  }
  return UPRIGHT;
};

const describeStream = (stream: t.TypeOf<typeof Stream>): ProbedStream => {
  const real = rational(stream.r_frame_rate);
  const average = rational(stream.avg_frame_rate);
  const frameRate = average ?? real;
  const order = stream.field_order;
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    pixFmt: stream.pix_fmt ?? 'unknown',
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    isDefault: stream.disposition?.['default'] === 1,
    orientation: orientationOf(stream),
    ...(frameRate === undefined ? {} : { frameRate }),
    variableFrameRate: differ(real, average),
    ...(stream.color_range === undefined || stream.color_range === 'unknown'
      ? {}
      : { fullRange: stream.color_range === 'pc' }),
    ...(stream.color_transfer === undefined || stream.color_transfer === 'unknown'
      ? {}
      : { transfer: stream.color_transfer }),
    ...(order === undefined || order === 'unknown' ? {} : { interlaced: order !== 'progressive' }),
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const probeWithFfprobe = async (command: string, url: string): Promise<Probe> => {
  const result = await runTool(command, [
    '-v',
    'error',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    '-i',
    url,
  ]);
  if (result === undefined) return { kind: 'no-tool' };
  const decoded = ProbeOutput.decode(parseJson(result.output));
  if (result.status !== 0 || E.isLeft(decoded)) {
    return {
      kind: 'unreadable',
      message: result.messages.at(-1) ?? `ffprobe ended with status ${String(result.status)}`,
    };
  }
  const { streams, format } = decoded.right;
  return {
    kind: 'streams',
    container: format?.format_name ?? 'unknown',
    streams: streams
      .filter((s) => s.codec_type === 'video' && s.disposition?.['attached_pic'] !== 1)
      .map(describeStream),
  };
};

const BANNER_STREAM =
  /^\s*Stream #0:(\d+)(?:\[[^\]]*\])?(?:\([^)]*\))?: Video: (\w+)(.*?), (\w+)(?:\(([^)]*)\))?,.*? (\d+)x(\d+)/u;

/** One `Stream #0:0 ... Video:` line of ffmpeg's description of its input. */
const bannerStream = (line: string): ProbedStream | undefined => {
  const found = BANNER_STREAM.exec(line);
  if (found === null || line.includes('(attached pic)')) return undefined;
  const details = found[5] ?? '';
  const range = /\b(tv|pc)\b/u.exec(details)?.[1];
  const transfer = /\b(smpte2084|arib-std-b67)\b/u.exec(details)?.[1];
  const interlaced = /\b(top|bottom) first\b/u.test(details);
  return {
    index: Number(found[1]),
    codec: found[2] ?? 'unknown',
    pixFmt: found[4] ?? 'unknown',
    width: Number(found[6]),
    height: Number(found[7]),
    isDefault: line.includes('(default)'),
    orientation: UPRIGHT,
    ...(range === undefined ? {} : { fullRange: range === 'pc' }),
    ...(transfer === undefined ? {} : { transfer }),
    ...(interlaced ? { interlaced } : {}),
  };
};

const parseBanner = (lines: readonly string[]): readonly ProbedStream[] => {
  const streams: ProbedStream[] = [];
  let inVideo = false;
  for (const line of lines) {
    if (/^\s*Stream #/u.test(line)) {
      const stream = bannerStream(line);
      inVideo = stream !== undefined;
      if (stream !== undefined) streams.push(stream);
    }
    const turn = /displaymatrix: rotation of (-?[\d.]+|nan) degrees/u.exec(line)?.[1];
    const last = streams.at(-1);
    if (inVideo && turn !== undefined && last !== undefined) {
      streams[streams.length - 1] = { ...last, orientation: quarterTurn(Math.round(Number(turn))) };
    }
  }
  return streams;
};

const probeWithFfmpeg = async (command: string, url: string): Promise<Probe> => {
  const result = await runTool(command, ['-nostdin', '-hide_banner', '-i', url]);
  if (result === undefined) return { kind: 'no-tool' };
  const input = result.messages.find((line) => line.startsWith('Input #0, '));
  if (input === undefined) {
    return {
      kind: 'unreadable',
      message: result.messages.at(-1) ?? `ffmpeg ended with status ${String(result.status)}`,
    };
  }
  const container = /^Input #0, (.*), from /u.exec(input)?.[1] ?? 'unknown';
  return { kind: 'streams', container, streams: parseBanner(result.messages) };
};

/** Looks into a file with ffprobe, or with ffmpeg where ffprobe is not installed. */
export const probe = async (tools: FfmpegTools, url: string): Promise<Probe> => {
  const result = await probeWithFfprobe(tools.ffprobe, url);
  return result.kind === 'no-tool' ? probeWithFfmpeg(tools.ffmpeg, url) : result;
};
