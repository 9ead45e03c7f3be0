/**
 * Carrying a plan out. What is finished is found again and never computed
 * twice; a source's files get their names when all its jobs have ended; the
 * manifest comes last.
 */
import { availableParallelism } from 'node:os';
import { toPromise, tryTask, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { Builder } from './builder.js';
import type { LadderEvent, LadderReport } from './event.js';
import { at, PATHS } from './layout.js';
import { takeLock } from './lock.js';
import { ENCODER_REMEDY, type LadderPlan } from './plan.js';
import { isLadder } from './state.js';
import { makeWorkFolder } from './sweep.js';

/** How to build. */
export interface BuildOptions {
  /** Clips in work at a time. Default: one for each processor. */
  readonly jobs?: number;
  /** Stops the build: running programs are killed, what is finished stays. */
  readonly signal?: AbortSignal;
  /** Is told everything that happens, in order. */
  readonly onProgress?: (event: LadderEvent) => void;
  /** Whether the first failure ends everything. Default false. */
  readonly strict?: boolean;
  /** Whether results that the plan does not use are removed. Default false. */
  readonly prune?: boolean;
  /** Whether to refuse to begin where the disk has too little room. Default true. */
  readonly checkSpace?: boolean;
}

/**
 * Builds a ladder. May be stopped at any moment, by whatever means, and run
 * again. Left: `Incomplete` where rungs failed or could not be built (the rest
 * is complete); with `strict` the first failure itself; `Io` for a full disk
 * or a build that is at work already; `Cancelled`.
 */
export const buildLadderTE = (
  plan: LadderPlan,
  options: BuildOptions = {},
): TE.TaskEither<TinyVmafError, LadderReport> =>
  tryTask(async () => {
    const missing = plan.leftOut.filter(({ cause }) => cause === 'encoder');
    if (options.strict === true && missing[0] !== undefined) {
      throw new TinyVmafException({
        _tag: 'BackendUnavailable',
        backend: plan.ffmpeg.version,
        problem: `cannot build ${missing.length} rungs: ${missing[0].rung}: ${missing[0].reason}`,
        remedy: ENCODER_REMEDY,
      });
    }
    const [rejected] = plan.rejected;
    if (options.strict === true && rejected !== undefined) {
      throw new TinyVmafException(rejected.error);
    }
    // Refuses a foreign folder before anything is written into it.
    await isLadder(plan.out);
    await makeWorkFolder(plan.out);
    const release = await takeLock(at(plan.out, PATHS.lock));
    let report: LadderReport;
    try {
      report = await new Builder(plan, {
        jobs: availableParallelism(),
        strict: false,
        prune: false,
        checkSpace: true,
        ...options,
      }).build();
    } finally {
      await release();
    }
    options.onProgress?.({ kind: 'end', report });
    const problem = incompleteness(
      plan,
      report,
      missing.map(({ rung }) => rung),
    );
    if (problem === undefined) return report;
    throw new TinyVmafException(problem);
  }, 'Building the ladder');

/** {@link buildLadderTE} as a Promise; rejects with `TinyVmafException`. */
export const buildLadder = (plan: LadderPlan, options?: BuildOptions): Promise<LadderReport> =>
  toPromise(buildLadderTE(plan, options));

const incompleteness = (
  plan: LadderPlan,
  { failures }: LadderReport,
  missing: readonly string[],
): TinyVmafError | undefined => {
  const { rejected } = plan;
  if (failures.length + missing.length + rejected.length === 0) return undefined;
  const jobs = plan.sources.reduce((sum, { clips }) => sum + 1 + clips.length, 0);
  const [first] = failures;
  const names =
    first === undefined
      ? ''
      : `, the first being ${[first.source, first.rung].filter(Boolean).join(' ')}`;
  const [reject] = rejected;
  const why = first?.error ?? reject?.error;
  const parts = [
    ...(reject === undefined
      ? []
      : [
          `${rejected.length} of ${rejected.length + plan.sources.length} sources cannot be used, the first being ${reject.file}`,
        ]),
    ...(failures.length === 0 ? [] : [`${failures.length} of ${jobs} jobs failed${names}`]),
    ...(missing.length === 0
      ? []
      : [
          `${missing.length} of ${plan.recipe.rungs.length} rungs have no encoder (${missing.join(', ')})`,
        ]),
  ];
  return {
    _tag: 'Incomplete',
    operation: 'corpus ladder',
    problem: parts.join('; '),
    remedy:
      missing.length > 0
        ? `The rest is complete. ${ENCODER_REMEDY}`
        : 'The rest is complete; run it again to try only these.',
    ...(why === undefined ? {} : { cause: new TinyVmafException(why) }),
  };
};
