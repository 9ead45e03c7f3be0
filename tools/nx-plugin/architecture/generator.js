const path = require('node:path');
const { formatFiles, generateFiles, readJson } = require('@nx/devkit');

/**
 * Writes a plugin with an architecture that trains, exports and passes the
 * conformance suite as it is: plain JavaScript, nothing to build.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string, directory?: string, input?: 'frame' | 'clip' }} options
 */
module.exports = async (tree, { name, directory = `architectures/${name}`, input = 'frame' }) => {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) {
    throw new Error(`${JSON.stringify(name)} must be lower-case letters, digits and hyphens.`);
  }
  if (tree.exists(`${directory}/package.json`)) throw new Error(`${directory} exists.`);
  const { version } = readJson(tree, 'packages/models/package.json');
  generateFiles(tree, path.join(__dirname, 'files'), directory, { name, input, version });
  await formatFiles(tree);
};
