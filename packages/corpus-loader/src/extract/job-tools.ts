/** What the parts of a running job share. */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { ClipRecord, FeatureRows, Store } from '../store/contracts.js';
import type { Checkpoints } from './chunk-writer.js';
import type { OnExtractionEvent, Origin } from './event.js';
import type { KnownContents } from './known.js';
import type { Video } from './video.js';

/** A clip whose features are in the store now. */
export interface FinishedClip {
  readonly record: ClipRecord;
  readonly origin: Origin;
  /** Frames computed for it in this run. */
  readonly computed: number;
  /** Its features, where they are at hand. */
  readonly rows?: FeatureRows;
}

/** Surroundings of a job. */
export interface JobTools {
  readonly store: Store;
  readonly contents: KnownContents;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly checkpoints?: Checkpoints;
  readonly emit: OnExtractionEvent;
  /** Takes a video that is to be closed when the job ends. */
  readonly opened: (video: Video) => void;
  /** Takes a clip that has its features. */
  readonly finish: (clip: FinishedClip) => Promise<void>;
  /** Takes a clip's failure; throws where the first one ends everything. */
  readonly fail: (clip: string, error: TinyVmafError) => void;
}
