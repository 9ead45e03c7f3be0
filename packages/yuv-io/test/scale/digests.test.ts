// The samples of this version, for good: a change of any of them changes scores.
import { expect, it } from 'vitest';
import { scaleDigests } from './digests.js';

/** FNV-1a over the digests of all cases; made by the portable scaler, which swscale.test.ts compares with ffmpeg. */
const ALL = 3821490347;

it('scaled pictures are what they were', () => {
  const digests = scaleDigests();
  const joined = digests.reduce(
    (hash, [, digest]) => Math.imul(hash ^ digest, 16777619),
    -2128831035,
  );
  expect(joined >>> 0).toBe(ALL);
  for (const [name, portable, wasm] of digests) expect(wasm ?? portable, name).toBe(portable);
});
