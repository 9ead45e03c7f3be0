/**
 * Numbered records: the next number of a folder, file names from titles, and
 * the row that a record gets in the table of its folder's README.
 */

/**
 * Lower-case words joined by hyphens, as file names have them.
 * @param {string} title
 * @returns {string}
 */
const slugOf = (title) => {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug === '') throw new Error(`The title ${JSON.stringify(title)} has no letter or digit.`);
  return slug;
};

/**
 * One more than the highest number in a folder, in four digits.
 * @param {import('@nx/devkit').Tree} tree
 * @param {string} folder
 * @returns {string}
 */
const nextNumber = (tree, folder) => {
  const numbers = tree.children(folder).map((name) => Number(/^(\d{4})-/.exec(name)?.[1] ?? 0));
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0');
};

/**
 * Adds a row at the end of the table in a README.
 * @param {import('@nx/devkit').Tree} tree
 * @param {string} file
 * @param {readonly string[]} cells
 */
const addRow = (tree, file, cells) => {
  const text = tree.read(file, 'utf8');
  if (text === null) return;
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => line.startsWith('|'));
  if (last < 0) return;
  lines.splice(last + 1, 0, `| ${cells.join(' | ')} |`);
  tree.write(file, lines.join('\n'));
};

/**
 * Today, as records have it: `2026-11-25`.
 * @returns {string}
 */
const today = () => new Date().toISOString().slice(0, 10);

module.exports = { addRow, nextNumber, slugOf, today };
