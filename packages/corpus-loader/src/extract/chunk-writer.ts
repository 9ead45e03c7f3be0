/**
 * Checkpoints of pairs that are being computed: finished chunks go to the store
 * while the next frames are computed, when enough time has passed for the work
 * to be worth the writing. A chunk costs two waits for the disk per rung, as
 * much as several small frames.
 */
import { CHUNK_FRAMES } from '../hash/tree.js';
import type { Chunk, Sha256 } from '../store/contracts.js';
import type { JobTools } from './job-tools.js';
import { stored } from './outcome.js';
import type { Rows } from './rows.js';

/** How often finished chunks are written. */
export interface Checkpoints {
  /**
   * Milliseconds of work that a run which is killed may lose of a clip, beside
   * the chunk that it was in. Default 2000; 0 writes every chunk at once.
   */
  readonly everyMs?: number;
  /** Milliseconds since any fixed moment. Default: the system's steady clock. */
  readonly now?: () => number;
}

/** Milliseconds between two checkpoints: about one in a thousand is then spent on writing. */
const EVERY_MS = 2000;

/** A pair whose chunks are kept. */
export interface ChunkedPair {
  readonly clip: string;
  /** Key of its chunks. */
  readonly key: Sha256;
  readonly rows: Rows;
  /** Chunks in the store. */
  written: number;
  /** Whether its files can be known again, so that chunks are of use to a later run. */
  readonly lasting: boolean;
  /** Leaves of the content hashes of both videos over a chunk. */
  readonly leaves: (chunk: number) => Pick<Chunk, 'referenceLeaf' | 'distortedLeaf'>;
}

/** Writes chunks, one batch at a time. */
export interface ChunkWriter {
  /** Writes the chunks of the pairs that end at or before a frame and are not written yet, if it is time to. */
  write(pairs: readonly ChunkedPair[], end: number): Promise<void>;
  /** Writes what is finished because the run ends; what the store fails with then is not told. */
  rescue(pairs: readonly ChunkedPair[]): Promise<void>;
  /** Waits for what is being written. */
  settled(): Promise<void>;
}

/** A writer for one job; the first checkpoint is due an interval from now. */
export const chunkWriter = (
  source: string,
  { store, emit, checkpoints = {} }: Pick<JobTools, 'store' | 'emit' | 'checkpoints'>,
): ChunkWriter => {
  const { everyMs = EVERY_MS, now = () => performance.now() } = checkpoints;
  let last = now();
  let writing: Promise<unknown> = Promise.resolve();
  const writeOne = async ({ pair, chunk }: Owed): Promise<void> => {
    const start = chunk * CHUNK_FRAMES;
    const rows = pair.rows.slice(start, start + CHUNK_FRAMES);
    await stored(store.writeChunk(pair.key, { start, rows, ...pair.leaves(chunk) }));
  };
  const writeBatch = async (batch: readonly Owed[]): Promise<void> => {
    await Promise.all(batch.map(writeOne));
    for (const { pair, chunk } of batch) {
      const start = chunk * CHUNK_FRAMES;
      emit({ type: 'chunk', source, clip: pair.clip, start, frames: CHUNK_FRAMES });
    }
  };
  return {
    async write(pairs, end) {
      if (now() - last < everyMs) return;
      last = now();
      await writing;
      writing = writeBatch(pairs.flatMap((pair) => owed(pair, end)));
      // It is awaited before the next batch; until then a failure must not count as unhandled.
      writing.catch(() => undefined);
    },
    async rescue(pairs) {
      // The frame behind a chunk must be there: only then is the chunk not the end of the clip.
      const batch = pairs.flatMap((pair) => owed(pair, pair.rows.frames - 1));
      await writing.then(() => writeBatch(batch)).catch(() => undefined);
    },
    async settled() {
      await writing;
    },
  };
};

/** A chunk that is to be written. */
interface Owed {
  readonly pair: ChunkedPair;
  readonly chunk: number;
}

const owed = (pair: ChunkedPair, end: number): readonly Owed[] => {
  const chunks: Owed[] = [];
  while (pair.lasting && (pair.written + 1) * CHUNK_FRAMES <= end) {
    chunks.push({ pair, chunk: pair.written++ });
  }
  return chunks;
};
