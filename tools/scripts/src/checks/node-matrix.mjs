/**
 * The packed packages under the other Nodes that are supported: each is fetched
 * from npm into a scratch folder, where the packages are installed, imported
 * and run.
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { attempt, runAlone, verdict } from '../lib/check.mjs';
import { packAll, withScratch } from '../lib/pack.mjs';
import { npm, run } from '../lib/workspace.mjs';
import { importAll, installAll, tryCommand } from './smoke.mjs';

/** Major versions beside the one that development uses. */
const MAJORS = [22, 24, 26];

/** Those on which `--revectorize` has been tried. */
const JOINING = [24, 26];

/**
 * What the doctor says of the kernels joined to 256 bits: right where that was
 * tried, else why they are not there. A processor without 256-bit vectors has none.
 * @param {number} major
 * @param {string} consumer
 * @param {string} program
 */
const joinedKernels = async (major, consumer, program) => {
  const { status, stdout, output } = await run(
    program,
    [path.join(consumer, 'node_modules/tinyvmaf/dist/bin.js'), 'doctor', '--json'],
    { cwd: consumer, timeoutMs: 120_000 },
  );
  const name = 'tinyvmaf doctor: digests of the 256-bit kernels';
  if (status !== 0) return verdict(name, false, output.trim());
  /** @type {{ checks: { name: string, state: string, detail: string }[] }} */
  const { checks } = JSON.parse(stdout);
  const { state, detail } = checks.find((each) => each.name === 'kernels wasm-paired') ?? {
    state: 'fail',
    detail: 'are not mentioned',
  };
  const good = JOINING.includes(major)
    ? state === 'ok' || /processor/.test(detail)
    : state === 'absent' && /not among those that were tried/.test(detail);
  return verdict(name, good, `${state}: ${detail}`);
};

/** The npm package that holds a Node for this machine, without its version. */
const PLATFORM = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * @param {number} major
 * @param {string} folder
 * @returns {Promise<string>} path of the program
 */
const fetchNode = async (major, folder) => {
  mkdirSync(folder, { recursive: true });
  const args = ['install', `${PLATFORM}@${major}`, '--no-save', '--no-audit', '--no-fund'];
  const { status, output } = await npm([...args, '--prefix', folder], { cwd: folder });
  if (status !== 0) throw new Error(`npm install ${PLATFORM}@${major} failed\n${output}`);
  const modules = path.join(folder, 'node_modules', PLATFORM);
  const program = ['bin/node', 'bin/node.exe']
    .map((name) => path.join(modules, name))
    .find((name) => existsSync(name));
  if (program === undefined) throw new Error(`${PLATFORM}@${major} holds no bin/node`);
  return program;
};

/** @returns {Promise<import('../lib/check.mjs').Result[]>} */
export const nodeMatrix = () =>
  withScratch(async (scratch) => {
    const packed = await packAll(scratch);
    const consumer = path.join(scratch, 'consumer');
    mkdirSync(consumer);
    const results = await installAll(packed, consumer);
    for (const major of MAJORS) {
      const label = `Node ${major}`;
      const found = await attempt(label, async () => {
        const program = await fetchNode(major, path.join(scratch, `node-${major}`));
        const { stdout } = await run(program, ['--version']);
        return [
          verdict('version', stdout.startsWith(`v${major}.`), stdout.trim()),
          ...(await importAll(packed, consumer, program)),
          ...(await tryCommand(consumer, program)),
          await joinedKernels(major, consumer, program),
        ];
      });
      results.push(...found.map((result) => ({ ...result, name: `${label}: ${result.name}` })));
    }
    return results;
  });

await runAlone(import.meta.url, 'node matrix', nodeMatrix);
