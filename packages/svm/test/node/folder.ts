// Temporary folders and machines without libvmaf, for the tests of src/node.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { Machine } from '../../src/node/index.js';

const made: string[] = [];

/** A new empty folder, removed after the file's tests. Its name has a blank and a letter beyond ASCII. */
export const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'tinyvmaf é '));
  made.push(path);
  return path;
};

afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** Writes a file and the folders above it. */
export const put = (path: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};

/** A Linux machine where nothing is installed. */
export const bareMachine = (changes: Partial<Machine> = {}): Machine => ({
  env: {},
  platform: 'linux',
  home: '/nowhere/home',
  systemFolders: [],
  ...changes,
});
