/**
 * Hashes of source files, remembered by path, size, time and inode, so that a
 * rerun over an unchanged folder reads none of them.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ioError, throwIfAborted, TinyVmafException } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import { canonicalJson } from '../store/canonical.js';
import type { Sha256 } from '../store/contracts.js';
import { parseJson } from './record.js';
import type { SourceIdentity } from './source.js';

/** By absolute path. */
export type HashMemory = Readonly<Record<string, SourceIdentity & { readonly sha256: Sha256 }>>;

const MEMORY_FORMAT = 'tinyvmaf-ladder-sources/1';

const MemoryCodec = t.type({
  format: t.literal(MEMORY_FORMAT),
  files: t.record(
    t.string,
    t.type({ bytes: t.number, mtimeNs: t.string, inode: t.string, sha256: t.string }),
  ),
});

/** The memory from its text; empty where there is none that can be used. */
export const readMemory = (text: string | undefined): HashMemory => {
  const decoded = MemoryCodec.decode(parseJson(text ?? ''));
  return E.isLeft(decoded) ? {} : decoded.right.files;
};

/** The memory as text. */
export const memoryText = (files: HashMemory): string =>
  `${canonicalJson({ format: MEMORY_FORMAT, files })}\n`;

/** The remembered hash of a file that is still the same. */
export const remembered = (
  memory: HashMemory,
  path: string,
  identity: SourceIdentity,
): Sha256 | undefined => {
  const known = Object.hasOwn(memory, path) ? memory[path] : undefined;
  const same =
    known?.bytes === identity.bytes &&
    known.mtimeNs === identity.mtimeNs &&
    known.inode === identity.inode;
  return same ? known.sha256 : undefined;
};

const BLOCK = 1 << 20;

/** SHA-256 of a file's bytes. Throws Io, Cancelled. */
export const hashFile = async (path: string, signal?: AbortSignal): Promise<Sha256> => {
  const hash = createHash('sha256');
  const stream = createReadStream(path, { highWaterMark: BLOCK });
  try {
    for await (const block of stream) {
      throwIfAborted(signal, `Reading ${path}`);
      hash.update(block as Buffer);
    }
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
  return hash.digest('hex');
};
