/**
 * The packages as they would be published: one tarball each, made by npm, in a
 * scratch folder that several checks share.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npm, publishedPackages } from './workspace.mjs';

/**
 * @typedef {object} Packed
 * @property {import('./workspace.mjs').Package} pkg
 * @property {string} tarball absolute path
 * @property {number} bytes size of the tarball
 * @property {string[]} files paths inside the package
 * @property {() => ArrayBuffer} read the tarball's bytes
 */

/**
 * Runs something with an empty scratch folder, and removes the folder.
 * @template A
 * @param {(folder: string) => Promise<A>} use
 * @returns {Promise<A>}
 */
export const withScratch = async (use) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};

/**
 * Packs every published package. What is in `dist` is what is packed: build first.
 * @param {string} folder where the tarballs go
 * @returns {Promise<Packed[]>}
 */
export const packAll = async (folder) => {
  const packages = publishedPackages();
  const args = packages.flatMap(({ name }) => ['--workspace', name]);
  const packed = await npm([
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    folder,
    ...args,
  ]);
  if (packed.status !== 0) throw new Error(`npm pack failed\n${packed.output}`);
  /** @type {{ name: string, filename: string, size: number, files: { path: string }[] }[]} */
  const listed = JSON.parse(packed.stdout);
  return packages.map((pkg) => {
    const entry = listed.find(({ name }) => name === pkg.name);
    if (entry === undefined) throw new Error(`npm pack left out ${pkg.name}`);
    const tarball = path.join(folder, path.basename(entry.filename));
    return {
      pkg,
      tarball,
      bytes: entry.size,
      files: entry.files.map((file) => file.path),
      read: () => Uint8Array.from(readFileSync(tarball)).buffer,
    };
  });
};
