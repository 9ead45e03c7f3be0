// The kernels in a page of headless Chromium: the bits that Node computes, from
// a bundle as an application makes it.
import { createServer, type Server } from 'node:http';
import { chromiumPath, has } from '@tinyvmaf/testkit';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFrom, valuesOf, type ParityCase } from '../wasm/cases.js';
import { bitsOf } from './bits.js';
import { bundlePage } from './bundle.js';

const FLAGS = [
  ...['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Sent with the page at this path, which may not compile WebAssembly. */
const STRICT = '/strict';

describe.skipIf(!has('chromium'))('in a browser', () => {
  let browser: Browser | undefined;
  let server: Server | undefined;
  let script = '';

  beforeAll(async () => {
    script = await bundlePage();
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      if (request.url === STRICT) {
        response.setHeader('content-security-policy', "script-src 'self'");
      }
      response.end(isScript ? script : '<script type="module" src="/page.js"></script>');
    });
    const listening = server;
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const open = async (path: string): Promise<Page> => {
    const address = server?.address();
    if (
      browser === undefined ||
      address === undefined ||
      address === null ||
      typeof address === 'string'
    ) {
      throw new Error('no browser, or no port');
    }
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${address.port}${path}`);
    await page.waitForFunction(() => 'extractCase' in window);
    return page;
  };

  it('wasm is what runs, with the bits of Node', async () => {
    const page = await open('/');
    expect(await page.evaluate(() => window.backendHere())).toBe('wasm');
    for (let seed = 0; seed < 240; seed++) {
      const which: ParityCase = caseFrom(seed, 72);
      const there = await page.evaluate((it) => window.extractCase(it, 'wasm'), which);
      expect(there, JSON.stringify(which)).toEqual(bitsOf(await valuesOf(which, 'wasm')));
    }
  });

  it('the reference kernels give them too', async () => {
    const page = await open('/');
    for (let seed = 0; seed < 24; seed++) {
      const which: ParityCase = caseFrom(seed, 48);
      const there = await page.evaluate((it) => window.extractCase(it, 'reference'), which);
      expect(there, JSON.stringify(which)).toEqual(bitsOf(await valuesOf(which, 'reference')));
    }
  });

  it('computes a large picture', async () => {
    const page = await open('/');
    const large = { width: 1920, height: 1080, frames: 2, count: 1, subsample: 1 };
    for (const bitDepth of [8, 10] as const) {
      const which: ParityCase = { ...caseFrom(3, 48), ...large, bitDepth };
      const there = await page.evaluate((it) => window.extractCase(it, 'wasm'), which);
      expect(there).toEqual(bitsOf(await valuesOf(which, 'wasm')));
    }
  });

  it('falls back where a policy forbids WebAssembly', async () => {
    const page = await open(STRICT);
    expect(await page.evaluate(() => window.backendHere())).toBe('reference');
    const which = caseFrom(1, 40);
    const there = await page.evaluate((it) => window.extractCase(it, 'reference'), which);
    expect(there).toEqual(bitsOf(await valuesOf(which, 'reference')));
  });

  it('the bundle asks for nothing of Node', () => {
    expect(script).not.toMatch(/__vite-browser-external|from ["']node:/);
  });
});
