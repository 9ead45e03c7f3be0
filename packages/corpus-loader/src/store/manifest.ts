/**
 * `store.json`: what makes a folder a store, and of which version.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, TinyVmafException } from '@tinyvmaf/core';
import { isTemporary, makeFolder, writeFileAtomic } from './atomic.js';
import { canonicalJson } from './canonical.js';
import { QUARANTINE } from './quarantine.js';

/** File that says what the folder is. */
export const MANIFEST = 'store.json';
/** Name of the format. */
const STORE_FORMAT = 'tinyvmaf-store';
/** Version of the layout and of what the files mean. */
const STORE_VERSION = 1;

const OWN = new Set(['features', 'scores', 'chunks', 'clips', 'hashes', 'models', QUARANTINE]);

/**
 * Makes sure that a folder is a store of this version.
 * @param create whether an empty or missing folder becomes one.
 * @throws TinyVmafException `BadArgument` for a folder that is none, `StoreCorrupt`, `UnsupportedFormat` for a later version; what the system throws.
 */
export const checkManifest = async (folder: string, create: boolean): Promise<void> => {
  const file = path.join(folder, MANIFEST);
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) !== 'ENOENT') throw thrown;
    return undefined;
  });
  if (text !== undefined) {
    checkText(file, text);
    return;
  }
  if (!create) throw notAStore(folder, `has no ${MANIFEST}`);
  await makeFolder(folder);
  const names = await readdir(folder);
  // Another process has made a store of it in the meantime.
  if (names.includes(MANIFEST)) {
    await checkManifest(folder, false);
    return;
  }
  const strange = names.find((name) => !OWN.has(name) && !isTemporary(name));
  if (strange !== undefined) {
    throw notAStore(folder, `has no ${MANIFEST} and is not empty (${strange})`);
  }
  const text1 = canonicalJson({ format: STORE_FORMAT, version: STORE_VERSION });
  await writeFileAtomic(file, `${text1}\n`);
};

const checkText = (file: string, text: string): void => {
  const manifest = parse(text);
  const format = manifest?.['format'];
  const version = manifest?.['version'];
  if (format !== STORE_FORMAT || typeof version !== 'number') {
    throw new TinyVmafException({
      _tag: 'StoreCorrupt',
      source: file,
      problem: 'it does not name the format of a store',
      remedy: `Delete it if the folder is a store of version ${STORE_VERSION}; the next extraction writes it anew.`,
    });
  }
  if (version !== STORE_VERSION) {
    throw new TinyVmafException({
      _tag: 'UnsupportedFormat',
      source: file,
      found: `store version ${version}`,
      remedy: `This version of tinyvmaf reads ${STORE_VERSION}: use a newer one, or another store.`,
    });
  }
};

const parse = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

const notAStore = (folder: string, problem: string): TinyVmafException =>
  new TinyVmafException({
    _tag: 'BadArgument',
    argument: 'The store folder',
    rule: `must be a store, or empty to become one; it ${problem}`,
    value: folder,
  });
