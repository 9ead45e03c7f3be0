import { join } from 'node:path';
import { FEATURES } from '@tinyvmaf/core';
import { has, SHARED } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { streamFrameTable } from '../../src/labels/frames.js';
import { importTable } from '../../src/labels/import.js';

const labels = join(SHARED, 'corpus/labels');

describe.skipIf(!has('shared'))('published opinion scores', () => {
  it('NFLX public: 70 clips and 9 references, some above 100, with votes', async () => {
    const table = await importTable(join(labels, 'nflx-public-dmos.json'));
    expect(table.dataset).toBe('nflx-public');
    expect(table.clips.filter(({ isReference }) => isReference !== true)).toHaveLength(70);
    expect(table.clips.filter(({ isReference }) => isReference === true)).toHaveLength(9);
    const values = table.clips.map(({ label }) => label?.value ?? NaN);
    expect(values.filter((value) => value > 100)).toHaveLength(5);
    expect(Math.max(...values)).toBeCloseTo(109.16666666666667, 12);
    const first = table.clips.find(({ clip }) => clip === 'BigBuckBunny_20_288_375.yuv');
    expect(first).toMatchObject({
      source: 'BigBuckBunny',
      metadata: { quality_label: 20, encode_height: 288, kbps: 375 },
      label: { value: 22.5, scale: { min: 0, max: 100, open: true } },
    });
    expect(first?.label?.votes).toHaveLength(26);
  });

  it('VQEG HD3: 63 clips, and 9 with votes only', async () => {
    const table = await importTable(join(labels, 'vqeghd3-dmos.json'));
    const labelled = table.clips.filter(({ label }) => label !== undefined);
    const votesOnly = table.clips.filter(({ label }) => label === undefined);
    expect([labelled.length, votesOnly.length]).toEqual([63, 9]);
    expect(votesOnly.every(({ votes }) => votes?.length === 24)).toBe(true);
    const clip = table.clips.find((one) => one.clip === 'vqeghd3_src01_hrc16.yuv');
    expect(clip?.label).toMatchObject({ value: 2.125, dataset: 'vqeghd3' });
  });

  it('AVT-VQDB-UHD-1: 564 clips of 9 contents, for evaluation only', async () => {
    const table = await importTable(join(labels, 'avt-vqdb-uhd-1.csv'));
    expect(table).toMatchObject({ kind: 'features', restriction: 'evaluation-only', findings: [] });
    expect(table.clips).toHaveLength(564);
    expect(new Set(table.clips.map(({ group }) => group)).size).toBe(9);
    const clip = table.clips[1];
    expect(clip).toMatchObject({
      clip: 'american_football_harmonic_750kbps_360p_59.94fps_h264@test1',
      label: {
        value: 2.1379310344827602,
        ci: 0.252233857040013,
        scale: { min: 1, max: 5 },
        restriction: 'evaluation-only',
      },
      metadata: { codec: 'h264', height: 360, frames: 600, vmaf_v061: 17.584 },
    });
    expect([...(clip?.features ?? [])]).toEqual([
      0.644403, 0.206682, 0.315073, 0.408864, 0.521954, 9.848573,
    ]);
  });

  it('AVT-VQDB-UHD-1: 290,220 frames of 564 clips, one clip in memory at a time', async () => {
    let [clips, frames] = [0, 0];
    let first: readonly (number | undefined)[] = [];
    for await (const clip of streamFrameTable(join(labels, 'avt-vqdb-uhd-1-frames.csv.gz'))) {
      if (clips === 0) {
        first = [...FEATURES.map((name) => clip.columns[name][1]), clip.extra['vmaf_v061']?.[2]];
      }
      expect(clip.restriction).toBe('evaluation-only');
      clips++;
      frames += clip.frames;
    }
    expect([clips, frames]).toEqual([564, 290_220]);
    expect(first).toEqual([0.82475, 0.81685, 0.88686, 0.90441, 0.9054, 6.73255, 18.2656]);
  });
});
