import { TinyVmafException, type TinyVmafError, type VideoFormat } from '@tinyvmaf/core';
import { createExtractor, type ExtractorConfig, type FrameFeatures } from '@tinyvmaf/features';
import type { Luma } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, runClips, runSources, seriesOf } from '../support/run.js';
import { clip, memorySource } from '../support/sources.js';

const FORMAT: VideoFormat = { width: 48, height: 40, bitDepth: 8, chroma: '420' };

const make = (config: Partial<ExtractorConfig> = {}) =>
  createExtractor({ format: FORMAT, extractors: ALL, ...config });

const keysOf = (config: Partial<ExtractorConfig>): readonly string[] => {
  const made = make(config);
  if (E.isLeft(made)) throw new TinyVmafException(made.left);
  return made.right.keys;
};

const leftOf = (config: Partial<ExtractorConfig>): TinyVmafError | undefined => {
  const made = make(config);
  return E.isLeft(made) ? made.left : undefined;
};

const scales = (stem: string, end = ''): readonly string[] =>
  [0, 1, 2, 3].map((scale) => `integer_${stem}_scale${scale}${end}`);
const adm = (end = ''): readonly string[] => [
  ...['adm2', 'aim', 'adm3'].map((name) => `integer_${name}${end}`),
  ...scales('adm', end),
];
const SAD = 'VMAF_integer_feature_motion_sad_score';
const DELAYED = ['integer_motion2', 'integer_motion3'];

describe('keys', () => {
  it('come in order of request, delayed motion last', () => {
    expect(keysOf({ extractors: [{ name: 'adm' }, { name: 'motion' }, { name: 'vif' }] })).toEqual([
      ...adm(),
      SAD,
      ...scales('vif'),
      ...DELAYED,
    ]);
  });

  it('come for each set of options once', () => {
    const neg = { egl: 1 };
    const extractors: ExtractorConfig['extractors'] = [
      { name: 'adm' },
      { name: 'motion' },
      { name: 'vif' },
      { name: 'adm', options: neg },
      { name: 'motion', options: { debug: false } },
      { name: 'vif', options: { vif_enhn_gain_limit: 1 } },
      { name: 'vif', options: neg },
    ];
    expect(keysOf({ extractors })).toEqual([
      ...adm(),
      SAD,
      ...scales('vif'),
      ...adm('_egl_1'),
      ...scales('vif', '_egl_1'),
      ...DELAYED,
    ]);
  });

  it('include the debug values if any of the merged requests asks for them', () => {
    const extractors: ExtractorConfig['extractors'] = [
      { name: 'motion' },
      { name: 'vif' },
      { name: 'vif', options: { debug: true } },
      { name: 'motion', options: { debug: true } },
    ];
    expect(keysOf({ extractors })).toEqual([
      SAD,
      'integer_motion',
      ...scales('vif'),
      'integer_vif',
      'integer_vif_num',
      'integer_vif_den',
      ...[0, 1, 2, 3].flatMap((s) => [`integer_vif_num_scale${s}`, `integer_vif_den_scale${s}`]),
      ...DELAYED,
    ]);
  });

  it('are motion2 and motion only, as in releases 2.1 to 3.1', () => {
    expect(keysOf({ extractors: [{ name: 'motion' }], compat: 'libvmaf-3.1' })).toEqual([
      'integer_motion2',
      'integer_motion',
    ]);
  });

  it('belong to one set of options each', () => {
    const extractors: ExtractorConfig['extractors'] = [
      { name: 'adm' },
      { name: 'adm', options: { adm_skip_aim: true } },
    ];
    expect(leftOf({ extractors })).toMatchObject({
      _tag: 'BadArgument',
      rule: 'ask for different values under one name, integer_adm2',
    });
  });
});

describe('an extractor is refused', () => {
  const size = (width: number, height: number): VideoFormat => ({ ...FORMAT, width, height });

  it.each<[number, number, ExtractorConfig['extractors'], string | undefined]>([
    [16, 40, ALL, 'is 16x40; ADM needs both sides >= 17'],
    [17, 17, ALL, undefined],
    [40, 15, [{ name: 'vif' }], 'is 40x15; VIF needs both sides >= 16'],
    [16, 16, [{ name: 'vif' }], undefined],
    [3, 2, [{ name: 'motion' }], 'is 3x2; motion needs both sides >= 3'],
    [3, 3, [{ name: 'motion' }], undefined],
    [2, 2, ALL, 'is 2x2; ADM needs both sides >= 17'],
    [
      2 ** 20,
      2 ** 20,
      ALL,
      'is 1048576x1048576; both sides must be whole numbers, with at most 2^28 samples together',
    ],
    [
      40.5,
      40,
      ALL,
      'is 40.5x40; both sides must be whole numbers, with at most 2^28 samples together',
    ],
  ])('or not at %ix%i', (width, height, extractors, problem) => {
    expect(leftOf({ format: size(width, height), extractors })).toEqual(
      problem === undefined ? undefined : { _tag: 'BadGeometry', source: 'The video', problem },
    );
  });

  it.each<[Record<string, unknown>, string]>([
    [{ subsample: 0 }, 'subsample'],
    [{ subsample: 1.5 }, 'subsample'],
    [{ extractors: [] }, 'extractors'],
    [{ compat: 'libvmaf-2' }, 'compat'],
    [{ format: { ...FORMAT, bitDepth: 9 } }, 'format.bitDepth'],
    [{ format: { ...FORMAT, chroma: '411' } }, 'format.chroma'],
    [{ compat: 'libvmaf-3.1', extractors: [{ name: 'motion', options: { mmxv: 18 } }] }, 'motion'],
  ])('for %j', (config, argument) => {
    expect(leftOf(config)).toMatchObject({ _tag: 'BadArgument', argument });
  });

  it('for a backend that does not exist', () => {
    expect(leftOf({ backend: 'gpu' as 'reference' })).toMatchObject({
      _tag: 'BackendUnavailable',
      remedy: 'There are auto, wasm, reference.',
    });
  });
});

describe('warnings', () => {
  it.each<[number, number, ExtractorConfig['extractors'], readonly string[]]>([
    [33, 33, ALL, []],
    [32, 200, ALL, ['not-comparable-size']],
    [200, 32, [{ name: 'adm' }], ['not-comparable-size']],
    [32, 32, [{ name: 'vif' }, { name: 'motion' }], []],
  ])('of %ix%i', (width, height, extractors, codes) => {
    const made = make({ format: { ...FORMAT, width, height }, extractors });
    expect(E.isRight(made) && made.right.warnings.map(({ code }) => code)).toEqual(codes);
  });
});

/** Frames without the index of the distorted video. */
const plain = (frames: readonly (readonly FrameFeatures[])[], distorted: number) =>
  frames.flatMap((entries) =>
    entries
      .filter((entry) => entry.distorted === distorted)
      .map(({ frame, values }) => ({ frame, values: [...values] })),
  );

describe('a run', () => {
  it('gives every key in order for every frame', async () => {
    const frames = await runClips(clip(4, 0), [clip(4, 9)]);
    expect(frames.map(([entry]) => entry?.frame)).toEqual([0, 1, 2, 3]);
    for (const [entry] of frames) {
      expect([...(entry?.values.keys() ?? [])]).toEqual(keysOf({}));
      for (const value of entry?.values.values() ?? []) expect(value).not.toBeNaN();
    }
    const [sad, motion2] = [seriesOf(frames, SAD), seriesOf(frames, 'integer_motion2')];
    expect(sad[1]).toBeGreaterThan(0);
    expect(motion2).toEqual(
      [0, sad[1], sad[2], sad[3]].map((m, i) => Math.min(m ?? 0, sad[i + 1] ?? Infinity)),
    );
  });

  it('with N distorted videos is N runs', async () => {
    const reference = clip(3, 0);
    const damages = [4, 9, 0];
    const together = await runClips(
      reference,
      damages.map((damage) => clip(3, damage)),
    );
    for (const [i, damage] of damages.entries()) {
      const alone = await runClips(reference, [clip(3, damage)]);
      expect(plain(together, i)).toEqual(plain(alone, 0));
    }
  });

  it('reads borrowed frames only while they are valid', async () => {
    // The sources overwrite their buffer; a five-frame window keeps two frames.
    const extractors: ExtractorConfig['extractors'] = [
      { name: 'motion', options: { mffw: true } },
      { name: 'motion' },
    ];
    const frames = await runClips(clip(5, 0), [clip(5, 3)], { extractors });
    const still = await runClips(
      Array.from({ length: 5 }, () => clip(1, 0)[0] as Luma),
      [clip(5, 3)],
      { extractors },
    );
    expect(seriesOf(frames, `${SAD}_mffw`).slice(0, 2)).toEqual([0, 0]);
    for (const value of seriesOf(frames, `${SAD}_mffw`).slice(2)) expect(value).toBeGreaterThan(0);
    expect(seriesOf(still, `${SAD}_mffw`)).toEqual([0, 0, 0, 0, 0]);
    expect(seriesOf(still, SAD)).toEqual([0, 0, 0, 0, 0]);
  });

  it('scores a repeated frame like the frame, with motion 0', async () => {
    const [a, b] = clip(2, 0) as [Luma, Luma];
    const [c, d] = clip(2, 9) as [Luma, Luma];
    const frames = await runClips([a, b, b], [[c, d, d]]);
    const once = await runClips([a, b], [[c, d]]);
    for (const key of [...adm(), ...scales('vif')]) {
      const [first, second] = seriesOf(once, key);
      expect(seriesOf(frames, key)).toEqual([first, second, second]);
    }
    expect(seriesOf(frames, SAD)[2]).toBe(0);
    expect(seriesOf(frames, 'integer_motion2')).toEqual([0, 0, 0]);
  });

  it('with subsampling gives the same values for the frames it emits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 4 }),
        async (n, length) => {
          const [reference, distorted] = [clip(length, 0), clip(length, 5)];
          const all = plain(await runClips(reference, [distorted]), 0);
          const some = plain(await runClips(reference, [distorted], { subsample: n }), 0);
          expect(some).toEqual(all.filter(({ frame }) => frame % n === 0));
        },
      ),
      { seed: 4, numRuns: 8 },
    );
  });

  it('can be repeated and interleaved', async () => {
    const made = make();
    if (E.isLeft(made)) throw new TinyVmafException(made.left);
    const start = (damage: number) => {
      const run = made.right.run(memorySource(clip(3, 0)), [memorySource(clip(3, damage))]);
      return run[Symbol.asyncIterator]();
    };
    const [one, two] = [start(4), start(9)];
    const interleaved: FrameFeatures[][] = [[], []];
    for (let i = 0; i < 3; i++) {
      for (const [k, run] of [one, two].entries()) {
        const { value } = (await run.next()) as { value: readonly FrameFeatures[] };
        interleaved[k]?.push(...value);
      }
    }
    for (const [k, damage] of [4, 9].entries()) {
      const alone = await runClips(clip(3, 0), [clip(3, damage)]);
      expect(interleaved[k]).toEqual(alone.flat());
    }
  });

  it('computes sizes of 17 to 32 samples, finite and near 1 for equal pictures', async () => {
    const small = { width: 18, height: 22 };
    const frames = await runClips(clip(2, 0, small), [clip(2, 0, small)]);
    for (const value of seriesOf(frames, 'integer_adm2')) expect(value).toBeCloseTo(1, 4);
  });

  it('holds one frame of look-ahead, no more', async () => {
    const reference = memorySource(clip(6, 0));
    const made = make();
    if (E.isLeft(made)) throw new TinyVmafException(made.left);
    const run = made.right.run(reference, [memorySource(clip(6, 2))])[Symbol.asyncIterator]();
    await run.next();
    expect(reference.delivered()).toBe(2);
    await run.next();
    expect(reference.delivered()).toBe(3);
    await run.return?.();
    expect(reference.released()).toBe(true);
  });

  it('of a thousand frames is emitted as it goes', async () => {
    const small = { width: 4, height: 4 };
    const frames = await runClips(clip(1000, 0, small), [clip(1000, 1, small)], {
      extractors: [{ name: 'motion' }],
    });
    expect(frames).toHaveLength(1000);
  });

  it('of 12-bit video is as good as of 8-bit video', async () => {
    const eight = await runClips(clip(2, 0), [clip(2, 9)]);
    const deep = { bitDepth: 12 as const };
    const twelve = await runSources(memorySource(clip(2, 0, deep)), [
      memorySource(clip(2, 9, deep)),
    ]);
    expect(seriesOf(twelve, 'integer_motion2')).toEqual(seriesOf(eight, 'integer_motion2'));
    expect(seriesOf(twelve, 'integer_vif_scale3')[0]).toBeCloseTo(
      seriesOf(eight, 'integer_vif_scale3')[0] as number,
      4,
    );
  });
});
