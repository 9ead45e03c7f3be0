// Real files of many makers: WebCodecs and ffmpeg give the same luma.
import { has, SHARED } from '@tinyvmaf/testkit';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEncoded } from '../../src/node/video/index.js';
import { lumaBytes, lumaDigest, referenceDigest } from './support.js';

const FOLDER = resolve(SHARED, 'corpus/sources');

/** Frames compared of each file: enough for several groups of pictures. */
const FRAMES = 60;

const ready = has('shared', 'ffmpeg');
const files = ready ? readdirSync(FOLDER) : [];
const containers = files.filter((name) => /\.(?:mp4|mov|webm)$/u.test(name));
const annexB = files.filter((name) => name.endsWith('.264'));

describe.skipIf(!ready)('files of the corpus', () => {
  it('are there', () => {
    expect(containers.length + annexB.length).toBeGreaterThanOrEqual(25);
  });

  it.each(containers)('%s by WebCodecs', async (name) => {
    const path = resolve(FOLDER, name);
    const source = await openEncoded(path, { decoder: 'webcodecs', limit: FRAMES });
    const bytes = lumaBytes(source);
    const { number } = source.info.track ?? { number: 1 };
    const map = `0:v:${number - 1}`;
    expect(await lumaDigest(source)).toEqual(referenceDigest(path, bytes, { map, limit: FRAMES }));
  });

  it.each(annexB)('%s by ffmpeg', async (name) => {
    const path = resolve(FOLDER, name);
    const source = await openEncoded(path, { limit: FRAMES });
    expect(source.info.decoder).toMatch(/^ffmpeg /u);
    const bytes = lumaBytes(source);
    expect(await lumaDigest(source)).toEqual(referenceDigest(path, bytes, { limit: FRAMES }));
  });

  it('rooftops.mp4, turned and full range, is the same by both', async () => {
    const path = resolve(FOLDER, 'rooftops.mp4');
    const digests = [];
    for (const decoder of ['webcodecs', 'ffmpeg'] as const) {
      const source = await openEncoded(path, { decoder, limit: 10 });
      expect(source.info).toMatchObject({ rotation: 90, fullRange: true });
      digests.push(await lumaDigest(source));
    }
    expect(digests[0]).toEqual(digests[1]);
  });
});
