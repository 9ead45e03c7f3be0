/** One clip's mishap stays its own. */
import type { JobTools } from './job-tools.js';
import { clipError } from './outcome.js';

/** Runs the work on each clip; those that fail are told to `fail` and left out, like those without a result. */
export const eachClip = async <A extends { readonly clip: string }, B>(
  clips: readonly A[],
  { fail }: Pick<JobTools, 'fail'>,
  work: (clip: A) => Promise<B | undefined>,
): Promise<readonly B[]> => {
  const results: B[] = [];
  for (const clip of clips) {
    try {
      const result = await work(clip);
      if (result !== undefined) results.push(result);
    } catch (thrown) {
      fail(clip.clip, clipError(thrown));
    }
  }
  return results;
};
