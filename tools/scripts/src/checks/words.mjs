/**
 * What must not stand in a file of the repository: paths and hosts of one
 * machine, lint switched off without a reason, unfinished work, and third-party
 * test data. Looks at every file that git tracks or would track.
 */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { noComplaints, runAlone, verdict } from '../lib/check.mjs';
import { npm, ROOT, run } from '../lib/workspace.mjs';

/**
 * @typedef {object} Ban
 * @property {RegExp} pattern of one line
 * @property {RegExp} files which files it is about
 * @property {string} why
 */

const CODE = /\.([cm]?[jt]s|tsx?)$/;

/** @type {readonly Ban[]} */
export const BANS = [
  {
    pattern: /(^|[\s"'`(=:[])\/(work|tmp|root)\/[\w.]/,
    files: /./,
    why: 'a path of one machine',
  },
  { pattern: /"resolved": *"https?:/, files: /(^|\/)package-lock\.json$/, why: 'a registry host' },
  {
    pattern: /eslint-disable(?!.*-- \S)/,
    files: CODE,
    why: 'lint switched off without a reason (` -- why` on the same line)',
  },
  { pattern: /@ts-(ignore|nocheck)/, files: CODE, why: 'the compiler switched off' },
  {
    pattern: /\b(TODO|FIXME|XXX)\b/,
    files: CODE,
    why: 'unfinished work: finish it, or open an issue',
  },
  {
    pattern: /\b(it|test|describe|suite|bench)\.(only|todo)\b/,
    files: CODE,
    why: 'a test that keeps others from running, or is not one',
  },
];

/** This file and its test spell out what they look for. */
const EXEMPT = /^tools\/scripts\/(src\/checks\/words\.mjs|test\/words\.test\.ts)$/;

/**
 * Banned words of one file.
 * @param {string} file path from the root, with `/`
 * @param {string} text
 * @param {readonly Ban[]} [bans]
 * @returns {string[]} `file:line: why: the line`
 */
export const bannedWords = (file, text, bans = BANS) => {
  const relevant = EXEMPT.test(file) ? [] : bans.filter(({ files }) => files.test(file));
  if (relevant.length === 0) return [];
  return text
    .split('\n')
    .flatMap((line, i) =>
      relevant
        .filter(({ pattern }) => pattern.test(line))
        .map(({ why }) => `${file}:${i + 1}: ${why}: ${line.trim().slice(0, 120)}`),
    );
};

/**
 * Files whose bytes also stand in another folder.
 * @param {readonly string[]} files absolute
 * @param {string} folder
 * @returns {string[]} complaints
 */
export const copiesOf = (files, folder) => {
  /** @type {Map<number, string[]>} */
  const bySize = new Map();
  for (const file of files) {
    const { size } = lstatSync(file);
    // Shorter ones are equal by accident.
    if (size > 200) bySize.set(size, [...(bySize.get(size) ?? []), file]);
  }
  /** @param {string} file */
  const hash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .flatMap((theirs) => {
      const same = bySize.get(lstatSync(theirs).size);
      if (same === undefined) return [];
      const theirHash = hash(theirs);
      return same
        .filter((ours) => hash(ours) === theirHash)
        .map((ours) => `${path.relative(ROOT, ours)} is a copy of ${path.relative(ROOT, theirs)}`);
    });
};

/** @returns {Promise<string[]>} paths from the root: tracked, or new and not ignored */
const repositoryFiles = async () => {
  const listed = await run('git', [
    // The checkout may belong to another user than the one who tests it.
    ...['-c', 'safe.directory=*'],
    ...['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  ]);
  if (listed.status !== 0) throw new Error(listed.output);
  return listed.stdout.split('\0').filter((file) => {
    const stat = file && lstatSync(path.join(ROOT, file), { throwIfNoEntry: false });
    return stat && stat.isFile();
  });
};

/** @param {string} text */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @returns {Promise<Ban[]>} the folders of this machine, and the host it installs from */
const ownBans = async () => {
  const { stdout } = await npm(['config', 'get', 'registry']);
  const host = URL.canParse(stdout.trim()) ? new URL(stdout.trim()).host : '';
  const own = [host, ROOT, homedir()].filter((text) => text.length > 2);
  return own.map((text) => ({
    pattern: new RegExp(literal(text)),
    files: /./,
    why: 'a folder or registry of this machine',
  }));
};

/** @returns {Promise<import('../lib/check.mjs').Result[]>} */
export const words = async () => {
  const files = await repositoryFiles();
  const bans = [...BANS, ...(await ownBans())];
  const complaints = files.flatMap((file) => {
    const bytes = readFileSync(path.join(ROOT, file));
    return bytes.includes(0) ? [] : bannedWords(file, bytes.toString('utf8'), bans);
  });
  const shared = path.join(ROOT, '../shared');
  const copies = lstatSync(shared, { throwIfNoEntry: false })
    ? noComplaints(
        'no third-party data in the repository',
        copiesOf(
          files.map((file) => path.join(ROOT, file)),
          shared,
        ),
      )
    : /** @type {const} */ ({
        name: 'no third-party data in the repository',
        status: 'skipped',
        detail: '../shared not present',
      });
  return [
    verdict('words', complaints.length === 0, complaints.join('\n') || `${files.length} files`),
    copies,
  ];
};

await runAlone(import.meta.url, 'words', words);
