/**
 * Pairs whose content is in the store already, under whatever name. Files whose
 * hash is remembered cost nothing; others are read for their hash alone where
 * the store has content of that kind, so that it may well be the same.
 */
import { featureKey } from '../store/keys.js';
import { eachClip } from './guard.js';
import type { ExtractionJob } from './job.js';
import type { JobTools } from './job-tools.js';
import { learnHash, type OpenedFile, type OpenedRung } from './opened.js';
import { stored } from './outcome.js';
import { clipRecord } from './records.js';

/**
 * Finishes the rungs whose features are in the store.
 * @returns those that are to be computed. Throws what reading the reference throws.
 */
export const findKnown = async (
  job: ExtractionJob,
  reference: OpenedFile,
  rungs: readonly OpenedRung[],
  tools: JobTools,
): Promise<readonly OpenedRung[]> => {
  const { contents, store } = tools;
  const { format } = reference.video;
  // A pair with chunks has been looked for when it was begun.
  const fresh = rungs.some(({ chunks }) => chunks.length === 0);
  if (fresh && reference.known === undefined) {
    if (contents.mayHave(format, reference.video.frameCount)) {
      await learnHash(job, reference, tools);
    }
  }
  const known = reference.known;
  if (known === undefined) return rungs;
  return eachClip(rungs, tools, async (rung) => {
    const remembered = rung.known !== undefined;
    const possible = contents.hasReference(known.root) && sameLength(rung, known.frames);
    if (!remembered && possible && rung.chunks.length === 0) await learnHash(job, rung, tools);
    if (rung.known === undefined) return rung;
    const hashes = { reference: known, distorted: rung.known };
    const record = clipRecord(job, rung.rung, format, hashes);
    const { extractor } = job;
    const address = { reference: known.root, distorted: rung.known.root, extractor };
    if (!store.hasFeatures(featureKey(address))) return rung;
    await stored(store.dropChunks(rung.key));
    await tools.finish({ record, origin: remembered ? 'cached' : 'content', computed: 0 });
    return undefined;
  });
};

const sameLength = ({ video }: OpenedRung, frames: number): boolean =>
  video.frameCount === undefined || video.frameCount === frames;
