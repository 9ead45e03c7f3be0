/**
 * Bundles the command: what `packages/tinyvmaf/dist/bin.js` loads, and the
 * script of the workers, become a few files in `packages/tinyvmaf/bundle`, so
 * that a start reads those instead of some hundred modules (adr/0016). Made from
 * what the compiler built, so the command computes with the code that importers
 * get. The licences of the packages that are in it are written beside it.
 *
 *     node tools/scripts/src/bundle.mjs
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { runAlone, verdict } from './lib/check.mjs';
import { readJson, ROOT } from './lib/workspace.mjs';

/** Where the bundle is. */
export const BUNDLE = path.join(ROOT, 'packages/tinyvmaf/bundle');

/**
 * The files that are started. The pool looks for `worker.js` beside the file it
 * is in, so all are in one folder.
 */
const ENTRIES = {
  tinyvmaf: path.join(ROOT, 'packages/tinyvmaf/dist/bin.js'),
  worker: path.join(ROOT, 'packages/features/dist/node/pool/worker.js'),
};

/**
 * What is left outside and loaded only when it is needed: native packages that
 * may be absent, one under the MPL, one that only downloads need, and training,
 * which reads recipes beside its own modules.
 */
export const LEFT_OUT = [
  '@napi-rs/webcodecs',
  '@tinyvmaf/distill',
  'mediabunny',
  'onnxruntime-node',
  'undici',
];

/** Licences that ask for no more than their text. */
const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];

/** The file with the licences of others. */
export const NOTICES = 'THIRD-PARTY.md';

/**
 * The package of a module in node_modules.
 * @param {string} id path of a module
 * @returns {string | undefined}
 */
export const packageOf = (id) =>
  /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1];

/**
 * The licence of a package, as it came with it.
 * @param {string} name
 * @returns {{ version: string, license: string, text: string | undefined }}
 */
const licenceOf = (name) => {
  const folder = path.join(ROOT, 'node_modules', name);
  const { version, license } = readJson(path.join(folder, 'package.json'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
  return {
    version,
    license,
    text: file && readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim(),
  };
};

/**
 * The notices of the packages in a bundle.
 * @param {readonly string[]} names
 * @returns {{ text: string, complaints: string[] }}
 */
export const notices = (names) => {
  const parts = ['# Packages in this folder\n\nTheir licences, as they came with them.\n'];
  const complaints = [];
  for (const name of names) {
    const { version, license, text } = licenceOf(name);
    if (!PERMISSIVE.includes(license)) {
      complaints.push(`${name} is under ${license}, which the bundle cannot hold`);
    }
    if (text === undefined) complaints.push(`${name} comes without the text of its licence`);
    parts.push(`## ${name} ${version} (${license})\n\n\`\`\`text\n${text}\n\`\`\`\n`);
  }
  return { text: parts.join('\n'), complaints };
};

/**
 * What a chunk loads that it must not.
 * @param {import('rolldown').OutputChunk} chunk
 * @param {ReadonlySet<string>} own names of the bundle's files
 * @returns {string[]}
 */
const importComplaints = ({ fileName, imports, dynamicImports }, own) => {
  /** @param {string} id */
  const known = (id) => own.has(id) || id.startsWith('node:') || builtinModules.includes(id);
  return [
    ...imports
      .filter((id) => !known(id))
      .map((id) => `${fileName} loads ${id} at the start, which is not in the bundle`),
    ...dynamicImports
      .filter((id) => !known(id) && !LEFT_OUT.includes(id))
      .map((id) => `${fileName} loads ${id}, which is neither in the bundle nor left out by name`),
  ];
};

/** A running command may read the file at any time, so it appears as a whole; it may be started by name. @param {string} file @param {string} text */
const writeWhole = (file, text) => {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o755 });
  renameSync(draft, file);
};

/**
 * Makes the bundle.
 * @param {string} [folder] where it goes
 * @returns {Promise<import('./lib/check.mjs').Result[]>}
 */
export const bundleCommand = async (folder = BUNDLE) => {
  const missing = Object.values(ENTRIES).find((file) => !existsSync(file));
  if (missing !== undefined) {
    return [
      verdict('bundle', false, `${path.relative(ROOT, missing)} is not built: npm run build`),
    ];
  }
  /** @type {string[]} */
  const complaints = [];
  const bundler = await rolldown({
    cwd: ROOT,
    input: ENTRIES,
    platform: 'node',
    // fp-ts and io-ts have ES modules, of which what is not used can be left out.
    resolve: { mainFields: ['module', 'main'] },
    external: LEFT_OUT,
    onLog: (level, log) => {
      if (level === 'warn') complaints.push(log.message);
    },
  });
  // Not minified: names and lines of stack traces stay what a reader can look up.
  const { output } = await bundler.generate({
    format: 'esm',
    chunkFileNames: '[name].js',
    comments: { legal: true, annotation: false, jsdoc: false },
  });
  await bundler.close();

  const chunks = output.flatMap((each) => (each.type === 'chunk' ? [each] : []));
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const packages = new Set(
    chunks.flatMap(({ modules }) => Object.keys(modules).flatMap((id) => packageOf(id) ?? [])),
  );
  const { text, complaints: unlicensed } = notices([...packages].sort());
  complaints.push(...unlicensed, ...chunks.flatMap((chunk) => importComplaints(chunk, own)));
  // An older bundle would pass for a new one.
  if (complaints.length > 0) rmSync(folder, { recursive: true, force: true });
  else {
    mkdirSync(folder, { recursive: true });
    for (const { fileName, code } of chunks) writeWhole(path.join(folder, fileName), code);
    writeWhole(path.join(folder, NOTICES), text);
    for (const file of readdirSync(folder)) {
      if (file !== NOTICES && !own.has(file)) rmSync(path.join(folder, file));
    }
  }
  const bytes = chunks.reduce((sum, { code }) => sum + code.length, 0);
  return [
    verdict(
      'bundle of the command',
      complaints.length === 0,
      complaints.join('\n') || `${chunks.length} files, ${bytes} bytes`,
    ),
  ];
};

await runAlone(import.meta.url, 'bundle', () => bundleCommand());
