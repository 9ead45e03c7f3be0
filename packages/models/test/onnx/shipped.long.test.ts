// Every shipped file, 100,000 rows: onnxruntime and plain TypeScript give the
// same float32 bits. Where they do not, the double lies in the middle of two
// floats as nearly as double arithmetic can tell, and such rows are counted.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '@tinyvmaf/core';
import { createStudent } from '@tinyvmaf/models';
import { randomFrames } from '@tinyvmaf/models/testing';
import { describe, expect, it } from 'vitest';
import { openSession } from './session.js';

const FOLDER = join(import.meta.dirname, '../../files');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.onnx'));
const ROWS = 100_000;

/** Most that rounding of sums in another order moves a score, points. */
const ROUNDING = 1e-10;

describe.each(FILES)('%s', (name) => {
  const bytes = readFileSync(join(FOLDER, name));
  const student = unwrap(createStudent(bytes, { source: name }));
  const frames = randomFrames(ROWS, 9);

  it.skipIf(student.input === 'clip').each([1, 7, 256])('batch %i', async (batch) => {
    const session = await openSession(bytes);
    const scores = student.score(frames);
    const exact = student.unclipped(frames);
    let ties = 0;
    for (let start = 0; start < ROWS; start += batch) {
      const theirs = await session.run(frames.slice(6 * start, 6 * (start + batch)));
      theirs.forEach((theirScore, i) => {
        const score = scores[start + i]!;
        if (theirScore === score) return;
        ties++;
        const middle = (theirScore + score) / 2;
        expect(Math.abs(exact[start + i]! - middle)).toBeLessThan(ROUNDING);
        // No float lies between the two.
        expect([score, theirScore]).toContain(Math.fround(middle));
      });
    }
    console.log(`${name}, batch ${batch}: ${ties} of ${ROWS} rows are rounding ties`);
    expect(ties).toBeLessThanOrEqual(5);
  });
});
