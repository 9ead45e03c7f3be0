/**
 * As many passes over a source as its rungs need: one, as a rule; more where an
 * interrupted run left them at different frames, or where one of them fails
 * on the way and the others go on without it. Chunks are written beside the
 * work.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { ScaleMethod } from '@tinyvmaf/yuv-io';
import { CHUNK_FRAMES } from '../hash/tree.js';
import type { Chunk, Sha256 } from '../store/contracts.js';
import type { JobTools } from './job-tools.js';
import { clipError, culprits, pairError, stored } from './outcome.js';
import { runPass, type PassRung, type PassVideo } from './pass.js';
import { nextSegment } from './segments.js';

/** A rung on its way. */
export interface PairRun extends PassRung {
  readonly clip: string;
  readonly path: string;
  /** Key of its chunks. */
  readonly key: Sha256;
  /** Chunks in the store. */
  written: number;
  /** Leaves of the content hashes of both videos over a chunk. */
  readonly leaves: (chunk: number) => Pick<Chunk, 'referenceLeaf' | 'distortedLeaf'>;
}

/** What the passes work on. */
export interface Passes<P extends PairRun> {
  readonly source: string;
  readonly format: VideoFormat;
  readonly scale: ScaleMethod;
  readonly reference: PassVideo & { readonly path: string };
  readonly pairs: readonly P[];
}

/**
 * Computes what the pairs lack.
 * @returns those that are complete; the others were told to `fail`.
 * @throws Fatal, and Cancelled as an exception.
 */
export const runPasses = async <P extends PairRun>(
  passes: Passes<P>,
  tools: JobTools,
): Promise<readonly P[]> => {
  const { format, scale, reference } = passes;
  const chunks = chunkWriter(passes.source, tools);
  let left = passes.pairs;
  try {
    while (left.length > 0) {
      const segment = nextSegment(left.map(({ rows }) => rows.frames));
      const rungs = segment.rungs.flatMap((i) => left[i] ?? []);
      try {
        await runPass({
          ...{ format, scale, reference, rungs, segment },
          ...(tools.threads === undefined ? {} : { threads: tools.threads }),
          ...(tools.signal === undefined ? {} : { signal: tools.signal }),
          onFrame: () => {
            tools.emit({ type: 'tick', clips: rungs.length });
          },
          onChunk: (end) => chunks.write(rungs, end),
        });
        if (segment.end === undefined) break;
      } catch (thrown) {
        const error = clipError(thrown);
        const names = culprits(error);
        const named = rungs.filter(({ path }) => names.includes(path));
        const lost = names.includes(reference.path) ? left : named.length > 0 ? named : rungs;
        for (const { clip } of lost) tools.fail(clip, pairError(error));
        left = left.filter((pair) => !lost.includes(pair));
      }
    }
  } finally {
    await chunks.settled();
  }
  return left;
};

interface ChunkWriter {
  /** Writes the chunks of the rungs that end at or before a frame and are not written yet. */
  write(rungs: readonly PairRun[], end: number): Promise<void>;
  /** Waits for what is being written. */
  settled(): Promise<void>;
}

/** Writes while the next frames are computed, one batch at a time. */
const chunkWriter = (source: string, { store, emit }: JobTools): ChunkWriter => {
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
    async write(rungs, end) {
      await writing;
      writing = writeBatch(rungs.flatMap((pair) => owed(pair, end)));
      // It is awaited before the next batch; until then a failure must not count as unhandled.
      writing.catch(() => undefined);
    },
    async settled() {
      await writing;
    },
  };
};

/** A chunk that is to be written. */
interface Owed {
  readonly pair: PairRun;
  readonly chunk: number;
}

const owed = (pair: PairRun, end: number): readonly Owed[] => {
  const chunks: Owed[] = [];
  while ((pair.written + 1) * CHUNK_FRAMES <= end) chunks.push({ pair, chunk: pair.written++ });
  return chunks;
};
