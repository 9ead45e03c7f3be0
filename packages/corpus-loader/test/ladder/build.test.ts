import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { prepareLadder, buildLadder, type Manifest } from '../../src/ladder/index.js';
import {
  build,
  buildInProcess,
  doneJobs,
  ffmpeg,
  filesOf,
  makeSources,
  makeVideo,
  processesLeft,
  scratch,
  tinyRecipe,
  visibleFiles,
  wrapped,
} from '../support/ladder.js';

/** Shell scripts before ffmpeg, and names that only other systems allow. */
const windows = process.platform === 'win32';

const manifestIn = (out: string): Manifest =>
  JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest;

const errorOf = async (work: Promise<unknown>): Promise<TinyVmafError> => {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof TinyVmafException) return thrown.error;
    throw thrown;
  }
  throw new Error('it succeeded');
};

describe.skipIf(!has('ffmpeg'))('building a ladder', () => {
  test('gives references, clips and a manifest that fit each other; a rerun does nothing', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const recipe = tinyRecipe({ keepEncodes: true });
    const { report, events } = await build({ folder, recipe, out });
    expect(report).toMatchObject({ computed: 8, reused: 0, failures: [], sources: 2, clips: 6 });
    expect(events.filter(({ kind }) => kind === 'named')).toHaveLength(2);

    const manifest = manifestIn(out);
    const hashes = filesOf(out);
    expect(manifest.sources.map(({ source }) => source)).toEqual(['Alpha', 'Beta_2']);
    for (const source of manifest.sources) {
      const frame = (source.width * source.height * 3) / 2;
      expect(statSync(join(out, source.ref)).size).toBe(frame * source.frames);
      expect(hashes[source.ref]).toBe(source.sha256);
      expect(source.clips.map(({ label }) => label)).toEqual([5, 10, 15]);
      const psnr = source.clips.map(({ psnr_y }) => psnr_y);
      expect(psnr).toEqual([...psnr].sort((a, b) => b - a));
      for (const clip of source.clips) {
        expect(hashes[clip.dis]).toBe(clip.sha256);
        expect(clip.dis).toBe(
          `dis/${source.source}_${String(clip.label).padStart(2, '0')}_${clip.encode_height}_${clip.kbps}.yuv`,
        );
      }
    }
    const named = manifest.sources.flatMap(({ ref, clips }) => [
      ref,
      ...clips.map(({ dis }) => dis),
    ]);
    const encodes = visibleFiles(out).filter((path) => path.startsWith('enc/'));
    expect(encodes).toEqual(
      [
        'Alpha-good.264',
        'Alpha-half.264',
        'Alpha-old.m2v',
        'Beta_2-good.264',
        'Beta_2-half.264',
        'Beta_2-old.m2v',
      ].map((name) => `enc/${name}`),
    );
    expect(visibleFiles(out)).toEqual([...named, ...encodes, 'manifest.json'].sort());

    const again = await build({ folder, recipe, out });
    expect(again.report).toMatchObject({ computed: 0, reused: 8, changed: false });
    expect(filesOf(out)).toEqual(hashes);
  });

  test('the measured PSNR is that of the files', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    await build({ folder, recipe: tinyRecipe(), out, only: ['Alpha'] });
    const [source] = manifestIn(out).sources;
    const reference = readFileSync(join(out, source!.ref));
    for (const clip of source!.clips) {
      const distorted = readFileSync(join(out, clip.dis));
      let squares = 0;
      for (let frame = 0; frame < 6; frame++) {
        for (let i = 0; i < 96 * 64; i++) {
          const at = frame * 96 * 96 + i;
          squares += (reference[at]! - distorted[at]!) ** 2;
        }
      }
      const psnr = 10 * Math.log10((255 * 255 * 96 * 64 * 6) / squares);
      expect(clip.psnr_y).toBeCloseTo(psnr, 2);
    }
  });

  test('10-bit sources give 8 bits, and 10 where the recipe says so', async () => {
    const folder = scratch();
    makeVideo(folder, 'deep.mkv', { frames: 2, args: ['-pix_fmt', 'yuv420p10le', '-c:v', 'ffv1'] });
    const rungs = [{ name: 'good', codec: 'x265', height: '1/1', crf: 20 }];
    for (const [bitDepth, pixFmt, bytes] of [
      [8, 'yuv420p', 1],
      [10, 'yuv420p10le', 2],
    ] as const) {
      const out = join(scratch(), 'ladder');
      await build({ folder, recipe: tinyRecipe({ rungs, bitDepth }), out });
      const [source] = manifestIn(out).sources;
      expect(source).toMatchObject({ pix_fmt: pixFmt, frames: 2 });
      expect(source!.clips[0]!.psnr_y).toBeGreaterThan(30);
      expect(source!.clips[0]!.psnr_y).toBeLessThan(70);
      expect(statSync(join(out, source!.ref)).size).toBe(96 * 64 * 1.5 * bytes * 2);
    }
  });

  test('bit rate rungs and all five codecs', async () => {
    const folder = scratch();
    makeVideo(folder, 'one.mp4', { frames: 3 });
    const out = join(scratch(), 'ladder');
    const codecs = ['x264', 'x265', 'vp9', 'av1', 'mpeg2'];
    const rungs = codecs.map((codec) => ({ name: codec, codec, height: 64, kbps: 400 }));
    const { report } = await build({ folder, recipe: tinyRecipe({ rungs }), out });
    expect(report.clips).toBe(5);
    const [source] = manifestIn(out).sources;
    expect(source!.clips.map(({ target_kbps }) => target_kbps)).toEqual([400, 400, 400, 400, 400]);
    expect(source!.clips.map(({ crf }) => crf)).toEqual(Array.from({ length: 5 }));
  });

  test.skipIf(windows)('names of every kind, and only part of a video', async () => {
    const folder = scratch();
    const names = [
      '-rf.mp4',
      'fünf %d "x".mp4',
      "it's;$(touch x).mp4",
      'a%03d.mkv',
      'concat:b.mp4',
    ];
    for (const name of names) makeVideo(folder, name, { frames: 5 });
    const out = join(scratch(), '-out %d ü');
    const rungs = [{ name: 'good', codec: 'x264', height: '1/1', crf: 20 }];
    const recipe = tinyRecipe({ rungs, frames: 2 });
    const { report } = await build({ folder, recipe, out, start: 1 });
    expect(report).toMatchObject({ sources: 5, clips: 5, failures: [] });
    const { sources } = manifestIn(out);
    expect(sources.map(({ file }) => file).sort()).toEqual([...names].sort());
    expect(sources.map(({ source }) => source).sort()).toEqual(
      ['a-03d', 'concat-b', 'fünf-d-x', "it's;$(touch-x)", 'rf'].sort(),
    );
    expect(sources.every(({ frames, start_frame }) => frames === 2 && start_frame === 1)).toBe(
      true,
    );
  });

  test('a cover picture is no video', async () => {
    const folder = scratch();
    makeVideo(folder, 'film.mkv', { frames: 3 });
    ffmpeg(folder, ...['-f', 'lavfi', '-i', 'color=red:size=32x32', '-frames:v', '1', 'cover.png']);
    ffmpeg(
      folder,
      ...['-i', 'cover.png', '-i', 'film.mkv', '-map', '0', '-map', '1', '-c', 'copy'],
      ...['-disposition:v:0', 'attached_pic', 'covered.mp4'],
    );
    const out = join(scratch(), 'ladder');
    await build({ folder, recipe: tinyRecipe({ size: 'source' }), out, only: ['covered'] });
    expect(manifestIn(out).sources[0]).toMatchObject({ width: 96, height: 64, frames: 3 });
  });

  test('headerless sources', async () => {
    const folder = scratch();
    makeVideo(folder, 'r.yuv', { frames: 3, args: ['-pix_fmt', 'yuv420p10le', '-f', 'rawvideo'] });
    const out = join(scratch(), 'ladder');
    const format = { width: 96, height: 64, bitDepth: 10, chroma: '420' } as const;
    const raw = { format, frameRate: { numerator: 60, denominator: 1 } };
    const sources = [{ id: 'raw one', file: 'r.yuv', raw }];
    await build({ folder, recipe: tinyRecipe(), out, sources });
    expect(manifestIn(out).sources[0]).toMatchObject({ ref: 'ref/raw one_60fps.yuv', frames: 3 });
  });
});

describe.skipIf(!has('ffmpeg'))('a ladder that changes', () => {
  test('another rung: only that is computed, and the clips are ranked anew', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const fewer = tinyRecipe({ rungs: tinyRecipe().rungs.filter(({ name }) => name !== 'good') });
    await build({ folder, recipe: fewer, out });
    const { report, events } = await build({ folder, recipe: tinyRecipe(), out });
    expect([...doneJobs(events)].sort()).toEqual(['Alpha good', 'Beta_2 good']);
    expect(report.reused).toBe(6);
    expect(events).toContainEqual({ kind: 'named', source: 'Alpha', renamed: true });
    const fresh = join(scratch(), 'ladder');
    await build({ folder, recipe: tinyRecipe(), out: fresh });
    expect(filesOf(out)).toEqual(filesOf(fresh));

    // Back again: nothing is computed, and what is unused stays until it is told to go.
    const back = await build({ folder, recipe: fewer, out });
    expect(back.report).toMatchObject({ computed: 0, changed: true });
    const plan = await prepareLadder({ folder, recipe: fewer, out });
    expect(plan.news.join()).toMatch(/2 results of other settings .* --prune/);
    const pruned = await build({ folder, recipe: fewer, out }, { prune: true });
    expect(pruned.report.pruned).toBe(2);
    const small = join(scratch(), 'ladder');
    await build({ folder, recipe: fewer, out: small });
    expect(filesOf(out)).toEqual(filesOf(small));
  });

  test('a source whose bytes changed is built anew, and the plan says so; a new time alone changes nothing', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const recipe = tinyRecipe();
    await build({ folder, recipe, out });
    utimesSync(join(folder, 'Alpha.mp4'), 1, 1);
    expect((await build({ folder, recipe, out })).report.computed).toBe(0);
    makeVideo(folder, 'Alpha.mp4', { frames: 5 });
    const plan = await prepareLadder({ folder, recipe, out });
    expect(plan.news.join('\n')).toMatch(/^Alpha is built anew: its file has changed/m);
    const { events } = await build({ folder, recipe, out });
    expect(doneJobs(events).every((job) => job.startsWith('Alpha '))).toBe(true);
    expect(manifestIn(out).sources.map(({ frames }) => frames)).toEqual([5, 4]);
    expect(visibleFiles(out)).toHaveLength(9);
  });

  test('a source that changes between plan and build fails, the rest is built', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const plan = await prepareLadder({ folder, recipe: tinyRecipe(), out });
    appendFileSync(join(folder, 'Alpha.mp4'), 'more');
    const error = await errorOf(buildLadder(plan));
    expect(error).toMatchObject({
      _tag: 'Incomplete',
      problem: '1 of 8 jobs failed, the first being Alpha',
    });
    expect(manifestIn(out).sources.map(({ source }) => source)).toEqual(['Beta_2']);
  });

  test.skipIf(windows)('another ffmpeg builds everything anew', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const recipe = tinyRecipe();
    await build({ folder, recipe, out, only: ['Alpha'] });
    const other = wrapped(
      'ffmpeg',
      'if [ "$1" = -version ]; then echo "ffmpeg version 99.1 Copyright"; else exec "$REAL" "$@"; fi',
    );
    const request = {
      folder,
      recipe,
      out,
      only: ['Alpha'],
      tools: { ffmpeg: other, ffprobe: 'ffprobe' },
    };
    const plan = await prepareLadder(request);
    expect(plan.news[0]).toMatch(
      /^Alpha is built anew: ffmpeg has changed from "ffmpeg version .*" to "ffmpeg version 99.1"/,
    );
    expect((await build(request)).report).toMatchObject({ computed: 4, reused: 0 });
    expect(manifestIn(out).ffmpeg).toBe('ffmpeg version 99.1');
  });

  test('files that are lost, cut or between two names', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const recipe = tinyRecipe();
    await build({ folder, recipe, out });
    const files = filesOf(out);
    const [alpha, beta] = manifestIn(out).sources;
    // As a power cut leaves it: named in the list, not yet renamed.
    const jobs = join(out, '.tinyvmaf-ladder', 'jobs');
    const plan = await prepareLadder({ folder, recipe, out });
    const good = plan.sources[0]!.clips.find(({ job }) => job.rung === 'good')!;
    renameSync(join(out, alpha!.clips[0]!.dis), join(jobs, `${good.hash}.yuv`));
    rmSync(join(out, 'manifest.json'));
    expect((await build({ folder, recipe, out })).report).toMatchObject({
      computed: 0,
      changed: true,
    });
    expect(filesOf(out)).toEqual(files);
    // Lost, cut, and a record that is not JSON.
    rmSync(join(out, alpha!.clips[1]!.dis));
    writeFileSync(join(out, beta!.clips[1]!.dis), 'cut');
    writeFileSync(join(jobs, `${plan.sources[1]!.reference.hash}.json`), '{');
    const { report } = await build({ folder, recipe, out });
    expect(report.computed).toBe(3);
    expect(filesOf(out)).toEqual(files);
  });
});

describe.skipIf(!has('ffmpeg'))('a build that cannot', () => {
  test.skipIf(windows)('a rung that fails leaves the rest complete; strict stops', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const other = wrapped(
      'ffmpeg',
      'case "$*" in *mpeg2video*96x64*|*96x64*mpeg2video*) echo broken >&2; exit 3;; esac; exec "$REAL" "$@"',
    );
    const request = {
      folder,
      recipe: tinyRecipe(),
      out,
      tools: { ffmpeg: other, ffprobe: 'ffprobe' },
    };
    const error = await errorOf(build(request));
    expect(error).toMatchObject({
      _tag: 'Incomplete',
      problem: '1 of 8 jobs failed, the first being Alpha old',
    });
    expect(manifestIn(out).sources.map(({ clips }) => clips.length)).toEqual([2, 3]);
    const strict = await errorOf(build(request, { strict: true }));
    expect(strict).toMatchObject({
      _tag: 'ToolFailed',
      task: 'build old of Alpha',
      problem: 'status 3, broken',
    });
    // Mended: that one is computed, and the ladder is as if nothing had happened.
    writeFileSync(other, readFileSync(other, 'utf8').replace(/case .*esac; /, ''));
    const { report } = await build(request);
    expect(report).toMatchObject({ computed: 1, reused: 7, clips: 6 });
  });

  test.skipIf(windows)('encoders that are missing are left out and told', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const other = wrapped(
      'ffmpeg',
      'if [ "$2" = -encoders ]; then "$REAL" "$@" | grep -v libx264; else exec "$REAL" "$@"; fi',
    );
    const request = {
      folder,
      recipe: tinyRecipe(),
      out,
      tools: { ffmpeg: other, ffprobe: 'ffprobe' },
    };
    const plan = await prepareLadder(request);
    expect(plan.rungs).toEqual(['old']);
    expect(plan.leftOut).toEqual(
      ['good', 'half'].map((rung) => ({
        rung,
        cause: 'encoder',
        reason: 'this ffmpeg has no encoder libx264',
      })),
    );
    expect(await errorOf(build(request, { strict: true }))).toMatchObject({
      _tag: 'BackendUnavailable',
    });
    expect(await errorOf(build(request))).toMatchObject({
      _tag: 'Incomplete',
      problem: '2 of 3 rungs have no encoder (good, half)',
    });
    expect(manifestIn(out).rungs).toEqual(['old']);
  });

  test('without ffmpeg, without ffprobe', async () => {
    const folder = makeSources();
    const request = { folder, recipe: tinyRecipe(), out: join(scratch(), 'ladder') };
    const none = 'no such program';
    expect(
      await errorOf(prepareLadder({ ...request, tools: { ffmpeg: none, ffprobe: 'ffprobe' } })),
    ).toMatchObject({ _tag: 'BackendUnavailable', backend: none });
    expect(
      await errorOf(prepareLadder({ ...request, tools: { ffmpeg: 'ffmpeg', ffprobe: none } })),
    ).toMatchObject({ _tag: 'BackendUnavailable', backend: none });
    expect(existsSync(request.out)).toBe(false);
  });

  test('an abort kills ffmpeg, and the next build goes on', async () => {
    const folder = scratch();
    makeVideo(folder, 'long.mkv', { frames: 200, size: '640x360', args: ['-c:v', 'ffv1'] });
    const out = join(scratch(), 'ladder');
    const rungs = [{ name: 'slow', codec: 'x265', height: '1/1', crf: 1 }];
    const recipe = tinyRecipe({ rungs, frames: 'all', size: 'source' });
    const stop = new AbortController();
    const error = await errorOf(
      build(
        { folder, recipe, out },
        {
          signal: stop.signal,
          onProgress: ({ kind }) => {
            if (kind === 'done') setTimeout(() => stop.abort(), 150);
          },
        },
      ),
    );
    expect(error._tag).toBe('Cancelled');
    expect(await processesLeft(out)).toEqual([]);
    expect(visibleFiles(out)).toEqual([]);
    const plan = await prepareLadder({ folder, recipe, out });
    expect(plan.finished).toEqual([plan.sources[0]!.reference.hash]);
    const interrupted = await buildInProcess({ folder, recipe, out }, 200, 'SIGINT');
    expect(interrupted.status).toBe(130);
    expect(await processesLeft(out)).toEqual([]);
  });

  test('two builds of one ladder', async () => {
    const folder = makeSources();
    const out = join(scratch(), 'ladder');
    const plan = await prepareLadder({ folder, recipe: tinyRecipe(), out });
    const ended = await Promise.allSettled([buildLadder(plan), buildLadder(plan)]);
    const refused = ended.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as TinyVmafException] : [],
    );
    expect(refused.map(({ error }) => error)).toMatchObject([{ _tag: 'Io', errno: 'EBUSY' }]);
    expect(
      ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value.computed] : [])),
    ).toEqual([8]);
    // A lock whose process is gone, and one that this process does not hold, are taken over.
    const lock = join(out, '.tinyvmaf-ladder', 'lock');
    for (const pid of [process.pid, 2 ** 22 + 1]) {
      writeFileSync(lock, JSON.stringify({ pid, host: hostname(), born: '', token: 'x' }));
      expect((await buildLadder(plan)).computed).toBe(0);
      expect(existsSync(lock)).toBe(false);
    }
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere', born: '', token: 'x' }));
    expect(await errorOf(buildLadder(plan))).toMatchObject({ _tag: 'Io', errno: 'EBUSY' });
  });

  test('folders that are not ours, or lead elsewhere, or are of a newer version', async () => {
    const folder = makeSources();
    const recipe = tinyRecipe();
    const foreign = scratch();
    writeFileSync(join(foreign, 'thesis.txt'), '');
    const refused = await errorOf(prepareLadder({ folder, recipe, out: foreign }));
    expect(refused).toMatchObject({ _tag: 'BadArgument', argument: '--out' });

    const out = join(scratch(), 'ladder');
    const elsewhere = scratch();
    const plan = await prepareLadder({ folder, recipe, out });
    mkdirSync(join(out, '.tinyvmaf-ladder'), { recursive: true });
    writeFileSync(
      join(out, '.tinyvmaf-ladder', 'format.json'),
      '{"format":"tinyvmaf-ladder-work/1"}',
    );
    symlinkSync(elsewhere, join(out, 'dis'));
    expect(await errorOf(buildLadder(plan))).toMatchObject({ _tag: 'PathOutsideRoot' });
    expect(Object.keys(filesOf(elsewhere))).toEqual([]);

    writeFileSync(
      join(out, '.tinyvmaf-ladder', 'format.json'),
      '{"format":"tinyvmaf-ladder-work/2"}',
    );
    expect(await errorOf(prepareLadder({ folder, recipe, out }))).toMatchObject({
      _tag: 'TableFormat',
      place: 'format',
    });
  });

  test('sources outside their folder, and files that are no videos', async () => {
    const folder = makeSources();
    const outside = makeSources();
    symlinkSync(join(outside, 'Alpha.mp4'), join(folder, 'link.mp4'));
    const request = { folder, recipe: tinyRecipe(), out: join(scratch(), 'ladder') };
    writeFileSync(join(folder, 'text.mp4'), 'no video');
    const plan = await prepareLadder(request);
    expect(plan.sources.map(({ source }) => source.id)).toEqual(['Alpha', 'Beta_2']);
    expect(plan.rejected.map(({ file, error }) => [file, error._tag])).toEqual([
      ['link.mp4', 'PathOutsideRoot'],
      ['text.mp4', 'DamagedInput'],
    ]);
    expect(await errorOf(build(request, { strict: true }))).toMatchObject({
      _tag: 'PathOutsideRoot',
    });
    expect(await errorOf(build(request))).toMatchObject({
      _tag: 'Incomplete',
      problem: '2 of 4 sources cannot be used, the first being link.mp4',
    });
    expect(manifestIn(request.out).sources).toHaveLength(2);
    const escape = [{ id: 'x', file: '../x.mp4' }];
    writeFileSync(join(folder, '../x.mp4'), '');
    expect(await errorOf(prepareLadder({ ...request, sources: escape }))).toMatchObject({
      _tag: 'PathOutsideRoot',
    });
    rmSync(join(folder, '../x.mp4'));
    expect(await errorOf(prepareLadder({ ...request, only: ['Gamma'] }))).toMatchObject({
      _tag: 'BadArgument',
      value: 'Gamma',
    });
    expect(await errorOf(prepareLadder({ ...request, only: ['Alpha'], start: 6 }))).toMatchObject({
      _tag: 'NoFrames',
    });
  });
});
