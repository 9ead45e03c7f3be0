/**
 * Finished parts of pairs that are not complete yet, so that a long clip need
 * not begin anew: `chunks/ab/<pair>/<first frame>.parquet`.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from '@tinyvmaf/core';
import { makeFolder, writeFileAtomic } from './atomic.js';
import type { Chunk, Sha256 } from './contracts.js';
import { chunkTable, parseChunk } from './files.js';
import { isSha256 } from './keys.js';
import { readWhole, type Quarantine } from './quarantine.js';
import { isProblem, parseFile, refuseNewer } from './shelf.js';
import { encodeTable } from './table.js';

const DIGITS = 10;

/** Chunks by pair. Methods throw what the system throws. */
export interface ChunkShelf {
  /** Chunks from frame 0 up to the first gap. */
  read(pair: Sha256): Promise<readonly Chunk[]>;
  write(pair: Sha256, chunk: Chunk): Promise<void>;
  drop(pair: Sha256): Promise<void>;
  /** Pairs with chunks, in order. */
  pairs(): Promise<readonly Sha256[]>;
  /** Folder of a pair's chunks. */
  folderOf(pair: Sha256): string;
}

/** The chunks of a store. */
export const createChunkShelf = (folder: string, quarantine: Quarantine): ChunkShelf => {
  const folderOf = (pair: Sha256): string => path.join(folder, pair.slice(0, 2), pair);
  const made = new Set<Sha256>();
  return {
    folderOf,
    async read(pair) {
      const chunks: Chunk[] = [];
      let next = 0;
      for (const name of (await names(folderOf(pair))).filter(isChunkName).sort()) {
        const read = readWhole(path.join(folderOf(pair), name));
        if (read === undefined) break;
        const chunk = await parseFile(read, parseChunk(pair));
        if (isProblem(chunk)) {
          refuseNewer(read.file, chunk);
          quarantine.setAside(read, chunk.problem);
          break;
        }
        if (chunk.start !== next) break;
        chunks.push(chunk);
        next += chunk.rows.frames;
      }
      return chunks;
    },
    async write(pair, chunk) {
      const bytes = encodeTable(chunkTable(pair, chunk));
      if (!made.has(pair)) await makeFolder(folderOf(pair));
      made.add(pair);
      const name = `${String(chunk.start).padStart(DIGITS, '0')}.parquet`;
      await writeFileAtomic(path.join(folderOf(pair), name), bytes);
    },
    async drop(pair) {
      made.delete(pair);
      await rm(folderOf(pair), { recursive: true, force: true });
    },
    async pairs() {
      const found: Sha256[] = [];
      for (const prefix of await names(folder)) {
        for (const name of await names(path.join(folder, prefix))) {
          if (isSha256(name)) found.push(name);
        }
      }
      return found.sort();
    },
  };
};

const isChunkName = (name: string): boolean => /^\d{10,}\.parquet$/.test(name);

const names = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return [];
    throw thrown;
  }
};
