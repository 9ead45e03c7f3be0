// Teachers: found or missed, and what is refused.
import { errorMessage, FEATURES, unwrap } from '@tinyvmaf/core';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { extract } from '../../src/extract/extract.js';
import { planExtraction } from '../../src/extract/plan.js';
import { loadTeachersTE } from '../../src/extract/teacher.js';
import { openStore } from '../../src/store/store.js';
import { corpusOf, folder, source } from '../support/clips.js';

/** A machine without any model. */
const bare = (dataDir: string) =>
  ({
    dataDir,
    machine: { env: {}, platform: 'linux', home: dataDir, systemFolders: [] },
  }) as const;

describe('teachers', () => {
  it('that are not here are a warning that says how to get them', async () => {
    const found = unwrap(await loadTeachersTE(['vmaf_v0.6.1'], bare(folder()))());
    expect(found.teachers).toEqual([]);
    expect(found.warnings.join()).toMatch(/features alone.*tinyvmaf teacher install, then/);
  });

  it.each([
    ['vmaf_v0.6.1:disable_clip', /without options/],
    ['version=vmaf_v0.6.1:adm.adm_enhn_gain_limit=1', /without options/],
    ['a:b=c', /--model/],
  ])('%s is refused', async (spec, text) => {
    const result = await loadTeachersTE([spec], bare(folder()))();
    if (result._tag === 'Right') throw new Error('it was taken');
    expect(errorMessage(result.left)).toMatch(text);
  });

  it.skipIf(!has('shared'))('of other features than the six are refused', async () => {
    const result = await loadTeachersTE(['vmaf_v0.6.1neg'], { teacher: TEACHER })();
    if (result._tag === 'Right') throw new Error('it was taken');
    expect(errorMessage(result.left)).toMatch(
      /six features at their defaults.*adm_enhn_gain_limit=1/,
    );
  });

  it.skipIf(!has('shared'))('compute anew what turns out to be damaged', async () => {
    const root = folder();
    const corpus = corpusOf(root, source(root, 'a', 5, [8, 32]));
    const store = await openStore(join(root, 'store'), { create: true });
    await extract(await planExtraction(corpus, store), { store, threads: 0 });
    const { teachers } = unwrap(await loadTeachersTE(['vmaf_v0.6.1'], { teacher: TEACHER })());
    const [clip] = store.clips();
    const key = clip?.features ?? '';
    const file = readdirSync(join(root, 'store'), { recursive: true, encoding: 'utf8' }).find(
      (name) => name.includes(key),
    );
    const flip = (): void => {
      const bytes = readFileSync(join(root, 'store', file ?? ''));
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      writeFileSync(join(root, 'store', file ?? ''), bytes);
    };
    // Before the plan: it is in the plan. After it: it shows when the features are scored.
    flip();
    const again = await openStore(join(root, 'store'));
    const plan = await planExtraction(corpus, again);
    expect([plan.clips, plan.cached.length]).toEqual([1, 1]);
    const first = await extract(plan, { store: again, threads: 0 });
    expect(first).toMatchObject({ computed: 1, cached: 1, failures: [] });
    const scoring = await planExtraction(corpus, again, { models: teachers });
    expect([scoring.clips, scoring.cached.length]).toEqual([0, 2]);
    flip();
    const summary = await extract(scoring, { store: again, models: teachers, threads: 0 });
    expect(summary).toMatchObject({ computed: 1, cached: 1, scored: 2, failures: [] });
    const rows = unwrap(await again.readFeatures(key)());
    FEATURES.forEach((name) => {
      expect(rows?.columns[name]).toHaveLength(5);
    });
  });
});
