/**
 * What a plan tells beyond its jobs: that a source or ffmpeg has changed since
 * results were made, and what lies in the folder that the plan does not use.
 */
import type { Addressed, ReferenceJob } from './job.js';
import type { PlannedSource } from './plan.js';
import type { LadderState } from './state.js';

const whatChanged = (old: ReferenceJob, now: ReferenceJob): string => {
  if (old.ffmpeg.version !== now.ffmpeg.version) {
    return `ffmpeg has changed from "${old.ffmpeg.version}" to "${now.ffmpeg.version}"`;
  }
  if (old.ffmpeg.build !== now.ffmpeg.build) return 'ffmpeg is another build of the same version';
  if (old.input !== now.input) {
    return `its file has changed (SHA-256 ${old.input.slice(0, 12)}…, now ${now.input.slice(0, 12)}…)`;
  }
  if (old.frames !== now.frames || old.start !== now.start) {
    return `it was ${old.frames} frames from ${old.start}, now ${now.frames} from ${now.start}`;
  }
  return `its settings have changed (it was ${old.width}x${old.height} ${old.pixFmt})`;
};

const newsOfSource = (
  { hash, job }: Addressed<ReferenceJob>,
  state: LadderState,
): readonly string[] => {
  if (state.results[hash] !== undefined) return [];
  const old = Object.values(state.results)
    .map(({ record }) => record.job)
    .find(
      (known): known is ReferenceJob => known.kind === 'reference' && known.source === job.source,
    );
  return old === undefined ? [] : [`${job.source} is built anew: ${whatChanged(old, job)}.`];
};

/** One sentence for each thing that somebody should know. */
export const newsOf = (
  planned: readonly PlannedSource[],
  state: LadderState,
): readonly string[] => {
  const wanted = new Set(
    planned.flatMap(({ reference, clips }) => [reference.hash, ...clips.map(({ hash }) => hash)]),
  );
  const unused = Object.entries(state.results).filter(([hash]) => !wanted.has(hash));
  const bytes = unused.reduce((sum, [, { record }]) => sum + record.yuv.bytes, 0);
  return [
    ...planned.flatMap(({ reference }) => newsOfSource(reference, state)),
    ...state.lost.map((path) => `${path} is gone or has another size, and is built again.`),
    ...(unused.length === 0
      ? []
      : [
          `${unused.length} results of other settings (${bytes} bytes) are not part of this ladder and stay in the folder; --prune removes them.`,
        ]),
  ];
};
