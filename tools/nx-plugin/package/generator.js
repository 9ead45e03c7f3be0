const path = require('node:path');
const {
  formatFiles,
  generateFiles,
  installPackagesTask,
  readJson,
  updateJson,
} = require('@nx/devkit');

/** @typedef {{ layer: number, browser: boolean, mayImport: string[] }} Layer */

/**
 * The package's entry in tools/layers.json, or one from the options.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string, layer?: number, imports?: string, browser?: boolean }} options
 * @returns {Layer}
 */
const layerOf = (tree, { name, layer, imports = '', browser = true }) => {
  /** @type {Record<string, Layer>} */
  const table = readJson(tree, 'tools/layers.json').packages;
  if (table[name] !== undefined) return table[name];
  if (layer === undefined) {
    throw new Error(`tools/layers.json does not know ${name}: give --layer and --imports.`);
  }
  const mayImport = imports.split(',').filter((each) => each !== '');
  for (const each of mayImport) {
    const other = table[each];
    if (other === undefined) throw new Error(`tools/layers.json does not know ${each}.`);
    if (other.layer >= layer) {
      throw new Error(`${each} is in layer ${other.layer}, not below ${layer}.`);
    }
  }
  return { layer, browser, mayImport };
};

/**
 * Writes a package that builds, lints and passes its test at once. Afterwards
 * npm links it.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string, description: string, layer?: number, imports?: string, browser?: boolean }} options
 */
module.exports = async (tree, options) => {
  const { name, description } = options;
  const root = `packages/${name}`;
  if (tree.exists(`${root}/package.json`)) throw new Error(`${root} exists.`);
  const entry = layerOf(tree, options);
  const npmName = `@tinyvmaf/${name}`;
  const values = { name, npmName, description, layer: entry.layer };

  generateFiles(tree, path.join(__dirname, 'files/package'), root, values);
  generateFiles(tree, path.join(__dirname, 'files/docs'), 'docs/packages', values);
  tree.write(`${root}/LICENSE`, tree.read('LICENSE') ?? '');
  updateJson(tree, 'tools/layers.json', (json) => ({
    ...json,
    packages: { ...json.packages, [name]: entry },
  }));
  updateJson(tree, 'tools/budgets.json', (json) => ({
    ...json,
    packed: { ...json.packed, [npmName]: 50_000 },
  }));
  updateJson(tree, 'tsconfig.json', (json) => ({
    ...json,
    references: [...json.references, { path: `./${root}` }],
  }));
  await formatFiles(tree);
  return () => installPackagesTask(tree, true);
};
