// Helpers of the tests of compressed video: files made by ffmpeg, and digests
// of luma by two ways that share no code.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textureLuma } from '@tinyvmaf/testkit';
import type { Frame, FrameSource } from '../../src/index.js';

/** Number of frames and MD5 over the luma rows of all of them. */
export interface LumaDigest {
  readonly frames: number;
  readonly md5: string;
}

const addLuma = (hash: ReturnType<typeof createHash>, { luma }: Frame): void => {
  const { data, width, height, stride } = luma;
  const size = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let y = 0; y < height; y++) {
    hash.update(bytes.subarray(y * stride * size, (y * stride + width) * size));
  }
};

/** Digest of a source's luma; closes it. */
export const lumaDigest = async (source: FrameSource): Promise<LumaDigest> => {
  const hash = createHash('md5');
  let frames = 0;
  for await (const frame of source.frames()) {
    addLuma(hash, frame);
    frames++;
  }
  await source.close();
  return { frames, md5: hash.digest('hex') };
};

/** Runs ffmpeg; throws with its words when it fails. */
export const ffmpeg = (...args: readonly string[]): Buffer =>
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], {
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Version line of the installed ffmpeg: values of encoded files hold for the one that made them. */
export const ffmpegVersion = (): string =>
  /version (\S+)/u.exec(spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' }).stdout)?.[1] ?? '';

/**
 * Digest of luma by ffmpeg's own decoder, turned as it turns pictures itself.
 * `extractplanes`, because `-pix_fmt gray` rescales the value range.
 */
export const referenceDigest = (
  path: string,
  bytesPerFrame: number,
  options: { readonly map?: string; readonly limit?: number } = {},
): LumaDigest => {
  const bytes = ffmpeg(
    '-i',
    path,
    '-map',
    options.map ?? '0:v:0',
    '-vsync',
    'passthrough',
    '-vf',
    'extractplanes=y',
    ...(options.limit === undefined ? [] : ['-frames:v', String(options.limit)]),
    '-f',
    'rawvideo',
    '-',
  );
  return {
    frames: bytes.length / bytesPerFrame,
    md5: createHash('md5').update(bytes).digest('hex'),
  };
};

/** Bytes of one luma plane of a source. */
export const lumaBytes = ({ format }: FrameSource): number =>
  format.width * format.height * (format.bitDepth === 8 ? 1 : 2);

/** A folder that vanishes with the tests; `path` names a file in it. */
export const workFolder = (): {
  readonly path: (name: string) => string;
  readonly remove: () => void;
} => {
  const folder = mkdtempSync(join(tmpdir(), 'tinyvmaf-video-'));
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Raw 4:2:0 clip of the cases: texture, quantised where `quantiser` is above 1, gray chroma. */
export const writeClip = (
  path: string,
  { width = 96, height = 64, frames = 12, quantiser = 1 } = {},
): void => {
  const chroma = new Uint8Array(2 * Math.ceil(width / 2) * Math.ceil(height / 2)).fill(128);
  const parts: Uint8Array[] = [];
  for (let t = 0; t < frames; t++) {
    parts.push(Uint8Array.from(textureLuma(width, height, t, 8, quantiser).data), chroma);
  }
  writeFileSync(path, Buffer.concat(parts));
};

/** Arguments with which ffmpeg reads what {@link writeClip} wrote. */
export const clipInput = (path: string, size = '96x64'): readonly string[] => [
  '-f',
  'rawvideo',
  '-pix_fmt',
  'yuv420p',
  '-s',
  size,
  '-r',
  '25',
  '-i',
  path,
];
