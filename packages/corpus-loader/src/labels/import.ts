/**
 * One door for every kind of label file and table of features. The name's
 * ending chooses: `.libsvm` and `.svm`, `.json`, else a table with a header;
 * `.gz` may follow and does not matter.
 */
import { toPromise, tryTask, TinyVmafException, unwrap, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { wholeText } from '../tables/bytes.js';
import type { ImportedTable } from './imported.js';
import { readLibsvm, type LibsvmOptions } from './libsvm.js';
import { readNetflixJson } from './netflix-json.js';
import { readPlainTable } from './plain.js';

/** How to read a table. */
export interface ImportOptions extends LibsvmOptions {
  /** Default: by the name's ending. */
  readonly syntax?: 'table' | 'libsvm' | 'json';
  /** Fires to give up. */
  readonly signal?: AbortSignal | undefined;
}

const syntaxOf = (path: string): 'table' | 'libsvm' | 'json' => {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  if (/\.(?:libsvm|svm)$/.test(name)) return 'libsvm';
  return name.endsWith('.json') ? 'json' : 'table';
};

const parseJson = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = `is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new TinyVmafException({
      _tag: 'TableFormat',
      source: path,
      place: 'the document',
      problem,
      cause,
    });
  }
};

/**
 * Reads labels or rows of features:
 *
 * - `clip,mos[,ci][,votes]` with commas, semicolons or tabs; `dmos` for `mos`;
 *   scale and direction by options or by the columns `scale_min`, `scale_max`,
 *   `direction`, else guessed from all values and told (`scale-assumed`);
 * - the same with the six features in columns, or instead of a label;
 * - libsvm rows of features;
 * - `nflx-public-dmos.json`, `vqeghd3-dmos.json`, the clip table of AVT-VQDB-UHD-1.
 *
 * Numbers have a decimal point whatever the locale. Left: `Io`, `TableFormat`
 * naming line and column (a decimal comma, `nan`, a value off its scale, a clip
 * that is there twice, ...), `BadArgument`, `Cancelled`.
 */
export const importTableTE = (
  path: string,
  options: ImportOptions = {},
): TE.TaskEither<TinyVmafError, ImportedTable> =>
  tryTask(async () => {
    const { syntax = syntaxOf(path), signal, ...rest } = options;
    switch (syntax) {
      case 'table':
        return readPlainTable(path, rest, signal);
      case 'libsvm':
        return unwrap(readLibsvm(await wholeText(path, signal), path, rest));
      case 'json':
        return unwrap(readNetflixJson(parseJson(await wholeText(path, signal), path), path));
    }
  }, `Reading ${path}`);

/** {@link importTableTE} as a Promise; rejects with `TinyVmafException`. */
export const importTable = (path: string, options: ImportOptions = {}): Promise<ImportedTable> =>
  toPromise(importTableTE(path, options));
