// The small parts of extraction: segments, rows, views, progress, event lines.
import { FEATURES } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { eventLine } from '../../src/extract/event.js';
import { culprits, pairError } from '../../src/extract/outcome.js';
import { trackProgress } from '../../src/extract/progress.js';
import { Rows } from '../../src/extract/rows.js';
import { nextSegment } from '../../src/extract/segments.js';
import { referenceView, rungView } from '../../src/extract/view.js';
import { FORMAT } from '../support/clips.js';

describe('segments', () => {
  it.each([
    [[0], { start: 0, rungs: [0] }],
    [[64, 64, 64], { start: 64, rungs: [0, 1, 2] }],
    [[96, 32, 0, 32], { start: 0, end: 32, rungs: [2] }],
    [[96, 32, 32, 32], { start: 32, end: 96, rungs: [1, 2, 3] }],
  ])('%j', (done, expected) => {
    expect(nextSegment(done)).toEqual(expected);
  });

  it('compute every frame of every rung once', () => {
    const done = [96, 32, 0, 64, 32];
    const total = 130;
    let computed = 0;
    for (;;) {
      const { start, end = total, rungs } = nextSegment(done);
      for (const i of rungs) {
        expect(done[i]).toBe(start);
        computed += end - start;
        done[i] = end;
      }
      if (end === total) break;
    }
    expect(done).toEqual([total, total, total, total, total]);
    expect(computed).toBe(5 * total - (96 + 32 + 64 + 32));
  });
});

describe('rows', () => {
  it('grow, keep every bit, and are cut anywhere', () => {
    const rows = new Rows();
    const frame = (i: number): Float64Array => Float64Array.from(FEATURES, (_, f) => i + f / 7);
    for (let i = 0; i < 100; i++) rows.push(frame(i));
    rows.append(rows.slice(0, 90));
    expect(rows.frames).toBe(190);
    const cut = rows.slice(95, 103);
    expect(cut.frames).toBe(8);
    FEATURES.forEach((name, f) => {
      expect([...cut.columns[name]]).toEqual([95, 96, 97, 98, 99, 0, 1, 2].map((i) => frame(i)[f]));
    });
  });
});

describe('views', () => {
  const raw = { path: 'a.yuv', bytes: 1, format: FORMAT };
  const mp4 = { path: 'a.mp4', bytes: 1 };
  const size = { width: 192, height: 128 };

  it('tell geometry, size and method', () => {
    expect(referenceView(raw)).toBe('raw 96x64 8 420');
    expect(rungView(raw, FORMAT, 'bicubic')).toBe('raw 96x64 8 420');
    expect(rungView(raw, size, 'lanczos')).toBe('raw 96x64 8 420 to 192x128 lanczos');
    expect(referenceView(mp4)).toBe('decoded');
    expect(rungView(mp4, size, 'bicubic')).toBe('decoded to 192x128 bicubic');
  });
});

describe('progress', () => {
  const start = { type: 'start', jobs: 2, clips: 4, cached: 1, bytes: 1000 } as const;
  const failed = {
    type: 'failed',
    source: 'a',
    clip: 'x',
    error: { _tag: 'Internal', problem: 'p' },
  } as const;

  it('measures frames where their number is known', () => {
    let seconds = 0;
    const tracker = trackProgress(() => seconds);
    tracker.take({ ...start, frames: 200 });
    expect(tracker.progress()).toEqual({
      ...{ clips: 0, totalClips: 4, frames: 0, totalFrames: 200, fps: 0 },
    });
    seconds = 10;
    for (let i = 0; i < 25; i++) tracker.take({ type: 'tick', clips: 2 });
    tracker.take(failed);
    expect(tracker.progress()).toEqual({
      ...{ clips: 1, totalClips: 4, frames: 50, totalFrames: 200, fps: 5, secondsLeft: 30 },
    });
  });

  it('does not count frames that are there under another name', () => {
    let seconds = 0;
    const tracker = trackProgress(() => seconds);
    tracker.take({ ...start, frames: 200 });
    const clip = { type: 'clip', source: 'a', clip: 'x', frames: 100, computed: 0 } as const;
    tracker.take({ ...clip, features: '', origin: 'content' });
    seconds = 10;
    for (let i = 0; i < 50; i++) tracker.take({ type: 'tick', clips: 1 });
    expect(tracker.progress()).toMatchObject({ clips: 1, totalFrames: 100, secondsLeft: 10 });
  });

  it('measures bytes where not', () => {
    let seconds = 0;
    const tracker = trackProgress(() => seconds);
    tracker.take(start);
    seconds = 20;
    tracker.take({ type: 'tick', clips: 3 });
    expect(tracker.progress()).not.toHaveProperty('secondsLeft');
    tracker.take({ type: 'job-end', source: 'a', bytes: 400 });
    expect(tracker.progress()).toMatchObject({ frames: 3, secondsLeft: 30 });
  });

  it('of nothing to do is not a number of seconds', () => {
    const tracker = trackProgress(() => 5);
    tracker.take({ ...start, clips: 0, bytes: 0, frames: 0 });
    expect(tracker.progress()).toEqual({
      clips: 0,
      totalClips: 0,
      frames: 0,
      totalFrames: 0,
      fps: 0,
    });
  });

  it('has lines for events, with codes for errors', () => {
    expect(eventLine({ type: 'tick', clips: 1 })).toBe('');
    expect(JSON.parse(eventLine(start))).toMatchObject({ schema: 'tinyvmaf-extraction-events/1' });
    expect(JSON.parse(eventLine(failed))).toEqual({
      ...{ type: 'failed', source: 'a', clip: 'x', code: 'ERR_INTERNAL' },
      message: 'Internal error, please report it: p.',
    });
  });
});

describe('errors of a pair', () => {
  const mismatch = {
    _tag: 'FrameCountMismatch',
    reference: { source: 'r', frames: 5 },
    distorted: { source: 'd', frames: 3 },
  } as const;

  it('name the file', () => {
    expect(culprits(mismatch)).toEqual(['d']);
    expect(culprits({ _tag: 'Io', operation: 'read', target: 'x', problem: 'p' })).toEqual(['x']);
    expect(culprits({ _tag: 'Internal', problem: 'p' })).toEqual([]);
  });

  it('do not advise what a corpus has no option for', () => {
    expect(pairError(mismatch)).toMatchObject({ _tag: 'CorpusLayout', source: 'd' });
  });
});
