/**
 * Each tarball on its own: what it holds, what publint and "Are the types
 * wrong?" say of it, whether it keeps its size budget, and whether the bundle of
 * the command ships with the licences of what is in it.
 */
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { filterProblems } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { noComplaints, verdict } from '../lib/check.mjs';
import { readJson, ROOT } from '../lib/workspace.mjs';
import { commandBundle } from './notices.mjs';

/**
 * What is wrong with the files of a tarball.
 * @param {readonly string[]} files paths inside the package
 * @returns {string[]}
 */
export const contentComplaints = (files) => {
  const has = new Set(files);
  const complaints = ['README.md', 'LICENSE', 'package.json']
    .filter((file) => !has.has(file))
    .map((file) => `${file} is missing`);
  for (const file of files) {
    if (/(^|\/)(test|bench|out-tsc)\/|\.(test|bench)\.|\.tsbuildinfo$/.test(file)) {
      complaints.push(`${file} does not belong in a package`);
    }
    const source = /^dist\/(.*)\.js$/.exec(file)?.[1];
    if (source !== undefined && !has.has(`src/${source}.ts`)) {
      complaints.push(`${file} has no source any more: delete dist and build again`);
    }
  }
  return complaints;
};

/** Ways of resolving that count. An ES-module-only package does not serve `node10` and `node16-cjs`. */
const RESOLUTIONS = /** @type {const} */ (['node16-esm', 'bundler']);

/** @param {import('../lib/pack.mjs').Packed} packed */
const typesComplaints = async (packed) => {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(packed.read())));
  if (analysis.types === false) return ['it has no types'];
  return RESOLUTIONS.flatMap((resolutionKind) =>
    filterProblems(analysis, { resolutionKind }).map(
      (problem) => `${resolutionKind}: ${JSON.stringify(problem)}`,
    ),
  );
};

/** @typedef {{ packed: Record<string, number>, browserBundle: { packages: string[], gzip: number }, installed: { package: string, bytes: number, without: string[] } }} Budgets */

/** @returns {Budgets} */
export const budgets = () => readJson(path.join(ROOT, 'tools/budgets.json'));

/**
 * A figure against its limit.
 * @param {string} name
 * @param {number} bytes
 * @param {number | undefined} limit bytes, from tools/budgets.json
 */
export const withinBudget = (name, bytes, limit) =>
  limit === undefined
    ? verdict(name, false, `is ${bytes} bytes and has no budget in tools/budgets.json`)
    : verdict(name, bytes <= limit, `${bytes} bytes of ${limit}`);

/**
 * @param {readonly import('../lib/pack.mjs').Packed[]} all
 * @returns {Promise<import('../lib/check.mjs').Result[]>}
 */
export const tarballs = async (all) => {
  const limits = budgets().packed;
  const results = [];
  for (const packed of all) {
    const { pkg } = packed;
    const { messages } = await publint({ pack: { tarball: packed.read() }, strict: true });
    results.push(
      noComplaints(`${pkg.name}: contents of the tarball`, contentComplaints(packed.files)),
      noComplaints(
        `${pkg.name}: publint`,
        messages.map((message) => formatMessage(message, pkg.manifest) ?? message.code),
      ),
      noComplaints(`${pkg.name}: types resolve`, await typesComplaints(packed)),
      withinBudget(`${pkg.name}: packed size`, packed.bytes, limits[pkg.name]),
      ...(pkg.name === 'tinyvmaf' ? commandBundle(packed) : []),
    );
  }
  return results;
};
