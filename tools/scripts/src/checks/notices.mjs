/**
 * The bundle of the command as it ships: it holds what is started, and the
 * licence of every package whose code is in it. Which those are is read from the
 * bundle itself, whose parts are headed by the path that they come from.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BUNDLE, NOTICES, packageOf } from '../bundle.mjs';
import { noComplaints } from '../lib/check.mjs';
import { ROOT } from '../lib/workspace.mjs';

/**
 * The packages of others whose code is in a bundled file.
 * @param {string} code
 * @returns {Set<string>}
 */
export const packagesIn = (code) =>
  new Set(
    [...code.matchAll(/^\/\/(?:#region)? ?(\S*node_modules\/\S+)$/gm)].flatMap(
      ([, file = '']) => packageOf(file) ?? [],
    ),
  );

/**
 * Packages whose licence is not in the notices, word by word.
 * @param {Iterable<string>} packages
 * @param {string} notices
 * @param {(name: string) => string | undefined} licenceOf their texts
 * @returns {string[]} complaints
 */
export const unlicensed = (packages, notices, licenceOf) =>
  [...packages].flatMap((name) => {
    const text = licenceOf(name);
    if (text === undefined) return [`no licence of ${name} is found in node_modules`];
    return notices.includes(text.replaceAll('\r\n', '\n').trim()) && notices.includes(`## ${name} `)
      ? []
      : [`${NOTICES} lacks the licence of ${name}`];
  });

/** @param {string} name */
const installedLicence = (name) => {
  const folder = path.join(ROOT, 'node_modules', name);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return file && readFileSync(path.join(folder, file), 'utf8');
};

/**
 * @param {import('../lib/pack.mjs').Packed} packed of `tinyvmaf`
 * @returns {import('../lib/check.mjs').Result[]}
 */
export const commandBundle = ({ files }) => {
  const inBundle = files.filter((file) => file.startsWith('bundle/'));
  const complaints = ['bundle/tinyvmaf.js', 'bundle/worker.js', `bundle/${NOTICES}`]
    .filter((file) => !inBundle.includes(file))
    .map((file) => `${file} is missing: npm run build`);
  const code = inBundle
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(path.join(path.dirname(BUNDLE), file), 'utf8'));
  const packages = packagesIn(code.join('\n'));
  if (packages.size === 0) complaints.push('no part of the bundle says which package it is from');
  const notices = path.join(BUNDLE, NOTICES);
  const text = existsSync(notices) ? readFileSync(notices, 'utf8') : '';
  complaints.push(...unlicensed(packages, text, installedLicence));
  return [
    noComplaints(
      `tinyvmaf: the bundle holds the licences of ${[...packages].sort().join(', ')}`,
      complaints,
    ),
  ];
};
