// Small files to import.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorMessage } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { importTableTE, type ImportOptions } from '../../src/labels/import.js';
import type { ImportedTable } from '../../src/labels/imported.js';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));

/** Writes a file and answers its path. */
export const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** The table, or the error's message without the folder. */
export const load = async (
  name: string,
  text: string | Uint8Array,
  options: ImportOptions = {},
): Promise<ImportedTable | string> => {
  const result = await importTableTE(file(name, text), options)();
  return E.isRight(result) ? result.right : errorMessage(result.left).replace(`${folder}/`, '');
};
