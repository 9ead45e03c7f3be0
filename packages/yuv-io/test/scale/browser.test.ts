// The same bits in a page of headless Chromium as here.
import { createServer, type Server } from 'node:http';
import { chromiumPath, has } from '@tinyvmaf/testkit';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleForPage } from '../video/bundle.js';
import { scaleDigests } from './digests.js';

const FLAGS = [
  ...['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

describe.skipIf(!has('chromium'))('in a browser', () => {
  let browser: Browser | undefined;
  let server: Server | undefined;

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('scaled pictures have the bits of Node', async () => {
    const script = await bundleForPage('../scale/page.ts');
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<script type="module" src="/page.js"></script>');
    });
    const listening = server;
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
    const address = listening.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await page.waitForFunction(() => 'scaleDigests' in window);
    const there = await page.evaluate(() => window.scaleDigests());
    const here = scaleDigests();
    // 48 cases; WebAssembly in all, there as here.
    expect(there.filter(([, , wasm]) => typeof wasm === 'number')).toHaveLength(48);
    expect(there.map(([name, portable, wasm]) => [name, portable, wasm ?? 'none'])).toEqual(
      here.map(([name, portable, wasm]) => [name, portable, wasm ?? 'none']),
    );
  }, 60_000);
});
