/**
 * The examples of README and docs, run against the installed packages. Each
 * `js` or `ts` block is a program of its own; those of one page share a folder,
 * which begins with a small pair (`ref.y4m`, `dis.y4m`) and, where `../shared` is
 * there, the teacher's files. What a line
 * `console.log(...); // text` promises must come out, in that order.
 *
 * A block that cannot run is marked by a comment on the line before its fence:
 * `<!-- not run: why -->`.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { verdict } from '../lib/check.mjs';
import { node, publishedPackages, ROOT, run } from '../lib/workspace.mjs';
import { clip, FRAMES, HEIGHT, WIDTH } from './smoke-clip.mjs';

/**
 * @typedef {object} Example
 * @property {string} code
 * @property {number} line of its fence, from 1
 * @property {string[]} promised output lines, in order
 * @property {string} [notRun] why it is not run
 */

const PROMISE = /console\.log\(.*\)[;,]? *\/\/ *(\S.*)$/;
const NOT_RUN = /^<!-- not run: (.+) -->$/;

/**
 * The examples of one page.
 * @param {string} markdown
 * @returns {Example[]}
 */
export const examplesOf = (markdown) => {
  const lines = markdown.split('\n');
  /** @type {Example[]} */
  const found = [];
  for (let i = 0; i < lines.length; i++) {
    if (!/^```(js|ts)\s*$/.test(lines[i] ?? '')) continue;
    const end = lines.indexOf('```', i);
    const code = lines.slice(i + 1, end);
    const before = lines.slice(0, i).filter((line) => line.trim() !== '');
    const notRun = NOT_RUN.exec(before.at(-1) ?? '')?.[1];
    found.push({
      code: code.join('\n'),
      line: i + 1,
      promised: code.flatMap((line) => PROMISE.exec(line)?.[1] ?? []),
      ...(notRun === undefined ? {} : { notRun }),
    });
    i = end;
  }
  return found;
};

/**
 * The first promised line that does not come, in its order.
 * @param {readonly string[]} promised
 * @param {string} output
 * @returns {string | undefined}
 */
export const brokenPromise = (promised, output) => {
  const lines = output.split('\n').map((line) => line.trim());
  let at = 0;
  for (const text of promised) {
    const next = lines.indexOf(text, at);
    if (next < 0) return text;
    at = next + 1;
  }
  return undefined;
};

/** Pages with examples, from the root. */
const pages = () => {
  const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join('docs', name))
    .sort();
  const readmes = publishedPackages().map(({ folder }) =>
    path.join('packages', folder, 'README.md'),
  );
  return ['README.md', ...docs, ...readmes].filter(
    (page) => page.endsWith('.md') && existsSync(path.join(ROOT, page)),
  );
};

const SHARED_TEACHER = path.join(ROOT, '../shared/teacher');

/** What an example says that only runs with the teacher's files. */
const NEEDS_TEACHER = /vmaf_[a-z0-9]*_?v0|teacher|\bscore\(|\bcompare\(/i;

/**
 * A raw 4:2:0 clip as Y4M.
 * @param {Uint8Array} raw
 * @returns {Buffer}
 */
const y4m = (raw) => {
  const frame = raw.length / FRAMES;
  const parts = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F25:1 Ip A1:1 C420jpeg\n`)];
  for (let t = 0; t < FRAMES; t++) {
    parts.push(Buffer.from('FRAME\n'), Buffer.from(raw.subarray(t * frame, (t + 1) * frame)));
  }
  return Buffer.concat(parts);
};

/**
 * @param {string} consumer folder where the packages are installed
 * @returns {Promise<import('../lib/check.mjs').Result[]>} one for each example
 */
export const examples = async (consumer) => {
  const base = path.join(consumer, 'examples');
  const start = path.join(base, 'start');
  mkdirSync(start, { recursive: true });
  writeFileSync(path.join(start, 'ref.y4m'), y4m(clip(0)));
  writeFileSync(path.join(start, 'dis.y4m'), y4m(clip(6)));

  const teacher = existsSync(SHARED_TEACHER);
  const data = path.join(base, 'data');
  if (teacher) {
    for (const name of readdirSync(SHARED_TEACHER).filter((each) => each.endsWith('.json'))) {
      cpSync(path.join(SHARED_TEACHER, name), path.join(start, name));
    }
    const bin = path.join(consumer, 'node_modules/tinyvmaf/bundle/tinyvmaf.js');
    const installed = await node([bin, 'teacher', 'install', '--from', SHARED_TEACHER], {
      cwd: start,
      env: { TINYVMAF_DATA_DIR: data },
    });
    if (installed.status !== 0) throw new Error(installed.output);
  }
  const required = (process.env['TINYVMAF_REQUIRE'] ?? '').split(',').includes('shared');

  /** @type {import('../lib/check.mjs').Result[]} */
  const results = [];
  for (const [index, page] of pages().entries()) {
    const folder = path.join(base, String(index));
    cpSync(start, folder, { recursive: true });
    for (const example of examplesOf(readFileSync(path.join(ROOT, page), 'utf8'))) {
      const name = `example ${page}:${example.line}`;
      const lacking = !teacher && !required && NEEDS_TEACHER.test(example.code);
      const reason = example.notRun ?? (lacking ? '../shared not present' : undefined);
      if (reason !== undefined) {
        results.push({ name, status: 'skipped', detail: reason });
        continue;
      }
      const { outputText } = ts.transpileModule(example.code, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      const file = path.join(folder, `line-${example.line}.mjs`);
      writeFileSync(file, outputText);
      const { status, output, stdout } = await run(process.execPath, [file], {
        cwd: folder,
        env: { TINYVMAF_DATA_DIR: data, FORCE_COLOR: undefined, NO_COLOR: '1' },
        timeoutMs: 120_000,
      });
      const broken = brokenPromise(example.promised, stdout);
      results.push(
        status !== 0
          ? verdict(name, false, output.trim())
          : verdict(
              name,
              broken === undefined,
              broken === undefined ? '' : `promises: ${broken}\nprints:\n${stdout.trim()}`,
            ),
      );
    }
  }
  return results;
};
