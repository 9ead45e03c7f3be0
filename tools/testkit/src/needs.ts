// What a test needs from the machine, and what happens where it is missing: a
// printed skip, or a failure when TINYVMAF_REQUIRE names it. A missing thing
// never turns a check silently green.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Things of the machine that tests may ask for. */
export type Need = 'shared' | 'ffmpeg' | 'chromium';

const workspaceRoot = resolve(import.meta.dirname, '../../..');

/** The workspace's root folder. */
export const WORKSPACE = workspaceRoot;

/** Folder of third-party test data beside the checkout, not part of it. */
export const SHARED = resolve(workspaceRoot, '../shared');

const runs = (command: string): boolean =>
  spawnSync(command, ['-version'], { stdio: 'ignore' }).status === 0;

const PROBES: Record<Need, () => boolean> = {
  shared: () => existsSync(resolve(SHARED, 'golden/index.json')),
  ffmpeg: () => runs('ffmpeg'),
  chromium: () => chromiumPath() !== undefined,
};

const MISSING: Record<Need, string> = {
  shared: '../shared not present',
  ffmpeg: 'ffmpeg not installed',
  chromium: 'chromium not installed',
};

/** Path of an installed Chromium or Chrome, if any. */
export const chromiumPath = (): string | undefined =>
  [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((path) => path !== undefined && existsSync(path));

const required = (): readonly string[] => (process.env['TINYVMAF_REQUIRE'] ?? '').split(',');

/**
 * Whether tests that need these things can run. Where one is missing, prints
 * `skipped: ...` and answers false, or throws when `TINYVMAF_REQUIRE` lists it.
 * Use as `describe.skipIf(!has('shared'))(...)`.
 */
export const has = (...needs: readonly Need[]): boolean => {
  const missing = needs.filter((need) => !PROBES[need]());
  if (missing.length === 0) return true;
  const reasons = missing.map((need) => MISSING[need]).join(', ');
  const demanded = missing.filter((need) => required().includes(need));
  if (demanded.length > 0) {
    throw new Error(`TINYVMAF_REQUIRE asks for ${demanded.join(', ')}: ${reasons}`);
  }
  console.log(`skipped: ${reasons}`);
  return false;
};
