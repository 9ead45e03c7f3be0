/**
 * Names of sources and files of a ladder. An id becomes part of file names on
 * every system, so it may hold nothing that any of them reads in its own way.
 */
import { createHash } from 'node:crypto';
import { rounded, ofRate } from './rational.js';
import type { FrameRate } from '../corpus/corpus.js';

/** Bytes an id may have; file systems allow 255 for the whole name. */
const MOST_BYTES = 160;

const UNSAFE = /[\p{C}\p{Z}/\\:*?"<>|%]+/gu;

/** Whether an id can be part of a file name everywhere. */
export const isSafeId = (id: string): boolean =>
  id !== '' &&
  !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|]/u.test(id) &&
  !/^[.\- ]/u.test(id) &&
  Buffer.byteLength(id) <= MOST_BYTES;

/** The rule of {@link isSafeId} in words. */
export const ID_RULE = `must be 1 to ${MOST_BYTES} bytes, without control characters and / \\ : * ? " < > |, and must not begin with ".", "-" or a blank`;

/** An id made of any text: unsafe characters are replaced by `-`, long ones cut. */
export const safeId = (text: string): string => {
  const safe = text.replace(UNSAFE, '-').replace(/^[.-]+|-+$/gu, '');
  if (safe !== '' && Buffer.byteLength(safe) <= MOST_BYTES) return safe;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return safe === '' ? `source-${digest}` : `${cut(safe, MOST_BYTES - 13)}-${digest}`;
};

/** An id made of a file's name, its folder and ending dropped. */
export const idOfFile = (name: string): string =>
  safeId(name.replace(/^.*\//u, '').replace(/(?<=.)\.[^.]*$/u, ''));

const cut = (text: string, bytes: number): string => {
  let out = '';
  for (const letter of text) {
    if (Buffer.byteLength(out + letter) > bytes) break;
    out += letter;
  }
  return out;
};

/** What makes two ids the same file on some system: case and composition of letters. */
export const idKey = (id: string): string => id.normalize('NFC').toLowerCase();

/** `ref/<id>_<fps>fps.yuv`. */
export const referenceName = (id: string, rate: FrameRate): string =>
  `ref/${id}_${rounded(ofRate(rate))}fps.yuv`;

/** `dis/<id>_<label>_<height>_<kbps>.yuv`. */
export const clipName = (id: string, label: number, height: number, kbps: number): string =>
  `dis/${id}_${String(label).padStart(2, '0')}_${height}_${kbps}.yuv`;

/** `enc/<id>-<rung>.<ending>`. */
export const encodeName = (id: string, rung: string, extension: string): string =>
  `enc/${id}-${rung}.${extension}`;

/** Label of the clip with this rank, from 0 for the best, among `count`. */
export const labelOf = (rank: number, count: number, order: 'best-low' | 'best-high'): number => {
  const step = count < 20 ? 5 : count < 25 ? 4 : Math.max(1, Math.floor(99 / count));
  return order === 'best-low' ? step * (rank + 1) : 100 - step * (rank + 1);
};
