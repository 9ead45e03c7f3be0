// The same code in a page, with the browser's own decoder: luma equal to
// ffmpeg's, through a bundle as an application makes it.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { chromiumPath, has } from '@tinyvmaf/testkit';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForPage } from './bundle.js';
import { clipInput, ffmpeg, workFolder, writeClip } from './support.js';

const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const X264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];

describe.skipIf(!has('chromium', 'ffmpeg'))('in a browser', () => {
  const { path, remove } = workFolder();
  let browser: Browser | undefined;
  let server: Server | undefined;
  let page: Page;

  beforeAll(async () => {
    writeClip(path('clip.yuv'));
    writeClip(path('odd.yuv'), { width: 97, height: 63 });
    const clip = clipInput(path('clip.yuv'));
    ffmpeg(...clip, ...X264, '-bf', '3', path('avc.mp4'));
    ffmpeg(...clip, '-c:v', 'libvpx-vp9', '-b:v', '300k', path('vp9.webm'));
    ffmpeg(
      ...[...clipInput(path('odd.yuv'), '97x63'), '-c:v', 'libvpx-vp9', '-b:v', '300k'],
      path('odd.webm'),
    );
    ffmpeg(...clip, '-c:v', 'libaom-av1', '-cpu-used', '8', path('av1.mp4'));
    ffmpeg('-i', path('avc.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', path('turned.mp4'));
    ffmpeg('-ss', '0.2', '-i', path('avc.mp4'), '-c', 'copy', path('trimmed.mp4'));
    ffmpeg(...clip, '-c:v', 'mpeg4', '-q:v', '2', path('mpeg4.mp4'));
    const script = await bundleForPage('page.ts');
    // A secure context (localhost): WebCodecs is not there otherwise.
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<script type="module" src="/page.js"></script>');
    });
    const listening = server;
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await page.waitForFunction(() => 'digestVideo' in window);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    remove();
  });

  const digest = (name: string): Promise<unknown> =>
    page.evaluate(
      (base64) => window.digestVideo(base64),
      readFileSync(path(name)).toString('base64'),
    );

  it.each([
    ['avc.mp4', 96, 64, 12],
    ['vp9.webm', 96, 64, 12],
    ['odd.webm', 97, 63, 12],
    ['av1.mp4', 96, 64, 12],
    ['turned.mp4', 64, 96, 12],
    ['trimmed.mp4', 96, 64, 7],
  ] as const)('%s has the luma that ffmpeg decodes', async (name, width, height, frames) => {
    const luma = ffmpeg(
      ...['-i', path(name), '-vsync', 'passthrough', '-vf', 'extractplanes=y'],
      ...['-f', 'rawvideo', '-'],
    );
    expect(luma.length).toBe(frames * width * height);
    expect(await digest(name)).toEqual({
      frames,
      sha256: createHash('sha256').update(luma).digest('hex'),
      decoder: 'webcodecs (browser)',
      format: { width, height, bitDepth: 8, chroma: '420' },
    });
  });

  it('names a codec the browser does not take, and damage', async () => {
    expect(await digest('mpeg4.mp4')).toMatchObject({
      error: { _tag: 'UnsupportedFormat', found: 'codec mp4v (MPEG-4 Part 2)' },
    });
    writeFileSync(path('cut.mp4'), readFileSync(path('avc.mp4')).subarray(0, 2000));
    expect(await digest('cut.mp4')).toMatchObject({ error: { _tag: 'DamagedInput' } });
  });
});
