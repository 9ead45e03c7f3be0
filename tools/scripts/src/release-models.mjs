/**
 * Makes the students that `@tinyvmaf/models` ships, and everything that is
 * said about them: `node tools/scripts/src/release-models.mjs --teacher FOLDER
 * --rows FILE --peers FOLDER [--about TEXT] [--runs FOLDER]`.
 *
 * Trains each recipe (a minute of CPU each, three for a2), judges the bytes on the rows
 * of a table (`tinyvmaf corpus export --csv`), and writes the model files,
 * `registry.json`, the module with their bytes, and the pages in docs/models.
 * Runs are kept in `--runs` and go on where they were. Needs a build.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { binOf, node, ROOT } from './lib/workspace.mjs';

/** Recipe and model id, the default first; and the versions with the same regression. */
const MODELS = [
  { id: 'a5', serves: ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'] },
  { id: 'a5-nano', serves: ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'] },
  { id: 'a5-4k', serves: ['vmaf_4k_v0.6.1', 'vmaf_4k_v0.6.1neg'] },
  { id: 'a1', serves: ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'] },
  { id: 'a2', serves: ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'] },
];

/** Peers that score the six features as they are. */
const PEERS = ['vmaf_tiny_v2', 'vmaf_tiny_v3', 'vmaf_tiny_v3.int8', 'vmaf_tiny_v4'];

const { values } = parseArgs({
  options: {
    teacher: { type: 'string' },
    rows: { type: 'string' },
    peers: { type: 'string' },
    about: { type: 'string', default: 'rows of a ladder' },
    runs: { type: 'string' },
  },
});
const { teacher, rows: table, peers, about, runs } = values;
if (teacher === undefined || table === undefined || peers === undefined || runs === undefined) {
  console.error('Give --teacher, --rows, --peers and --runs; the file says what they are.');
  process.exit(1);
}

/** @type {typeof import('@tinyvmaf/distill')} */
const distill = await load('distill');
/** @type {typeof import('@tinyvmaf/models')} */
const models = await load('models');
const { either: E } = await import('fp-ts');

/** @param {string} name */
function load(name) {
  return import(pathToFileURL(path.join(ROOT, `packages/${name}/dist/index.js`)).href);
}

const PACKAGE = path.join(ROOT, 'packages/models');
const PAGES = path.join(ROOT, 'docs/models');
mkdirSync(path.join(PACKAGE, 'files'), { recursive: true });
mkdirSync(PAGES, { recursive: true });

const rows = await distill.readRows(table);
const sources = new Set(rows.sources).size;

/** @type {import('@tinyvmaf/models').RegisteredModel[]} */
const entries = [];
/** @type {Record<string, string>} */
const files = {};
for (const { id, serves } of MODELS) {
  const run = await distill.distill({ recipe: id, out: path.join(runs, id), teacher });
  const found = await distill.loadTeacher(run.recipe.teacher, { teacher });
  const evaluation = await distill.evaluate({ student: run.model, rows, teacher: found });
  const { options } = run.recipe.architecture;
  const compared = await peersOn(found);
  const heldOut = {
    description: about,
    evaluation,
    ...(compared === undefined ? {} : { peers: compared }),
  };
  const { far, inside } = run.evaluation;
  files[id] = Buffer.from(run.model).toString('base64');
  writeFileSync(path.join(PACKAGE, `files/${id}.onnx`), run.model);
  writeFileSync(
    path.join(PAGES, `${id}.md`),
    distill.cardText({
      recipe: run.recipe,
      teacher: found,
      bytes: run.model.length,
      sha256: run.sha256,
      parameters: run.parameters,
      synthetic: run.evaluation,
      heldOut,
    }),
  );
  entries.push({
    id,
    title: run.recipe.title,
    limits: [
      `imitates ${found.name}: it knows nothing that its teacher does not know`,
      'needs the integer features of libvmaf 3.2.0',
      `up to ${distill.figure(evaluation.max)} points off on real video, ${distill.figure(far.max)} far outside its range`,
    ],
    file: `files/${id}.onnx`,
    bytes: run.model.length,
    sha256: run.sha256,
    parameters: run.parameters,
    architecture: { id: run.recipe.architecture.id, version: 1, options },
    tier: run.recipe.tier,
    teacher: { name: found.name, sha256: found.sha256 },
    serves,
    recipe: { id, seed: run.recipe.seed },
    measurements: [
      measured(about, 'tinyvmaf corpus ladder, extract, export', evaluation, true),
      measured(
        'random points within the domain',
        'evaluateSynthetic of @tinyvmaf/distill',
        inside,
        false,
      ),
      measured('random points far outside', 'evaluateSynthetic of @tinyvmaf/distill', far, false),
    ],
  });
  console.log(
    `${id}: ${run.model.length} bytes, RMSE ${evaluation.rmse.toExponential(2)}, max ${evaluation.max.toExponential(2)}, worst ${evaluation.worst.name} ${evaluation.worst.rmse.toExponential(2)}, ${run.cpuSeconds.toFixed(1)} s of CPU`,
  );
}

const registry = { format: 'tinyvmaf-registry', version: 1, models: entries };
must(models.decodeRegistry(registry, 'the new registry'));
writeFileSync(path.join(PACKAGE, 'registry.json'), `${JSON.stringify(registry, null, 2)}\n`);
const module = path.join(PACKAGE, 'src/registry/shipped.ts');
writeFileSync(
  module,
  `/**
 * The registry and the files of its models, so that browsers need no request.
 * Written by tools/scripts/src/release-models.mjs; a test compares it with
 * registry.json and files/.
 */
import type { Registry } from './registry.js';

/** As in registry.json. */
export const REGISTRY: Registry = ${JSON.stringify(registry, null, 2)};

/** Files in base64, by model. */
export const FILES: Readonly<Record<string, string>> = ${JSON.stringify(files, null, 2)};
`,
);
await node([
  binOf('prettier'),
  '--write',
  '--log-level',
  'warn',
  module,
  PACKAGE + '/registry.json',
  PAGES,
]);

/**
 * @param {string} name what the rows are
 * @param {string} provenance
 * @param {import('@tinyvmaf/distill').Evaluation} evaluation
 * @param {boolean} bySource
 */
function measured(name, provenance, { rows: count, rmse, max, p99, plcc, srocc, worst }, bySource) {
  return {
    rows: name,
    count,
    ...(bySource ? { sources } : {}),
    provenance,
    rmse: short(rmse),
    max: short(max),
    p99: short(p99),
    ...(plcc === undefined ? {} : { plcc }),
    ...(srocc === undefined ? {} : { srocc }),
    ...(bySource
      ? { worst: { source: worst.name, rmse: short(worst.rmse), max: short(worst.max) } }
      : {}),
  };
}

/** @param {number} value */
function short(value) {
  return Number(value.toPrecision(3));
}

/**
 * Peers on the same rows; they imitate vmaf_v0.6.1 only.
 * @param {import('@tinyvmaf/distill').Teacher} judge
 */
async function peersOn(judge) {
  if (judge.name !== 'vmaf_v0.6.1') return undefined;
  const students = new Map(
    PEERS.map((name) => {
      const student = readFileSync(path.join(peers ?? '', `${name}.onnx`));
      return [name, { student, bytes: student.length }];
    }),
  );
  return must(await distill.compareTE(students, rows, judge)());
}

/**
 * @template A
 * @param {import('fp-ts').either.Either<import('@tinyvmaf/core').TinyVmafError, A>} result
 * @returns {A}
 */
function must(result) {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
}
