/**
 * The clips that are measured, as raw 4:2:0 files in a cache folder: a noisy
 * texture whose every pixel takes the dear branches, and a flat gradient whose
 * pixels take the cheap ones. The texture is made by ffmpeg where it is
 * present, so that figures of different machines are about the same pictures;
 * else by a formula, and the report says so.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { VideoFormat } from '@tinyvmaf/core';

/** A pair of files. */
export interface Clip {
  /** `texture 1080p 8-bit`. */
  readonly name: string;
  readonly format: VideoFormat;
  readonly frames: number;
  readonly reference: string;
  readonly distorted: string;
  /** How the pictures came about. */
  readonly origin: 'ffmpeg' | 'formula';
}

/** What a clip shows. */
export type Content = 'texture' | 'flat';

/** The sizes that are measured, with the length of their clips. */
export const SIZES = {
  '360p': { width: 640, height: 360, frames: 30 },
  '1080p': { width: 1920, height: 1080, frames: 30 },
  '2160p': { width: 3840, height: 2160, frames: 6 },
} as const;

/** Name of a size. */
export type SizeName = keyof typeof SIZES;

/** Whether ffmpeg with libx264 is present. */
export const hasX264 = (): boolean => {
  const { status, stdout } = spawnSync('ffmpeg', ['-hide_banner', '-encoders'], {
    encoding: 'utf8',
  });
  return status === 0 && stdout.includes('libx264');
};

/**
 * A clip, made now if the cache lacks it.
 * @param cache folder for the files.
 */
export const clipOf = (cache: string, content: Content, size: SizeName, bitDepth: 8 | 10): Clip => {
  mkdirSync(cache, { recursive: true });
  const { width, height, frames } = SIZES[size];
  const origin = content === 'texture' && hasX264() ? 'ffmpeg' : 'formula';
  const stem = path.join(cache, `${content}-${origin}-${width}x${height}-${frames}`);
  const eight: Pair = { reference: `${stem}-ref.yuv`, distorted: `${stem}-dis.yuv` };
  if (!isThere(eight)) {
    if (origin === 'ffmpeg') filmTexture(eight, width, height, frames);
    else computeClip(eight, content, width, height, frames);
  }
  const pair = bitDepth === 8 ? eight : tenBit(eight);
  return {
    name: `${content} ${size} ${bitDepth}-bit`,
    format: { width, height, bitDepth, chroma: '420' },
    frames,
    origin,
    ...pair,
  };
};

interface Pair {
  readonly reference: string;
  readonly distorted: string;
}

const isThere = ({ reference, distorted }: Pair): boolean =>
  existsSync(reference) && existsSync(distorted);

/** The file appears when it is whole. */
const make = (file: string, write: (draft: string) => void): void => {
  const draft = `${file}.${process.pid}.tmp`;
  write(draft);
  renameSync(draft, file);
};

const ffmpeg = (...args: readonly string[]): void => {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
};

/** ffmpeg's options for reading a raw 8-bit file. */
export const rawInput = (file: string, width: number, height: number): readonly string[] => [
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', '25'],
  ...['-i', file],
];

const filmTexture = (pair: Pair, width: number, height: number, frames: number): void => {
  const raw = ['-pix_fmt', 'yuv420p', '-f', 'rawvideo'];
  make(pair.reference, (draft) => {
    ffmpeg(
      ...['-f', 'lavfi', '-i', `mandelbrot=s=${width}x${height}:r=25`],
      ...['-vf', 'format=yuv420p,noise=alls=6:allf=t', '-frames:v', String(frames), ...raw, draft],
    );
  });
  make(pair.distorted, (draft) => {
    const coded = `${draft}.264`;
    const input = rawInput(pair.reference, width, height);
    ffmpeg(...input, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '32', '-f', 'h264', coded);
    ffmpeg('-i', coded, ...raw, draft);
    rmSync(coded);
  });
};

/** A pseudo-random byte for a place in a file. */
const hashed = (i: number): number => {
  const x = Math.imul(i ^ (i >>> 15), 0x2c1b3c6d);
  return (Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 24) & 255;
};

const computeClip = (
  pair: Pair,
  content: Content,
  width: number,
  height: number,
  frames: number,
): void => {
  const luma = width * height;
  const size = luma + (luma >> 1);
  const reference = Buffer.alloc(size * frames, 128);
  const distorted = Buffer.alloc(size * frames, 128);
  for (let t = 0; t < frames; t++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = t * size + y * width + x;
        const block = ((x >> 3) + (y >> 3)) & 1;
        if (content === 'flat') {
          reference[at] = 16 + Math.floor((200 * (x + t)) / (width + frames));
          distorted[at] = (reference[at] ?? 0) + block;
        } else {
          const wave = 40 * Math.sin((x + 3 * t) / 9) * Math.cos((y + t) / 7);
          const value = Math.round(110 + wave + ((7 * x * y) % 23) + (hashed(at) % 13));
          reference[at] = value;
          distorted[at] = value - (value % 12) + 3 * block;
        }
      }
    }
  }
  make(pair.reference, (draft) => {
    writeFileSync(draft, reference);
  });
  make(pair.distorted, (draft) => {
    writeFileSync(draft, distorted);
  });
};

/** The same pictures with two bits more, filled pseudo-randomly. */
const tenBit = (eight: Pair): Pair => {
  const deep = (file: string): string => file.replace(/\.yuv$/, '-10b.yuv');
  const pair = { reference: deep(eight.reference), distorted: deep(eight.distorted) };
  if (isThere(pair)) return pair;
  for (const side of ['reference', 'distorted'] as const) {
    const samples = readFileSync(eight[side]);
    const words = Uint16Array.from(samples, (value, i) => value * 4 + (hashed(i) & 3));
    make(pair[side], (draft) => {
      writeFileSync(draft, words);
    });
  }
  return pair;
};
