const path = require('node:path');
const { formatFiles, generateFiles } = require('@nx/devkit');
const { addRow, nextNumber, slugOf, today } = require('../lib/records.js');

/**
 * Writes `research/NNNN-title.md` and lists it in the README.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ title: string }} options
 */
module.exports = async (tree, { title }) => {
  const number = nextNumber(tree, 'research');
  const slug = slugOf(title);
  const date = today();
  generateFiles(tree, path.join(__dirname, 'files'), 'research', { number, slug, title, date });
  addRow(tree, 'research/README.md', [`[${number}](${number}-${slug}.md)`, title, date]);
  await formatFiles(tree);
};
