import { either as E } from 'fp-ts';
import { describe, expect, test } from 'vitest';
import { errorMessage, unwrap } from '@tinyvmaf/core';
import {
  EMPTY_STATE,
  LADDER_TOOLS,
  planLadder,
  planLines,
  sourcesOfCorpus,
  type Ffmpeg,
  type LadderSource,
  type LadderState,
  type Recipe,
} from '../../src/ladder/index.js';
import { tinyRecipe } from '../support/ladder.js';

const ffmpeg: Ffmpeg = {
  tools: LADDER_TOOLS,
  version: 'ffmpeg version 7.1',
  build: 'b'.repeat(64),
  encoders: ['libx264', 'libx265', 'libvpx-vp9', 'libsvtav1', 'mpeg2video'],
};

const source = (id: string, changes: Partial<LadderSource> = {}): LadderSource => ({
  id,
  path: `/sources/${id}.mp4`,
  file: `${id}.mp4`,
  identity: { bytes: 1, mtimeNs: '1', inode: '1:1' },
  sha256: 'a'.repeat(64),
  start: 0,
  frames: 10,
  exact: true,
  width: 1920,
  height: 1080,
  frameRate: { numerator: 25, denominator: 1 },
  tags: [],
  ...changes,
});

const setting = (state: LadderState = EMPTY_STATE, changes: Partial<Ffmpeg> = {}) => ({
  out: '/ladder',
  ffmpeg: { ...ffmpeg, ...changes },
  state,
});

const plan = (sources: readonly LadderSource[], recipe: Recipe = tinyRecipe(), there = setting()) =>
  unwrap(planLadder(sources, recipe, there));

/** A state in which every job of a plan is finished. */
const finished = (of: ReturnType<typeof plan>): LadderState => ({
  ...EMPTY_STATE,
  results: Object.fromEntries(
    of.sources
      .flatMap(({ reference, clips }) => [reference, ...clips])
      .map(({ hash, job }) => [
        hash,
        {
          record: {
            format: 'tinyvmaf-ladder-record/1',
            hash,
            job,
            frames: 6,
            yuv: { bytes: 5, sha256: 'c' },
          },
          yuv: 'x',
        },
      ]),
  ),
});

describe('planning a ladder', () => {
  test('is plain data that says everything', () => {
    const made = plan([source('A'), source('B')]);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(made.sources.map(({ clips }) => clips.length)).toEqual([3, 3]);
    const [clip] = made.sources[0]!.clips;
    expect(clip!.job).toMatchObject({
      kind: 'clip',
      source: 'A',
      rung: 'good',
      width: 96,
      height: 64,
      rate: '25/1',
    });
    expect(made.bytes).toMatchObject({
      result: 2 * 4 * 6 * 96 * 96,
      toWrite: 2 * 4 * 6 * 96 * 96,
      enough: true,
    });
    expect(made.finished).toEqual([]);
  });

  test('a job has one hash, and another for whatever could change its bytes', () => {
    const hash = (sources: LadderSource, recipe = tinyRecipe(), there = setting()) =>
      plan([sources], recipe, there).sources[0]!.clips[0]!.hash;
    const base = hash(source('A'));
    expect(
      hash(
        source('A', {
          path: '/elsewhere/x.mp4',
          identity: { bytes: 2, mtimeNs: '2', inode: '2:2' },
        }),
      ),
    ).toBe(base);
    const others = [
      hash(source('A', { sha256: 'd'.repeat(64) })),
      hash(source('A', { start: 1 })),
      hash(source('A', { frames: 5 })),
      hash(source('A', { frameRate: { numerator: 30, denominator: 1 } })),
      hash(source('A'), tinyRecipe({ gop: 50 })),
      hash(source('A'), tinyRecipe({ size: '64x64' })),
      hash(source('A'), tinyRecipe(), setting(EMPTY_STATE, { version: 'ffmpeg version 7.2' })),
      hash(source('A'), tinyRecipe(), setting(EMPTY_STATE, { build: 'e'.repeat(64) })),
    ];
    expect(new Set([base, ...others]).size).toBe(9);
  });

  test('finds what is finished, and needs bit streams only where they are kept', () => {
    const made = plan([source('A'), source('B')]);
    const state = finished(made);
    const again = plan([source('A'), source('B'), source('C')], tinyRecipe(), setting(state));
    expect(again.finished).toHaveLength(8);
    expect(again.bytes.toWrite).toBe(4 * 6 * 96 * 96);
    expect(
      plan([source('A')], tinyRecipe({ keepEncodes: true }), setting(state)).finished,
    ).toHaveLength(1);
  });

  test('tells what has changed', () => {
    const state = finished(plan([source('A')]));
    const news = (sources: LadderSource, recipe = tinyRecipe(), changes: Partial<Ffmpeg> = {}) =>
      plan([sources], recipe, setting(state, changes)).news.join(' ');
    expect(plan([source('A')], tinyRecipe(), setting(state)).news).toEqual([]);
    expect(news(source('A', { sha256: 'd'.repeat(64) }))).toMatch(
      /A is built anew: its file has changed .*aaa.*ddd.*4 results of other settings \(20 bytes\)/,
    );
    expect(news(source('A'), tinyRecipe(), { version: 'ffmpeg version 8' })).toMatch(
      /from "ffmpeg version 7.1" to "ffmpeg version 8"/,
    );
    expect(news(source('A'), tinyRecipe(), { build: 'x' })).toMatch(
      /another build of the same version/,
    );
    expect(news(source('A', { start: 2 }))).toMatch(/6 frames from 0, now 6 from 2/);
    expect(news(source('A'), tinyRecipe({ size: '64x64' }))).toMatch(/it was 96x64/);
    expect(
      plan([source('A')], tinyRecipe(), setting({ ...EMPTY_STATE, lost: ['dis/x.yuv'] })).news,
    ).toEqual(['dis/x.yuv is gone or has another size, and is built again.']);
  });

  test('leaves out what cannot be, with the reason', () => {
    const rungs = [
      { name: 'tall', codec: 'x264', height: 720, crf: 20 },
      { name: 'tiny', codec: 'av1', height: '1/2', crf: 20 },
      { name: 'fine', codec: 'x264', height: '1/1', crf: 20 },
      { name: 'vp9', codec: 'vp9', height: '1/1', crf: 20 },
    ];
    const made = plan(
      [source('A')],
      tinyRecipe({ rungs }),
      setting(EMPTY_STATE, { encoders: ['libx264', 'libsvtav1'] }),
    );
    expect(made.rungs).toEqual(['tall', 'tiny', 'fine']);
    expect(made.leftOut).toEqual([
      { rung: 'vp9', reason: 'this ffmpeg has no encoder libvpx-vp9', cause: 'encoder' },
      {
        rung: 'tall',
        source: 'A',
        reason: "its height 720 lies above the reference's 64",
        cause: 'size',
      },
      {
        rung: 'tiny',
        source: 'A',
        reason: 'libsvtav1 takes sides of 64 and more, the encode is 48x32',
        cause: 'size',
      },
    ]);
    expect(planLines(made).join('\n')).toContain('Left out: tall of A: its height');
  });

  test('compares the disk', () => {
    const made = plan([source('A')], tinyRecipe(), setting({ ...EMPTY_STATE, free: 1000 }));
    expect(made.bytes).toMatchObject({ free: 1000, enough: false });
    expect(planLines(made).at(-1)).toBe(
      'Disk: 221.2 kB in all, 221.2 kB still to write, about 6.91 kB for encodes in work; free: 1.00 kB (too little)',
    );
  });

  test.each([
    ['no sources', [], {}, /no sources at all/],
    ['an id twice', [source('A'), source('A')], {}, /must be unique, got "A"/],
    ['ids that differ in case only', [source('a'), source('A')], {}, /must be unique/],
    ['an id that is no name', [source('../x')], {}, /must be 1 to 160 bytes/],
    [
      'encodes of one name',
      [source('A-good'), source('A')],
      {
        keepEncodes: true,
        rungs: [
          { name: 'x', codec: 'x264', height: '1/1', crf: 1 },
          { name: 'good-x', codec: 'x264', height: '1/1', crf: 2 },
        ],
      },
      /two encodes the name enc\/A-good-x.264/,
    ],
  ])('%s: refused', (_title, sources, changes, message) => {
    const result = planLadder(sources, tinyRecipe(changes), setting());
    expect(E.isLeft(result) ? errorMessage(result.left) : '').toMatch(message);
  });

  test('an ffmpeg without any of the encoders', () => {
    const result = planLadder([source('A')], tinyRecipe(), setting(EMPTY_STATE, { encoders: [] }));
    expect(E.isLeft(result) ? errorMessage(result.left) : '').toMatch(
      /has none of the encoders .*libx264, mpeg2video\)\. Install an ffmpeg/,
    );
  });
});

describe('sources of a corpus', () => {
  test('references are taken, raw ones with their format', () => {
    const format = { width: 96, height: 64, bitDepth: 10, chroma: '420' } as const;
    const common = { group: 'g', rungs: [], metadata: {}, labels: [] };
    const specs = sourcesOfCorpus({
      root: '/r',
      layouts: ['x'],
      findings: [],
      sources: [
        {
          ...common,
          id: 'A/b',
          reference: {
            path: 'a.yuv',
            bytes: 1,
            format,
            frames: 64,
            frameRate: { numerator: 60, denominator: 1 },
          },
        },
        { ...common, id: 'B', reference: { path: 'b.mp4', bytes: 1 } },
        { ...common, id: 'C' },
      ],
    });
    expect(specs).toEqual([
      {
        id: 'A-b',
        file: 'a.yuv',
        frames: 64,
        raw: { format, frameRate: { numerator: 60, denominator: 1 } },
      },
      { id: 'B', file: 'b.mp4' },
    ]);
  });
});
