import { createMotion, createMotionSeries, motionScore, MOTION_DEFAULTS } from '@tinyvmaf/features';
import type { MotionFrame, MotionOptions } from '@tinyvmaf/features';
import { flatLuma, vectorPair, type Luma } from '@tinyvmaf/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOTION_CLIP, MOTION_SADS, MOTION_TIE, planeOf } from '../support/vectors.js';

const reference = (i: number, bitDepth: 8 | 10): Luma => vectorPair(i, bitDepth).reference;

const scoresOf = (clip: readonly Luma[], options: MotionOptions): readonly number[] => {
  const lag = options.fiveFrameWindow ? 2 : 1;
  return clip.map((luma, i) => {
    const before = clip[i - lag];
    if (before === undefined) return 0;
    const kernel = createMotion(luma.width, luma.height, luma.bitDepth);
    const sad = kernel.compute(planeOf(before), planeOf(luma));
    return motionScore(sad, luma.width * luma.height, options);
  });
};

const framesOf = (scores: readonly number[], options: MotionOptions): readonly MotionFrame[] => {
  const series = createMotionSeries(options);
  return [...scores.flatMap((score) => series.push(score)), ...series.end()];
};

describe.each([8, 10] as const)('motion of the %i-bit vector', (bitDepth) => {
  const clip = [0, 1, 2].map((i) => reference(i, bitDepth));

  it('has the published sums', () => {
    const kernel = createMotion(96, 64, bitDepth);
    const sads = [1, 2].map((i) =>
      kernel.compute(planeOf(clip[i - 1] as Luma), planeOf(clip[i] as Luma)),
    );
    expect(sads).toEqual(MOTION_SADS);
  });

  it('has the published scores', () => {
    const scores = scoresOf(clip, MOTION_DEFAULTS);
    expect(scores).toEqual([0, 18.434326807657879, 18.354373931884766]);
    expect(framesOf(scores, MOTION_DEFAULTS).map((frame) => frame.motion2)).toEqual([
      0, 18.354373931884766, 18.354373931884766,
    ]);
  });
});

// spec/test-vectors.md, "Motion options".
const S = [18.434326807657879, 31.242134094238281, 18.379976272583008, 38.257794062296547] as const;
const PLAIN = { sad: [0, S[0], S[1], 0, S[2]], motion2: [0, S[0], 0, 0, S[2]] };
const WIDE = { sad: [0, 0, S[3], S[1], S[2]], motion2: [0, 0, S[1], S[2], S[2]] };
const TABLE: readonly (Record<'sad' | 'motion2' | 'motion3', readonly number[]> & {
  readonly name: string;
  readonly options: Partial<MotionOptions>;
})[] = [
  { name: 'none', options: {}, ...PLAIN, motion3: [S[0], S[0], 0, 0, S[2]] },
  {
    name: 'moving average',
    options: { movingAverage: true },
    ...PLAIN,
    motion3: [S[0], S[0], 9.2171634038289394, 0, 9.1899881362915039],
  },
  {
    name: 'five-frame window',
    options: { fiveFrameWindow: true },
    ...WIDE,
    motion3: [S[3], S[3], S[1], S[2], S[2]],
  },
  {
    name: 'five-frame window, moving average',
    options: { fiveFrameWindow: true, movingAverage: true },
    ...WIDE,
    motion3: [S[3], S[3], 34.749964078267411, 24.811055183410645, S[2]],
  },
  {
    name: 'blend factor 0.3, offset 2, fps weight 0.7',
    options: { blendFactor: 0.3, blendOffset: 2, fpsWeight: 0.7 },
    sad: [0, 12.904028765360515, 21.869493865966795, 0, 12.865983390808104],
    motion2: [0, 12.904028765360515, 0, 0, 12.865983390808104],
    motion3: [5.271208629608154, 5.271208629608154, 0, 0, 5.259795017242431],
  },
  {
    name: 'maximum 18',
    options: { maxVal: 18 },
    sad: [0, 18, 18, 0, 18],
    motion2: [0, 18, 0, 0, 18],
    motion3: [18, 18, 0, 0, 18],
  },
  {
    name: 'force zero',
    options: { forceZero: true },
    sad: [0, 0, 0, 0, 0],
    motion2: [0, 0, 0, 0, 0],
    motion3: [0, 0, 0, 0, 0],
  },
];

describe('motion options', () => {
  it.each(TABLE)('$name', ({ options, sad, motion2, motion3 }) => {
    const all = { ...MOTION_DEFAULTS, ...options };
    const clip = MOTION_CLIP.map((i) => reference(i, 8));
    const frames = framesOf(scoresOf(clip, all), all);
    expect(frames.map((frame) => frame.sad)).toEqual(sad);
    expect(frames.map((frame) => frame.motion2)).toEqual(motion2);
    expect(frames.map((frame) => frame.motion3)).toEqual(motion3);
  });
});

// The whole-clip formulas of spec/motion.md section 3, written down once more
// without streaming.
const wholeClip = (s: readonly number[], options: MotionOptions): readonly MotionFrame[] => {
  const n = s.length;
  const w = options.fiveFrameWindow ? 2 : 1;
  const at = (i: number): number => s[i] as number;
  const post = (m: number): number =>
    Math.min(
      m * options.blendFactor + (1 - options.blendFactor) * Math.min(options.blendOffset, m),
      options.maxVal,
    );
  const motion2 = (i: number): number => {
    if (i < w) return 0;
    if (i + 1 > n - 1) return at(i);
    return i - (w - 1) >= w ? Math.min(at(i - (w - 1)), at(i + 1)) : at(i + 1);
  };
  const stamp = n > w ? post(at(w)) : 0;
  let previous = stamp;
  return s.map((sad, i) => {
    if (i < w) return { sad, motion2: motion2(i), motion3: stamp };
    const p = post(motion2(i));
    const motion3 = options.movingAverage ? (p + previous) / 2 : p;
    previous = p;
    return { sad, motion2: motion2(i), motion3 };
  });
};

describe('motion series', () => {
  it('streams what the whole clip gives, at every length and option', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { maxLength: 9 }),
        fc.record({
          blendFactor: fc.double({ min: 0, max: 1, noNaN: true }),
          blendOffset: fc.constantFrom(0, 2, 40),
          maxVal: fc.constantFrom(18, 10000),
          fiveFrameWindow: fc.boolean(),
          movingAverage: fc.boolean(),
        }),
        (tail, some) => {
          const options = { ...MOTION_DEFAULTS, ...some };
          // The first frames of a window have no earlier frame: their motion is 0.
          const scores = tail.map((score, i) =>
            i < (some.fiveFrameWindow ? 2 : 1) ? 0 : Math.min(score, some.maxVal),
          );
          expect(framesOf(scores, options)).toEqual(wholeClip(scores, options));
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });

  it('needs one frame of look-ahead, two at the start of a five-frame window', () => {
    const count = (options: MotionOptions): readonly number[] => {
      const series = createMotionSeries(options);
      return [...[0, 0, 5, 6].map((score) => series.push(score).length), series.end().length];
    };
    expect(count(MOTION_DEFAULTS)).toEqual([0, 1, 1, 1, 1]);
    expect(count({ ...MOTION_DEFAULTS, fiveFrameWindow: true })).toEqual([0, 0, 2, 1, 1]);
  });

  it('gives nothing for nothing and 0 for a single frame', () => {
    expect(framesOf([], MOTION_DEFAULTS)).toEqual([]);
    expect(framesOf([0], MOTION_DEFAULTS)).toEqual([{ sad: 0, motion2: 0, motion3: 0 }]);
  });
});

describe('motion kernels', () => {
  it('are 0 for a repeated frame, in both forms', () => {
    const plane = planeOf(reference(0, 8));
    expect(createMotion(96, 64, 8).compute(plane, plane)).toBe(0);
    expect(createMotion(96, 64, 8, 'libvmaf-3.1').compute(plane, plane)).toBe(0);
  });

  it.each([8, 10, 12, 16] as const)(
    'count a change of one 8-bit grey level alike at %i bits',
    (b) => {
      const level = 2 ** (b - 8);
      const dark = planeOf(flatLuma(5, 3, b, 10 * level));
      const light = planeOf(flatLuma(5, 3, b, 11 * level));
      expect(createMotion(5, 3, b).compute(dark, light)).toBe(256 * 15);
      expect(createMotion(5, 3, b, 'libvmaf-3.1').compute(dark, light)).toBe(256 * 15);
    },
  );

  it('takes full-scale changes at 16 bits', () => {
    const black = planeOf(flatLuma(8, 8, 16, 0));
    const white = planeOf(flatLuma(8, 8, 16, 65535));
    expect(createMotion(8, 8, 16).compute(white, black)).toBe(65535 * 64);
  });

  it('subtracts the current frame from the previous one: ties round up', () => {
    const kernel = createMotion(8, 9, 8);
    const [rows, zero] = [planeOf(MOTION_TIE.rows), planeOf(MOTION_TIE.zero)];
    expect(kernel.compute(rows, zero)).toBe(MOTION_TIE.sadFromRows);
    expect(kernel.compute(zero, rows)).toBe(MOTION_TIE.sadToRows);
  });

  it('refuses sizes the blur does not fit', () => {
    expect(() => createMotion(2, 9, 8)).toThrow(
      'The picture is 2x9; motion needs both sides >= 3.',
    );
  });
});
