const path = require('node:path');
const { formatFiles, generateFiles } = require('@nx/devkit');
const { addRow, nextNumber, slugOf, today } = require('../lib/records.js');

/**
 * Writes `adr/NNNN-title.md` with its four sections and lists it in the README.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ title: string }} options
 */
module.exports = async (tree, { title }) => {
  const number = nextNumber(tree, 'adr');
  const slug = slugOf(title);
  generateFiles(tree, path.join(__dirname, 'files'), 'adr', { number, slug, title, date: today() });
  addRow(tree, 'adr/README.md', [`[${number}](${number}-${slug}.md)`, title, 'proposed']);
  await formatFiles(tree);
};
