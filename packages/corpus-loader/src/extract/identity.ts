/**
 * What a file of a corpus is on this disk at this moment. A file that differs
 * in size, time or inode is another file, so a change between two runs, or
 * during one, shows.
 */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ioError, TinyVmafException } from '@tinyvmaf/core';
import { pathInside } from '../data-root/inside.js';
import type { FileIdentity } from '../store/contracts.js';

/** An identity without the view. */
export type FileState = Omit<FileIdentity, 'view'>;

/**
 * The state of a file of a corpus.
 * @param root the corpus folder, absolute, links resolved.
 * @param path relative to it, parts joined by `/`.
 * @throws Io, PathOutsideRoot as exceptions.
 */
export const fileState = async (root: string, path: string): Promise<FileState> => {
  let full: string;
  try {
    full = await realpath(join(root, ...path.split('/')));
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
  if (pathInside(root, full) === undefined) {
    throw new TinyVmafException({ _tag: 'PathOutsideRoot', path, target: full, root });
  }
  try {
    const { dev, ino, mtimeNs, size } = await stat(full, { bigint: true });
    return { path: full, bytes: Number(size), mtimeNs: String(mtimeNs), inode: `${dev}:${ino}` };
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
};

/** A state, and whether a later change of the file is sure to show in it. */
export interface SettledState {
  readonly state: FileState;
  readonly settled: boolean;
}

/**
 * The state of a file that is about to be read. A file that is changed twice
 * within one tick of its file system's clock looks the same after both: FAT
 * counts two seconds, some others one, and their times are whole seconds. A
 * file that is younger than such a tick is not settled. Where times are finer
 * it is waited for, some milliseconds.
 * @throws what {@link fileState} throws.
 */
export const settledState = async (root: string, path: string): Promise<SettledState> => {
  const state = await fileState(root, path);
  const tick = tickOf(state);
  const age = Date.now() - Number(BigInt(state.mtimeNs) / 1_000_000n);
  // Times well ahead of the clock were given by somebody; a change would not give them again.
  if (Math.abs(age) >= tick) return { state, settled: true };
  if (tick > FINE_MS) return { state, settled: false };
  await setTimeout(tick);
  const after = await fileState(root, path);
  return { state: after, settled: after.mtimeNs === state.mtimeNs };
};

/** The longest tick that a time of change may come from, in milliseconds. */
const tickOf = ({ mtimeNs }: FileState): number =>
  BigInt(mtimeNs) % 1_000_000_000n === 0n ? COARSE_MS : FINE_MS;

/** FAT, and a little more for the rounding to milliseconds. */
const COARSE_MS = 2_010;

/** Systems that count finer take the time from a clock of 1 to 10 ms, on Windows up to 16. */
const FINE_MS = 20;

/**
 * Makes sure that a file has not changed since it was looked at.
 * @throws DamagedInput where it has, Io where it is gone, as exceptions.
 */
export const checkUnchanged = async (
  root: string,
  path: string,
  before: FileState,
): Promise<void> => {
  const after = await fileState(root, path);
  const different = (['bytes', 'mtimeNs', 'inode', 'path'] as const).find(
    (member) => after[member] !== before[member],
  );
  if (different === undefined) return;
  throw new TinyVmafException({
    _tag: 'DamagedInput',
    source: path,
    problem: `it was changed while it was being read (${LABELS[different]} ${before[different]} became ${after[different]}); run again when nobody writes to it`,
  });
};

const LABELS = { bytes: 'size', mtimeNs: 'time', inode: 'inode', path: 'path' } as const;
