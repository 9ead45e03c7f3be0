/**
 * Where things lie in the folder of a ladder: what everybody reads (`ref`,
 * `dis`, `enc`, `manifest.json`) and the hidden folder with results that wait
 * for their names and with what is remembered between runs.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Sha256 } from '../store/contracts.js';

/** Name of the hidden folder. */
export const WORK = '.tinyvmaf-ladder';

/** Format of the hidden folder. */
export const WORK_FORMAT = 'tinyvmaf-ladder-work/1';

/** Paths relative to the ladder's folder, joined by `/`. */
export const PATHS = {
  format: `${WORK}/format.json`,
  lock: `${WORK}/lock`,
  hashes: `${WORK}/sources.json`,
  jobs: `${WORK}/jobs`,
  named: `${WORK}/named`,
  temporary: `${WORK}/tmp`,
  manifest: 'manifest.json',
} as const;

/** Record of a job. */
export const recordPath = (hash: Sha256): string => `${PATHS.jobs}/${hash}.json`;

/** Samples of a job before they have their name. */
export const yuvPath = (hash: Sha256): string => `${PATHS.jobs}/${hash}.yuv`;

/** Bit stream of a job before it has its name. */
export const encodePath = (hash: Sha256): string => `${PATHS.jobs}/${hash}.enc`;

/** List of a source's named files. */
export const namedPath = (id: string): string =>
  `${PATHS.named}/${createHash('sha256').update(id).digest('hex')}.json`;

/** A path of the ladder on the disk. */
export const at = (out: string, path: string): string => join(out, ...path.split('/'));
