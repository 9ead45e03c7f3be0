// `corpus ladder`: from a folder of videos to a corpus, with the installed ffmpeg.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { tinyvmaf, tinyvmafIn } from '../../support/command.js';
import { ffmpeg } from '../../support/encode.js';
import { scratch } from '../../support/files.js';

const { path } = scratch();

describe.skipIf(!has('ffmpeg'))('corpus ladder', () => {
  const videos = path('videos');
  mkdirSync(videos);
  if (has('ffmpeg')) {
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=192x108:d=1:r=10', '-c:v', 'libx264'],
      ...['-pix_fmt', 'yuv420p', join(videos, 'Bars.mp4')],
    );
  }
  const out = path('clips');
  const words = [
    ...['corpus', 'ladder', videos, '--out', out, '--frames', '6', '--size', 'source'],
    ...['--rungs', 'h264-full-32,h264-half-28'],
  ];

  it('says what it would do, does it, and does nothing again', async () => {
    const dry = await tinyvmaf(...words, '--dry-run');
    expect([dry.status, existsSync(out)]).toEqual([0, false]);
    expect(dry.stdout).toMatch(/1 source, 2 rungs.*Disk: /s);
    const plan = JSON.parse((await tinyvmaf(...words, '--dry-run', '--json')).stdout) as object;
    expect(plan).toMatchObject({ format: 'tinyvmaf-ladder-plan/1' });
    const first = await tinyvmaf(...words);
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toBe(`1 source, 2 clips: 3 files made, 0 there\nladder: ${out}\n`);
    const again = await tinyvmaf(...words, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ computed: 0, reused: 3, failures: [] });
    const events = (await tinyvmaf(...words, '--ndjson')).stdout.trim().split('\n');
    expect(events.map((line) => JSON.parse(line) as object)).toMatchObject([
      { schema: 'tinyvmaf-ladder-events/1', type: 'begin', total: 3, reused: 3 },
      { type: 'end', report: { computed: 0, rejected: [] } },
    ]);
    // What it has built is a corpus that says everything itself.
    const extracted = await tinyvmaf('corpus', 'extract', '--data-root', out, '-n');
    expect(extracted.stdout).toContain('2 clips computed (12 frames)');
    const verified = await tinyvmaf('corpus', 'verify', '--data-root', out, '--hashes');
    expect(verified.status).toBe(0);
  });

  it('says at once which sources cannot be used, and why', async () => {
    const mixed = path('mixed');
    mkdirSync(mixed);
    cpSync(join(videos, 'Bars.mp4'), join(mixed, 'Bars.mp4'));
    writeFileSync(join(mixed, 'bad.mp4'), 'junk');
    const given = ['corpus', 'ladder', mixed, '--out', path('part'), '--frames', '2'];
    const { status, stdout, stderr } = await tinyvmaf(
      ...[...given, '--size', 'source', '--rungs', 'h264-full-32', '--json'],
    );
    expect(status).toBe(8);
    expect(stderr).toMatch(/^failed: bad\.mp4 .*damaged/);
    expect(JSON.parse(stdout)).toMatchObject({
      clips: 1,
      rejected: [{ file: 'bad.mp4', code: 'ERR_DAMAGED_INPUT' }],
    });
  });

  it.each([
    [['corpus', 'ladder'], 1, /sources/],
    [['corpus', 'ladder', videos], 1, /--out.*VMAF_DATA_ROOT/],
    [['corpus', 'ladder', path('none'), '--out', out], 7, /none/],
    [['corpus', 'ladder', videos, '--out', out, '--rungs', 'h264-huge'], 3, /h264-huge/],
    [['corpus', 'ladder', videos, '--out', out, '--codecs', 'h266'], 1, /x264, x265/],
    [['corpus', 'ladder', videos, '--out', out, '--recipe', 'nosuch'], 7, /smoke, quick/],
    [['corpus', 'ladder', videos, '--out', out, '--frames', '0'], 1, /integer 1 to/],
    [['corpus', 'ladder', videos, '--out', out, '--only', 'Foo'], 1, /Foo/],
  ])('%j ends with status %d', async (given, status, text) => {
    const outcome = await tinyvmafIn({ env: {} }, ...given);
    expect(outcome.stderr).toMatch(text);
    expect([outcome.status, outcome.stdout]).toEqual([status, '']);
  });
});
