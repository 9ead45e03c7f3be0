/** Which files are videos, judged by their names: raw samples, or something that says itself what it is. */
import { nameOf } from '../data-root/inside.js';

const RAW = new Set(['yuv', 'raw']);

const VIDEO = new Set([
  ...RAW,
  ...['y4m', 'mp4', 'm4v', 'mov', 'mkv', 'webm', 'avi', 'ts', 'm2ts', 'mpg', 'mpeg', 'm2v'],
  ...['264', 'h264', 'avc', '265', 'h265', 'hevc', 'ivf', 'obu', 'av1'],
]);

/** Extension in lower case, without the dot; empty where there is none. */
export const extensionOf = (path: string): string => {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
};

/** Name without folders and extension. */
export const stemOf = (path: string): string => {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
};

/** Headerless samples (`.yuv`, `.raw`), which need a geometry. */
export const isRaw = (path: string): boolean => RAW.has(extensionOf(path));

/** Whether a file looks like video by its extension. */
export const isVideo = (path: string): boolean => VIDEO.has(extensionOf(path));
