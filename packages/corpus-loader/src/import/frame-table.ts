/** Tables of frames and tables of clips look alike but for their header. */
import { tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import { textBytes } from '../tables/bytes.js';
import { streamCsv } from '../tables/csv.js';

/**
 * Whether a file is a table with a row a frame: `streamFrameTable` reads those.
 * @param syntax as `importTableTE` takes it.
 * Left: `Io`, `TableFormat`, `Cancelled`.
 */
export const isFrameTable = (
  path: string,
  syntax?: 'table' | 'libsvm' | 'json',
  signal?: AbortSignal,
): TE.TaskEither<TinyVmafError, boolean> => {
  const isTable =
    syntax === undefined ? !/\.(?:libsvm|svm|json)(?:\.gz)?$/i.test(path) : syntax === 'table';
  if (!isTable) return TE.right(false);
  return tryTask(async () => {
    const { columns, rows } = await streamCsv(textBytes(path, signal), path);
    await rows[Symbol.asyncIterator]().return?.();
    return ['clip', 'frame'].every((name) =>
      columns.some((column) => column.toLowerCase() === name),
    );
  }, `Reading ${path}`);
};
