/**
 * Everything that is checked on the packed packages, in one go: contents,
 * publint, types, budgets, bundles, and the installed smoke test. Needs a build.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { bundles } from './checks/bundles.mjs';
import { smoke } from './checks/smoke.mjs';
import { tarballs } from './checks/tarballs.mjs';
import { attempt, runAlone } from './lib/check.mjs';
import { packAll, withScratch } from './lib/pack.mjs';

/** @returns {Promise<import('./lib/check.mjs').Result[]>} */
export const packCheck = () =>
  withScratch(async (folder) => {
    const packed = await packAll(folder);
    const consumer = path.join(folder, 'consumer');
    mkdirSync(consumer);
    return [
      ...(await attempt('tarballs', () => tarballs(packed))),
      ...(await attempt('bundles', bundles)),
      ...(await attempt('smoke test', () => smoke(packed, consumer))),
    ];
  });

await runAlone(import.meta.url, 'pack-check', packCheck);
