/**
 * As many passes over a source as its rungs need: one, as a rule; more where an
 * interrupted run left them at different frames, or where one of them fails
 * on the way and the others go on without it.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { ScaleMethod } from '@tinyvmaf/yuv-io';
import { chunkWriter, type ChunkedPair } from './chunk-writer.js';
import type { JobTools } from './job-tools.js';
import { clipError, culprits, pairError } from './outcome.js';
import { runPass, type PassRung, type PassVideo } from './pass.js';
import { nextSegment } from './segments.js';

/** A rung on its way. */
export interface PairRun extends PassRung, ChunkedPair {
  readonly path: string;
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
  } catch (thrown) {
    await chunks.rescue(left);
    throw thrown;
  } finally {
    await chunks.settled();
  }
  return left;
};
