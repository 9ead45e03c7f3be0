// The input files of cases.md, made by the test kit's own generator.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  rawFile,
  TEACHER,
  textureLuma,
  y4mFile,
  type FileChroma,
  type Luma,
} from '@tinyvmaf/testkit';
import { afterAll } from 'vitest';

/** A folder of its own for a test file, removed at its end. */
export const scratch = (): { readonly path: (name: string) => string; readonly folder: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'tinyvmaf-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, path: (name) => join(folder, name) };
};

/** What `gen.py` of cases.md makes. */
export interface Clip {
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  readonly bitDepth?: Luma['bitDepth'];
  readonly chroma?: FileChroma;
  /** 1 for the reference, 32 for the distorted video. */
  readonly q: 1 | 32;
}

/** Luma frames of a clip; 96x64, 3 frames, 8 bit unless said otherwise. */
export const clipFrames = ({ width = 96, height = 64, frames = 3, bitDepth = 8, q }: Clip) =>
  Array.from({ length: frames }, (_, t) => textureLuma(width, height, t, bitDepth, q));

/** Bytes of a clip as raw planar file. */
export const rawClip = (clip: Clip): Uint8Array => rawFile(clipFrames(clip), clip.chroma ?? '420');

/** Bytes of a clip as Y4M file. */
export const y4mClip = (clip: Clip, header?: string): Uint8Array =>
  y4mFile(clipFrames(clip), clip.chroma ?? '420', header);

/** Writes a file and hands its path back. */
export const write = (path: string, bytes: Uint8Array | string): string => {
  writeFileSync(path, bytes);
  return path;
};

/** `-w 96 -h 64 -p 420 -b 8` */
export const G = ['-w', '96', '-h', '64', '-p', '420', '-b', '8'] as const;

/** `score` with the model files of the third-party data and a JSON log. */
export const T = ['score', '--teacher', TEACHER, '--json'] as const;

/** Scores of the pair `a.yuv b32.yuv`. */
export const BASE = [65.271582, 69.537264, 71.364696] as const;

/** Mean of {@link BASE}. */
export const BASE_MEAN = 68.724514;
