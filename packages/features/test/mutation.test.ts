// Would the published figures notice a slip in a kernel? Each stage is changed
// in one place, a tap, a shift or a border index, and must then miss them.
import type { createMotion, createVif } from '@tinyvmaf/features';
import { vectorPair, type Luma } from '@tinyvmaf/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Border from '../src/plane/border.js';
import type * as Shift from '../src/plane/shift.js';
import { MOTION_SADS, MOTION_TIE, planeOf, VIF_VECTORS } from './support/vectors.js';

/** Which of the published VIF figures are missed: `8-bit scale 2`. */
const missedVif = (create: typeof createVif): readonly string[] =>
  VIF_VECTORS.flatMap(({ name, pair, scales }) => {
    const { reference, distorted } = pair();
    const kernel = create(reference.width, reference.height, reference.bitDepth);
    const result = kernel.compute(planeOf(reference), planeOf(distorted));
    return result.scales.flatMap(({ sums, vif }, scale) => {
      const figures = [sums.numLog, sums.denLog, sums.numLin, sums.cntLin, vif];
      const equal = figures.every((figure, i) => Object.is(figure, scales[scale as 0][i]));
      return equal ? [] : [`${name} scale ${scale}`];
    });
  });

/** Which of the published sums of motion, and of the tie, are missed: `10-bit frame 1`. */
const missedMotion = (create: typeof createMotion): readonly string[] => {
  const tie = create(8, 9, 8).compute(planeOf(MOTION_TIE.rows), planeOf(MOTION_TIE.zero));
  return [...missedSads(create), ...(tie === MOTION_TIE.sadFromRows ? [] : ['tie'])];
};

const missedSads = (create: typeof createMotion): readonly string[] =>
  ([8, 10] as const).flatMap((bitDepth) => {
    const luma = (i: number): Luma => vectorPair(i, bitDepth).reference;
    const kernel = create(96, 64, bitDepth);
    return MOTION_SADS.flatMap((sad, i) => {
      const found = kernel.compute(planeOf(luma(i)), planeOf(luma(i + 1)));
      return found === sad ? [] : [`${bitDepth}-bit frame ${i + 1}`];
    });
  });

const freshVif = async (): Promise<typeof createVif> =>
  (await import('../src/vif/vif.js')).createVif;
const freshMotion = async (): Promise<typeof createMotion> =>
  (await import('../src/motion/sad.js')).createMotion;

type Filters = typeof import('../src/vif/filters.js');
type LogTable = typeof import('../src/vif/log-table.js');
type MotionFilter = typeof import('../src/motion/filter.js');

/** Reloads the kernels with one module changed. */
const withModule = <M extends object>(path: string, change: (original: M) => Partial<M>): void => {
  vi.doMock(path, async (importOriginal) => {
    const original = await importOriginal<M>();
    return { ...original, ...change(original) };
  });
};

afterEach(() => {
  vi.doUnmock('../src/plane/border.js');
  vi.doUnmock('../src/plane/shift.js');
  vi.doUnmock('../src/vif/filters.js');
  vi.doUnmock('../src/vif/log-table.js');
  vi.doUnmock('../src/motion/filter.js');
  vi.resetModules();
});

const tapChanged = (taps: Float64Array, at: number): Float64Array =>
  taps.map((tap, i) => (i === at ? tap + 1 : tap));

/** One more tap read at the near or far edge. */
const borders: Record<string, typeof Border.mirror> = {
  'far edge repeated': (i, n) => (i < 0 ? -i : i >= n ? 2 * n - 1 - i : i),
  'near edge repeated': (i, n) => (i < 0 ? -i - 1 : i >= n ? 2 * n - 2 - i : i),
  'far edge clamped': (i, n) => (i < 0 ? -i : Math.min(i, n - 1)),
};

const mockBorder = (name: string): void => {
  const changed = borders[name];
  if (changed === undefined) throw new Error(name);
  withModule<typeof Border>('../src/plane/border.js', ({ padLine, rowOffsets }) => ({
    mirror: changed,
    padLine: (line, length, radius, rule = changed) => {
      padLine(line, length, radius, rule);
    },
    rowOffsets: (offsets, y, width, height, rule = changed) => {
      rowOffsets(offsets, y, width, height, rule);
    },
  }));
};

const truncatingShift: typeof Shift.roundedShift = (bits) => ({ offset: 0, factor: 2 ** -bits });

describe('unchanged kernels', () => {
  it('meet every figure', async () => {
    expect(missedVif(await freshVif())).toEqual([]);
    expect(missedMotion(await freshMotion())).toEqual([]);
  });
});

describe('VIF with a change', () => {
  it.each([0, 1, 2, 3] as const)('in a tap of scale %i', async (scale) => {
    withModule<Filters>('../src/vif/filters.js', ({ TAPS }) => ({
      TAPS: { ...TAPS, [scale]: tapChanged(TAPS[scale], 1) },
    }));
    const missed = missedVif(await freshVif());
    expect(missed).toContain(`8-bit scale ${scale}`);
    // The pyramid above a scale is made with that scale's taps, not with those below.
    if (scale > 0) expect(missed).not.toContain('8-bit scale 0');
  });

  it.each(['mean', 'square'] as const)('in the vertical shift of the %s', async (which) => {
    withModule<Filters>('../src/vif/filters.js', ({ verticalShifts }) => ({
      verticalShifts: (scale, bitDepth) => {
        const shifts = verticalShifts(scale, bitDepth);
        return { ...shifts, [which]: shifts[which] + 1 };
      },
    }));
    expect(missedVif(await freshVif())).toHaveLength(12);
  });

  it('in the shift for 10 bits only', async () => {
    withModule<Filters>('../src/vif/filters.js', ({ verticalShifts }) => ({
      verticalShifts: (scale, bitDepth) => verticalShifts(scale, bitDepth === 10 ? 8 : bitDepth),
    }));
    const missed = missedVif(await freshVif());
    expect(missed).toContain('10-bit scale 0');
    expect(missed.filter((name) => !name.startsWith('10-bit'))).toEqual([]);
  });

  it('in the horizontal shift', async () => {
    withModule<Filters>('../src/vif/filters.js', () => ({ HORIZONTAL_SHIFT: 15 }));
    expect(missedVif(await freshVif())).toHaveLength(12);
  });

  it('in the rounding of shifts', async () => {
    withModule<typeof Shift>('../src/plane/shift.js', () => ({ roundedShift: truncatingShift }));
    expect(missedVif(await freshVif()).length).toBeGreaterThan(8);
  });

  it.each(Object.keys(borders))('at the border: %s', async (name) => {
    mockBorder(name);
    expect(missedVif(await freshVif())).toHaveLength(12);
  });

  it('in the logarithm table', async () => {
    withModule<LogTable>('../src/vif/log-table.js', ({ fixedLog2 }) => ({
      fixedLog2: (x) => fixedLog2(x) + (x >= 2 ** 25 ? 1 : 0),
    }));
    expect(missedVif(await freshVif()).length).toBeGreaterThan(0);
  });
});

describe('motion with a change', () => {
  it.each([0, 1, 2, 3, 4])('in tap %i', async (at) => {
    withModule<MotionFilter>('../src/motion/filter.js', ({ MOTION_TAPS }) => ({
      MOTION_TAPS: tapChanged(MOTION_TAPS, at),
    }));
    expect(missedSads(await freshMotion())).toHaveLength(4);
  });

  it('in the horizontal shift', async () => {
    withModule<MotionFilter>('../src/motion/filter.js', () => ({ MOTION_HORIZONTAL_SHIFT: 15 }));
    expect(missedSads(await freshMotion())).toHaveLength(4);
  });

  it('in the rounding of shifts', async () => {
    withModule<typeof Shift>('../src/plane/shift.js', () => ({ roundedShift: truncatingShift }));
    expect(missedSads(await freshMotion())).toHaveLength(4);
  });

  it.each(Object.keys(borders))('at the border: %s', async (name) => {
    mockBorder(name);
    expect(missedSads(await freshMotion())).toHaveLength(4);
  });

  it('in the order of the two frames', async () => {
    const create = await freshMotion();
    const swapped: typeof createMotion = (...size) => {
      const kernel = create(...size);
      return { compute: (previous, current) => kernel.compute(current, previous) };
    };
    expect(missedMotion(swapped)).toEqual(['tie']);
  });

  it('of the release', async () => {
    const create = await freshMotion();
    expect(missedSads((w, h, b) => create(w, h, b, 'libvmaf-3.1'))).toHaveLength(4);
  });
});
