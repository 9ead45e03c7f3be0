/** A store without anything, for a plan where no store has been made yet. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import type { Store, Task } from '../store/contracts.js';

const refused: TinyVmafError = {
  _tag: 'BadArgument',
  argument: 'The store',
  rule: 'is empty and cannot be written to',
};

const refuse = (): Task<never> => TE.left(refused);

/** Holds nothing and takes nothing: writing is BadArgument. */
export const emptyStore: Store = {
  folder: '',
  readOnly: true,
  onCorrupt: () => undefined,
  rememberedHash: () => undefined,
  rememberHash: refuse,
  hasFeatures: () => false,
  readFeatures: () => TE.right(undefined),
  writeFeatures: refuse,
  hasScores: () => false,
  readScores: () => TE.right(undefined),
  writeScores: refuse,
  models: () => [],
  recordModels: refuse,
  clips: () => [],
  recordClips: refuse,
  readChunks: () => TE.right([]),
  writeChunk: refuse,
  closeChunks: refuse,
  dropChunks: refuse,
  refresh: () => TE.right(undefined),
  close: () => Promise.resolve(),
};
