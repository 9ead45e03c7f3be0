// Compressed inputs of cases.md, made with an installed ffmpeg.
import { execFileSync } from 'node:child_process';

/** Runs ffmpeg with these words, quietly. */
export const ffmpeg = (...words: readonly string[]): void => {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

/** How ffmpeg is to read a raw 96x64 8-bit 4:2:0 clip. */
export const rawInput = (file: string): readonly string[] => [
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', '96x64', '-r', '25', '-i', file],
];
