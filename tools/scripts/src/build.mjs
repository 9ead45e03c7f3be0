/**
 * Builds what ships: the WebAssembly kernels, the sources of all packages or of
 * some and those they need, and the bundle of the command.
 *
 *     node tools/scripts/src/build.mjs [folder of packages/ ...]
 */
import path from 'node:path';
import { asc } from './asc.mjs';
import { bundleCommand } from './bundle.mjs';
import { runAlone, tally, verdict } from './lib/check.mjs';
import { binOf, node, publishedPackages } from './lib/workspace.mjs';

/**
 * @param {readonly string[]} [folders] default: all
 * @returns {Promise<import('./lib/check.mjs').Result[]>}
 */
export const build = async (folders = publishedPackages().map(({ folder }) => folder)) => {
  const kernels = await asc();
  if (tally(kernels).failed > 0) return kernels;
  const projects = folders.map((folder) => path.join('packages', folder, 'tsconfig.lib.json'));
  const { status, output } = await node([binOf('typescript', 'tsc'), '-b', ...projects]);
  const built = verdict('build', status === 0, status === 0 ? folders.join(', ') : output.trim());
  return status === 0 && folders.includes('tinyvmaf')
    ? [built, ...(await bundleCommand())]
    : [built];
};

const folders = process.argv.slice(2);
await runAlone(import.meta.url, 'build', () => build(folders.length > 0 ? folders : undefined));
