const path = require('node:path');
const { formatFiles, generateFiles, getProjects } = require('@nx/devkit');
const { slugOf } = require('../lib/records.js');

/**
 * Writes `CHANGELOG.d/topic.md`, which names packages, bump and change.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ message: string, packages: string, bump?: string, topic?: string }} options
 */
module.exports = async (tree, { message, packages, bump = 'minor', topic }) => {
  const known = [...getProjects(tree)]
    .filter(([, { root }]) => root.startsWith('packages/'))
    .map(([name]) => name);
  const names = packages.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`${name} is none of ${known.sort().join(', ')}`);
  }
  const slug = slugOf(topic ?? message.split(/\s+/).slice(0, 6).join(' '));
  if (tree.exists(`CHANGELOG.d/${slug}.md`)) {
    throw new Error(`CHANGELOG.d/${slug}.md exists: give another --topic, or add to that one.`);
  }
  generateFiles(tree, path.join(__dirname, 'files'), 'CHANGELOG.d', { slug, names, bump, message });
  await formatFiles(tree);
};
