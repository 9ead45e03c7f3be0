/**
 * One run of an extractor: videos are read in step and handed to the engine, or
 * the engine reads them where they lie; the lanes make named values of what
 * comes back, in the order of the frames.
 */
import { fromThrown, throwIfAborted, TinyVmafException } from '@tinyvmaf/core';
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { FramesElsewhere, type Engine, type EngineFactory, type FrameResult } from './engine.js';
import { checkSize } from './frame-check.js';
import { createLanes, type FrameFeatures } from './lanes.js';
import { lockstep } from './lockstep.js';
import { motionRequests } from './motion-requests.js';
import type { Plan } from './plan.js';
import { checkSources } from './sources.js';
import { inOrder, videosOf, type Videos } from './videos.js';

/** What a run consists of. */
export interface Run {
  readonly plan: Plan;
  readonly engine: EngineFactory;
  readonly reference: FrameSource;
  readonly distorted: readonly FrameSource[];
  readonly allowShorter: boolean;
  readonly signal: AbortSignal | undefined;
}

const OPERATION = 'Feature extraction';

/**
 * All frames, in step. Throws `TinyVmafException`, see `Extractor.run`.
 */
export async function* extract(run: Run): AsyncGenerator<readonly FrameFeatures[], void, void> {
  const { plan, reference, distorted, allowShorter } = run;
  try {
    checkSources(plan.format, reference, distorted, allowShorter);
    yield* persistent(run, videosOf(reference, distorted, allowShorter));
  } catch (thrown) {
    throw new TinyVmafException(fromThrown(thrown, OPERATION));
  }
}

/**
 * {@link steps}; once more from the start where frames turn out to lie
 * elsewhere, without those that have been given out. They are the same.
 */
async function* persistent(
  run: Run,
  videos: Videos,
): AsyncGenerator<readonly FrameFeatures[], void, void> {
  let given = 0;
  try {
    for await (const frames of steps(run, videos)) {
      given += 1;
      yield frames;
    }
  } catch (thrown) {
    if (!(thrown instanceof FramesElsewhere)) throw thrown;
    for await (const frames of steps(run, inOrder(videos))) {
      given -= 1;
      if (given < 0) yield frames;
    }
  }
}

/** A frame that is computed. */
interface Computed {
  readonly result: FrameResult;
  /** Which distorted videos have it. */
  readonly present: readonly boolean[];
}

async function* steps(
  run: Run,
  videos: Videos,
): AsyncGenerator<readonly FrameFeatures[], void, void> {
  const { plan, signal } = run;
  const engine = run.engine(plan, videos);
  const lanes = createLanes(plan, motionRequests(plan), run.distorted.length);
  const stop = (): void => void engine.close();
  signal?.addEventListener('abort', stop);
  try {
    throwIfAborted(signal, OPERATION);
    const computed =
      engine.results === undefined ? submitted(run, engine) : located(run, engine.results());
    for await (const { result, present } of computed) {
      yield* lanes.settle(result, present);
      throwIfAborted(signal, OPERATION);
    }
    yield* lanes.end();
  } catch (thrown) {
    throwIfAborted(signal, OPERATION);
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', stop);
    await engine.close();
  }
}

/** Reads the videos in step and hands their pictures to the engine. */
async function* submitted(run: Run, engine: Engine): AsyncGenerator<Computed, void, void> {
  const { plan, reference, distorted, allowShorter, signal } = run;
  const underWay: { readonly result: Promise<FrameResult>; readonly present: boolean[] }[] = [];
  async function* settled(atMost: number): AsyncGenerator<Computed, void, void> {
    while (underWay.length > atMost) {
      const earliest = underWay.shift();
      if (earliest !== undefined) {
        yield { result: await earliest.result, present: earliest.present };
      }
    }
  }
  for await (const step of lockstep(reference, distorted, allowShorter, signal)) {
    checkSize(reference, step.reference, step.index);
    const planes = step.distorted.map((frame, index) => {
      const source = distorted[index];
      if (frame !== undefined && source !== undefined) checkSize(source, frame, step.index);
      return frame?.luma;
    });
    const result = engine.submit({
      index: step.index,
      wanted: step.index % plan.subsample === 0,
      reference: step.reference.luma,
      distorted: planes,
    });
    // It is awaited later; until then a failure must not count as unhandled.
    result.catch(() => undefined);
    underWay.push({ result, present: planes.map((plane) => plane !== undefined) });
    yield* settled(engine.capacity - 1);
  }
  yield* settled(0);
}

/** Takes what the engine makes of videos that it reads itself, and tells their sources. */
async function* located(
  { reference, distorted }: Run,
  results: AsyncIterable<FrameResult>,
): AsyncGenerator<Computed, void, void> {
  let index = 0;
  for await (const result of results) {
    const present = [reference, ...distorted].map(({ located: frames }, i) => {
      const has = index < (frames?.location.frames ?? 0);
      if (has) frames?.passed(index, result.evidence?.[i]);
      return has;
    });
    yield { result, present: present.slice(1) };
    index += 1;
  }
}
