// Folders that vanish after the tests of a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder. */
export const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'tinyvmaf-distill-'));
  made.push(path);
  return path;
};
