/**
 * The numbered records: decisions in `adr/`, digests in `research/`, and the
 * fragments of `CHANGELOG.d/`. Numbers are unique and without gaps, titles
 * carry their number, decisions have their four sections, fragments name
 * packages that exist.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { noComplaints, runAlone } from '../lib/check.mjs';
import { publishedPackages, ROOT } from '../lib/workspace.mjs';

/** Sections of a decision, in their order. */
const SECTIONS = ['Context', 'Decision', 'Alternatives', 'Consequences'];

/**
 * What is wrong with one decision.
 * @param {string} file name, `0001-exactness-target.md`
 * @param {string} text
 * @returns {string[]}
 */
export const adrComplaints = (file, text) => {
  const complaints = [];
  if (!/^Status: (proposed|accepted|superseded by \[?\d{4})/m.test(text)) {
    complaints.push('needs a line `Status: proposed|accepted|superseded by NNNN`');
  }
  // What a template asks for is not an answer.
  const written = text.replace(/<!--[\s\S]*?-->/g, '');
  const parts = written.split(/^## +/m).slice(1);
  const titles = parts.map((part) => part.split('\n', 1)[0]?.trim() ?? '');
  const order = SECTIONS.map((section) => titles.indexOf(section));
  SECTIONS.forEach((section, i) => {
    const at = order[i] ?? -1;
    if (at < 0) complaints.push(`has no section "## ${section}"`);
    else if (i > 0 && at < (order[i - 1] ?? -1))
      complaints.push(`has "## ${section}" out of order`);
    else if ((parts[at] ?? '').slice(section.length).trim() === '') {
      complaints.push(`has nothing under "## ${section}"`);
    }
  });
  const alternatives = parts[titles.indexOf('Alternatives')] ?? '';
  if (
    titles.includes('Alternatives') &&
    !/^\|.*\|\n\|[\s:|-]+\|\n(\|[ ]*[^| ].*\|\n?){2,}/m.test(alternatives)
  ) {
    complaints.push('needs its alternatives as a table of two rows or more');
  }
  return complaints.map((complaint) => `${file} ${complaint}`);
};

/**
 * What is wrong with the numbers of a folder of records.
 * @param {readonly string[]} files names
 * @param {(file: string) => string} read
 * @returns {string[]}
 */
export const numberComplaints = (files, read) => {
  const complaints = [];
  /** @type {Map<number, string>} */
  const taken = new Map();
  for (const file of files) {
    const number = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md$/.exec(file)?.[1];
    if (number === undefined) {
      complaints.push(`${file} is not named NNNN-lower-case-words.md`);
      continue;
    }
    const other = taken.get(Number(number));
    if (other !== undefined) complaints.push(`${file} has the number of ${other}`);
    taken.set(Number(number), file);
    if (!new RegExp(`^# ${number}: \\S`).test(read(file))) {
      complaints.push(`${file} does not begin with "# ${number}: title"`);
    }
  }
  for (let number = 1; number < Math.max(0, ...taken.keys()); number++) {
    if (!taken.has(number))
      complaints.push(`there is no number ${String(number).padStart(4, '0')}`);
  }
  return complaints;
};

/**
 * Records that the README of their folder does not link to.
 * @param {readonly string[]} files names
 * @param {string} readme
 * @returns {string[]}
 */
export const unlisted = (files, readme) =>
  files
    .filter((file) => !readme.includes(`](${file})`))
    .map((file) => `README.md does not list ${file}`);

const BUMPS = ['patch', 'minor', 'major'];

/**
 * What is wrong with one changelog fragment.
 * @param {string} file name
 * @param {string} text
 * @param {readonly string[]} packages names that exist
 * @returns {string[]}
 */
export const fragmentComplaints = (file, text, packages) => {
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (front === undefined || body === undefined) return [`${file} has no front matter`];
  const complaints = [];
  const lines = front.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) complaints.push(`${file} names no package`);
  for (const line of lines) {
    const [, name, bump] = /^(?:'|")?([@a-z0-9/-]+)(?:'|")?: *([a-z]+)$/.exec(line.trim()) ?? [];
    if (name === undefined || bump === undefined) {
      complaints.push(`${file}: ${line} is not 'package': bump`);
    } else if (!packages.includes(name)) {
      complaints.push(`${file}: ${name} is none of ${packages.join(', ')}`);
    } else if (!BUMPS.includes(bump)) {
      complaints.push(`${file}: ${bump} is none of ${BUMPS.join(', ')}`);
    }
  }
  if (body.trim() === '') complaints.push(`${file} says nothing`);
  return complaints;
};

/** @param {string} folder @returns {string[]} names of its records, README left out */
const recordsIn = (folder) => {
  const full = path.join(ROOT, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort();
};

/** @returns {import('../lib/check.mjs').Result[]} */
export const records = () => {
  const packages = publishedPackages().map(({ name }) => name);
  /** @param {string} folder @returns {(file: string) => string} */
  const reader = (folder) => (file) => readFileSync(path.join(ROOT, folder, file), 'utf8');
  const adrs = recordsIn('adr');
  const digests = recordsIn('research');
  const fragments = recordsIn('CHANGELOG.d');
  return [
    noComplaints(`adr: ${adrs.length} numbered records`, [
      ...numberComplaints(adrs, reader('adr')),
      ...unlisted(adrs, reader('adr')('README.md')),
    ]),
    noComplaints(
      'adr: sections',
      adrs.flatMap((file) => adrComplaints(file, reader('adr')(file))),
    ),
    noComplaints(`research: ${digests.length} numbered digests`, [
      ...numberComplaints(digests, reader('research')),
      ...unlisted(digests, reader('research')('README.md')),
    ]),
    noComplaints(
      `CHANGELOG.d: ${fragments.length} fragments`,
      fragments.flatMap((file) => fragmentComplaints(file, reader('CHANGELOG.d')(file), packages)),
    ),
  ];
};

await runAlone(import.meta.url, 'records', records);
