/**
 * The packages as a new user gets them: all tarballs installed in an empty
 * folder, without install scripts and optional packages. Every entry is
 * imported, a small consumer is type-checked against the declarations, and the
 * command runs on a pair of pictures made here; then the examples of the docs.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { attempt, noComplaints, verdict } from '../lib/check.mjs';
import { binOf, entries, node, npm, ROOT, run } from '../lib/workspace.mjs';
import { examples } from './examples.mjs';
import { clip, FRAMES, HEIGHT, WIDTH } from './smoke-clip.mjs';
import { budgets, withinBudget } from './tarballs.mjs';

/**
 * @typedef {import('../lib/pack.mjs').Packed} Packed
 * @typedef {import('../lib/check.mjs').Result} Result
 */

/**
 * @param {string} folder
 * @returns {number} bytes of all files below it
 */
const bytesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(path.join(entry.parentPath, entry.name)).size, 0);

/**
 * A package and those of ours that it needs.
 * @param {readonly Packed[]} all
 * @param {string} name
 * @returns {Packed[]}
 */
export const closure = (all, name) => {
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @param {string} each */
  const add = (each) => {
    const found = all.find(({ pkg }) => pkg.name === each);
    if (found === undefined || wanted.has(each)) return;
    wanted.add(each);
    Object.keys(found.pkg.manifest.dependencies ?? {}).forEach(add);
  };
  add(name);
  return all.filter(({ pkg }) => wanted.has(pkg.name));
};

/**
 * @param {string} folder
 * @param {readonly Packed[]} packed
 */
const install = async (folder, packed) => {
  const done = await npm(
    [
      'install',
      ...packed.map(({ tarball }) => tarball),
      '--ignore-scripts',
      '--omit=optional',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
    ],
    { cwd: folder },
  );
  if (done.status !== 0) throw new Error(`npm install failed\n${done.output}`);
};

/**
 * Installs the packages in a folder: first the front door, which is weighed,
 * then the rest.
 * @param {readonly Packed[]} all
 * @param {string} folder empty
 * @returns {Promise<Result[]>}
 */
export const installAll = async (all, folder) => {
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const limit = budgets().installed;
  const door = closure(all, limit.package);
  await install(folder, door);
  const modules = path.join(folder, 'node_modules');
  const unwanted = limit.without.filter((name) => existsSync(path.join(modules, name)));
  const results = [
    withinBudget(
      `${limit.package}: installed size without optional packages`,
      bytesBelow(modules),
      limit.bytes,
    ),
    noComplaints(
      `${limit.package}: installs none of ${limit.without.join(', ')}`,
      unwanted.map((name) => `${name} is installed`),
    ),
  ];
  if (door.length < all.length) await install(folder, all);
  return results;
};

/**
 * Imports every entry of every package.
 * @param {readonly Packed[]} all
 * @param {string} folder where they are installed
 * @param {string} [program] the Node to use
 * @returns {Promise<Result[]>}
 */
export const importAll = async (all, folder, program = process.execPath) => {
  const results = [];
  for (const entry of all.flatMap(({ pkg }) => entries(pkg))) {
    const script = `const m = await import('${entry.specifier}'); console.log(Object.keys(m).length);`;
    const { status, output, stdout } = await run(
      program,
      ['--input-type=module', '--eval', script],
      { cwd: folder, timeoutMs: 60_000 },
    );
    const names = Number(stdout);
    const good = status === 0 && names > 0;
    results.push(
      verdict(
        `import '${entry.specifier}'`,
        good,
        good ? `${names} exports` : output || 'exports nothing',
      ),
    );
  }
  return results;
};

/**
 * Type-checks a consumer that imports everything, declarations of dependencies
 * included.
 * @param {readonly Packed[]} all
 * @param {string} folder
 * @returns {Promise<Result[]>}
 */
const consumerTypes = async (all, folder) => {
  const specifiers = all.flatMap(({ pkg }) => entries(pkg)).map(({ specifier }) => specifier);
  const lines = [
    ...specifiers.map((specifier, i) => `import * as m${i} from '${specifier}';`),
    `export const all: readonly object[] = [${specifiers.map((_, i) => `m${i}`).join(', ')}];`,
  ];
  writeFileSync(path.join(folder, 'consumer.ts'), `${lines.join('\n')}\n`);
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        types: ['node'],
        typeRoots: [path.join(ROOT, 'node_modules/@types')],
      },
      files: ['consumer.ts'],
    }),
  );
  const { status, output } = await node([binOf('typescript', 'tsc'), '-p', '.'], { cwd: folder });
  return [
    verdict(
      'a consumer type-checks without skipLibCheck',
      status === 0,
      status === 0 ? '' : output,
    ),
  ];
};

/** What a person must never be shown for a mistake of theirs. */
const STACK = /^\s+at .*:\d+:\d+\)?$/m;

const SIX = ['adm2', 'vif_scale0', 'vif_scale1', 'vif_scale2', 'vif_scale3', 'motion2'];

/**
 * Runs the installed command.
 * @param {string} folder
 * @param {string} [program] the Node to use
 * @returns {Promise<Result[]>}
 */
export const tryCommand = async (folder, program = process.execPath) => {
  const bin = path.join(folder, 'node_modules/tinyvmaf/bundle/tinyvmaf.js');
  /** @param {readonly string[]} args */
  const tinyvmaf = (args) => run(program, [bin, ...args], { cwd: folder, timeoutMs: 120_000 });
  const work = path.join(folder, 'clips');
  mkdirSync(work, { recursive: true });
  writeFileSync(path.join(work, 'reference.yuv'), clip(0));
  writeFileSync(path.join(work, 'distorted.yuv'), clip(6));

  const version = await tinyvmaf(['--version']);
  const help = await tinyvmaf(['--help']);
  const typo = await tinyvmaf(['scroe']);
  const doctor = await tinyvmaf(['doctor']);
  const lost = await tinyvmaf(['score', 'no-such-file.y4m', 'clips/distorted.yuv']);
  /** @param {string} name @param {number} threads */
  const logOf = async (name, threads) => {
    const log = path.join(work, name);
    const ended = await tinyvmaf([
      'features',
      'clips/reference.yuv',
      'clips/distorted.yuv',
      ...['--width', String(WIDTH), '--height', String(HEIGHT)],
      ...['--pixel_format', '420', '--bitdepth', '8', '--json', '--output', log],
      ...['--threads', String(threads)],
    ]);
    return { log, ...ended };
  };
  const features = await logOf('log.json', 0);
  const workers = await logOf('workers.json', 2);
  return [
    verdict(
      'tinyvmaf --version',
      version.status === 0 && /^\S*\d+\.\d+\.\d+\s*$/m.test(version.stdout),
      version.output.trim(),
    ),
    verdict(
      'tinyvmaf --help',
      help.status === 0 && /score/.test(help.stdout),
      help.output.slice(0, 60),
    ),
    verdict(
      'a mistyped command is refused',
      typo.status === 1 && typo.output.includes('scroe') && !STACK.test(typo.output),
      `${typo.status}: ${typo.output.trim()}`,
    ),
    verdict(
      'a missing file is named',
      lost.status > 0 && lost.output.includes('no-such-file.y4m') && !STACK.test(lost.output),
      `${lost.status}: ${lost.output.trim()}`,
    ),
    verdict(
      "tinyvmaf doctor: every kernel's digests are right",
      doctor.status === 0 && /^kernels wasm +ok /m.test(doctor.stdout),
      doctor.output.trim(),
    ),
    ...(await attempt('tinyvmaf features on a small pair', () => {
      if (features.status !== 0) throw new Error(features.output);
      /** @type {{ frames: { metrics: Record<string, number> }[] }} */
      const { frames } = JSON.parse(readFileSync(features.log, 'utf8'));
      const complaints = frames.length === FRAMES ? [] : [`${frames.length} frames`];
      for (const { metrics } of frames) {
        for (const feature of SIX) {
          const value = metrics[`integer_${feature}`];
          // The damage is plain to see, so fidelity is below 1 and above 0.
          const good =
            feature === 'motion2' ? Number(value) >= 0 : Number(value) > 0 && Number(value) < 1;
          if (!good) complaints.push(`integer_${feature} is ${value}`);
        }
      }
      return [noComplaints('tinyvmaf features on a small pair', complaints)];
    })),
    ...(await attempt('tinyvmaf features with workers', () => {
      if (workers.status !== 0) throw new Error(workers.output);
      const [alone, together] = [features, workers].map(({ log }) => {
        /** @type {{ frames: unknown[] }} */
        const { frames } = JSON.parse(readFileSync(log, 'utf8'));
        return JSON.stringify(frames);
      });
      return [verdict('tinyvmaf features with workers: the same numbers', alone === together)];
    })),
  ];
};

/**
 * The command through npx, as the README has it.
 * @param {string} folder
 * @returns {Promise<Result[]>}
 */
const tryNpx = async (folder) => {
  const { status, output } = await npm(['exec', '--no', '--', 'tinyvmaf', '--version'], {
    cwd: folder,
  });
  return [verdict('npx tinyvmaf --version', status === 0, output.trim())];
};

/**
 * @param {readonly Packed[]} all
 * @param {string} folder empty
 * @returns {Promise<Result[]>}
 */
export const smoke = async (all, folder) => [
  ...(await installAll(all, folder)),
  ...(await importAll(all, folder)),
  ...(await attempt('a consumer type-checks', () => consumerTypes(all, folder))),
  ...(await attempt('the command', () => tryCommand(folder))),
  ...(await attempt('npx', () => tryNpx(folder))),
  ...(await attempt('examples', () => examples(folder))),
];
