/**
 * Finished parts of pairs that are not complete yet, so that a long clip need
 * not begin anew: `chunks/ab/<pair>/<first frame>.parquet`, and at the end for a
 * moment `features.json`.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from '@tinyvmaf/core';
import { writeIntoFolder } from './atomic.js';
import { canonicalJson } from './canonical.js';
import type { Chunk, Sha256 } from './contracts.js';
import { chunkTable, parseChunk } from './files.js';
import { isSha256 } from './keys.js';
import { readWhole, type Quarantine } from './quarantine.js';
import { isProblem, namesIn, parseFile, refuseNewer } from './shelf.js';
import { encodeTable } from './table.js';

const DIGITS = 10;

/** Name of the note beside chunks that says which features they become. */
const NOTE = 'features.json';

const NOTE_FORMAT = 'tinyvmaf-closed-chunks/1';

/** Chunks by pair. Methods throw what the system throws. */
export interface ChunkShelf {
  /** Chunks from frame 0 up to the first gap. */
  read(pair: Sha256): Promise<readonly Chunk[]>;
  write(pair: Sha256, chunk: Chunk): Promise<void>;
  /** Notes which features the chunks become. */
  close(pair: Sha256, features: Sha256): Promise<void>;
  drop(pair: Sha256): Promise<void>;
}

/** Folder of a pair's chunks. */
export const pairFolder = (folder: string, pair: Sha256): string =>
  path.join(folder, pair.slice(0, 2), pair);

/** Pairs with chunks, in order. Throws what the system throws. */
export const chunkedPairs = async (folder: string): Promise<readonly Sha256[]> => {
  const found: Sha256[] = [];
  for (const prefix of await namesIn(folder)) {
    found.push(...(await namesIn(path.join(folder, prefix))).filter(isSha256));
  }
  return found.sort();
};

/**
 * The features that the chunks of a pair have become or were about to become;
 * undefined where nothing says so, or not in a format of this version.
 */
export const featuresOfChunks = async (
  folder: string,
  pair: Sha256,
): Promise<Sha256 | undefined> => {
  let note: unknown;
  try {
    note = JSON.parse(await readFile(path.join(pairFolder(folder, pair), NOTE), 'utf8'));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || errnoOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
  if (typeof note !== 'object' || note === null) return undefined;
  if (!('format' in note && 'features' in note) || note.format !== NOTE_FORMAT) return undefined;
  return typeof note.features === 'string' && isSha256(note.features) ? note.features : undefined;
};

/** The chunks of a store. */
export const createChunkShelf = (folder: string, quarantine: Quarantine): ChunkShelf => {
  const folderOf = (pair: Sha256): string => pairFolder(folder, pair);
  return {
    async read(pair) {
      const chunks: Chunk[] = [];
      let next = 0;
      for (const name of (await namesIn(folderOf(pair))).filter(isChunkName).sort()) {
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
      const name = `${String(chunk.start).padStart(DIGITS, '0')}.parquet`;
      await writeIntoFolder(path.join(folderOf(pair), name), bytes);
    },
    async close(pair, features) {
      const note = `${canonicalJson({ format: NOTE_FORMAT, features })}\n`;
      await writeIntoFolder(path.join(folderOf(pair), NOTE), note);
    },
    async drop(pair) {
      try {
        await rm(folderOf(pair), { recursive: true, force: true });
      } catch (thrown) {
        // Another process has just written a chunk of the same pair, and will drop it.
        if (errnoOf(thrown) !== 'ENOTEMPTY') throw thrown;
      }
    },
  };
};

const isChunkName = (name: string): boolean => /^\d{10,}\.parquet$/.test(name);
