import { errorMessage, unwrap } from '@tinyvmaf/core';
import { createPredictor, parseModel } from '@tinyvmaf/svm';
import { has } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clipped, drawPoints, loadTeacherTE, studentTeacher, teacherOf } from '../../src/index.js';
import { real, stand, TEACHERS, tiny } from '../teacher.js';

describe('a student as a teacher', () => {
  it('labels without a clip', () => {
    const scores = stand.label(drawPoints({ far: 1 }, 2000, 1, stand.anchors));
    expect(Math.max(...scores)).toBeGreaterThan(100);
    expect(Math.max(...clipped(stand, scores))).toBe(100);
    expect(Math.min(...clipped(stand, scores))).toBe(0);
  });

  it('must be registered', () => {
    expect(E.isLeft(studentTeacher('nonesuch'))).toBe(true);
  });
});

describe.skipIf(!has('shared'))("Netflix's model as a teacher", () => {
  const text = (name: string): string => readFileSync(join(TEACHERS, `${name}.json`), 'utf8');

  it('labels as the predictor does, by name and not by place', async () => {
    const teacher = await real();
    const row = Float64Array.of(0.93, 0.45, 0.72, 0.81, 0.87, 4.5);
    const predictor = createPredictor(unwrap(parseModel(text('vmaf_v0.6.1'), 'm')));
    const byName = {
      adm2: 0.93,
      motion2: 4.5,
      vif_scale0: 0.45,
      vif_scale1: 0.72,
      vif_scale2: 0.81,
      vif_scale3: 0.87,
    };
    const theirs = predictor.model.inputs.map(({ output }) => byName[output]);
    expect([...teacher.label(row)]).toEqual([predictor.predict(Float64Array.from(theirs)).score]);
  });

  it('has its support vectors as anchors', async () => {
    const { anchors, gamma } = await real();
    expect(anchors.rows.length).toBe(211 * 6);
    expect(gamma).toBe(0.04);
    const adm = Array.from({ length: 211 }, (_, i) => anchors.rows[6 * i]!);
    expect(Math.max(...adm)).toBeLessThan(1.3);
    expect(Math.min(...adm)).toBeGreaterThan(0.2);
  });

  it.each([
    ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'],
    ['vmaf_4k_v0.6.1', 'vmaf_4k_v0.6.1neg'],
  ])('%s and %s have one regression, so one student serves both', async (plain, neg) => {
    const rows = drawPoints({ ...tiny.data.mixture, far: 0.2 }, 300, 6, stand.anchors);
    expect((await real(neg)).label(rows)).toEqual((await real(plain)).label(rows));
  });

  it('refuses what cannot teach', async () => {
    const model = unwrap(parseModel(text('vmaf_v0.6.1'), 'm.json'));
    const short = { ...model, inputs: model.inputs.slice(1) };
    const bare = { ...model, members: [{ svm: model.members[0]!.svm }] };
    const messages = [teacherOf(short, 'm', ''), teacherOf(bare, 'm', '')].map((result) =>
      E.isLeft(result) ? errorMessage(result.left) : 'no error',
    );
    expect(messages[0]).toContain('must be the six');
    expect(messages[1]).toContain('without a scaling');
    const unknown = await loadTeacherTE('nonesuch', { teacher: TEACHERS })();
    expect(E.isLeft(unknown) && unknown.left._tag).toBe('ModelNotFound');
  });
});
