/**
 * A run's folder: the recipe, the log, the checkpoint from which it goes on
 * after any interruption, and what comes out of it. Every file appears whole,
 * and none but `timing.json` holds anything that differs from run to run.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeWith,
  errnoOf,
  ioError,
  issuesText,
  TinyVmafException,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { isTemporary, writeFileAtomic } from '@tinyvmaf/corpus-loader';
import * as t from 'io-ts';

/** Names of the files of a run. */
export const RUN_FILES = {
  recipe: 'recipe.json',
  log: 'log.ndjson',
  checkpoint: 'checkpoint.json',
  model: 'model.onnx',
  evaluation: 'evaluation.json',
  curve: 'loss.svg',
  card: 'card.md',
  timing: 'timing.json',
} as const;

const checkpointCodec = t.strict({
  format: t.literal('tinyvmaf-checkpoint'),
  version: t.literal(1),
  /** SHA-256 of the teacher that the run began with. */
  teacher: t.string,
  /** Lines of the log that belong to this state. */
  lines: t.number,
  /** CPU time so far, seconds. */
  cpuSeconds: t.number,
  /** What the trainer saved. */
  job: t.unknown,
});

/** A run between two steps. */
export type Checkpoint = t.TypeOf<typeof checkpointCodec>;

/** Text of a file of the run; `undefined` where there is none. */
export const readText = async (out: string, name: string): Promise<string | undefined> => {
  const path = join(out, name);
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return undefined;
    throw new TinyVmafException(ioError('read', path, thrown));
  }
};

/**
 * Opens a run's folder for a recipe; makes it where it is missing.
 * @returns whether there was such a run already.
 * @throws TinyVmafException `BadArgument` where the folder holds another run or
 *   anything else; `Io`.
 */
export const openRun = async (out: string, recipe: string): Promise<boolean> => {
  const refuse = (rule: string): never => {
    throw new TinyVmafException({ _tag: 'BadArgument', argument: 'out', rule, value: out });
  };
  try {
    await mkdir(out, { recursive: true });
  } catch (thrown) {
    throw new TinyVmafException(ioError('write', out, thrown));
  }
  const before = await readText(out, RUN_FILES.recipe);
  if (before === undefined) {
    // Temporary files of a run that was stopped in its first moment do not count.
    const others = (await readdir(out)).filter((name) => !isTemporary(name));
    if (others.length > 0)
      refuse('must be a new or empty folder, or one of a run with this recipe');
    await writeFileAtomic(join(out, RUN_FILES.recipe), recipe);
    return false;
  }
  if (before !== recipe) {
    refuse('holds a run with another recipe; give another folder, or remove it first');
  }
  return true;
};

/** The checkpoint of a run; `undefined` where there is none yet. Throws `TableFormat`, `Io`. */
export const readCheckpoint = async (out: string): Promise<Checkpoint | undefined> => {
  const text = await readText(out, RUN_FILES.checkpoint);
  if (text === undefined) return undefined;
  const source = join(out, RUN_FILES.checkpoint);
  const fail = (problem: string): TinyVmafError => ({
    _tag: 'TableFormat',
    source,
    place: 'the checkpoint',
    problem: `${problem}; remove it to start the run again`,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TinyVmafException(fail('is not JSON'));
  }
  return unwrap(decodeWith(checkpointCodec, value, (issues) => fail(issuesText(issues))));
};

/** Writes log and checkpoint, in this order: the checkpoint says how much of the log counts. */
export const writeCheckpoint = async (
  out: string,
  log: readonly string[],
  checkpoint: Omit<Checkpoint, 'format' | 'version' | 'lines'>,
): Promise<void> => {
  await writeFileAtomic(join(out, RUN_FILES.log), log.map((line) => `${line}\n`).join(''));
  const whole: Checkpoint = {
    format: 'tinyvmaf-checkpoint',
    version: 1,
    lines: log.length,
    ...checkpoint,
  };
  await writeFileAtomic(join(out, RUN_FILES.checkpoint), `${JSON.stringify(whole)}\n`);
};

/** The lines of the log that belong to a checkpoint. Throws `TableFormat` where some are missing. */
export const readLog = async (out: string, lines: number): Promise<string[]> => {
  const text = (await readText(out, RUN_FILES.log)) ?? '';
  const all = text.split('\n').slice(0, -1);
  if (all.length < lines) {
    throw new TinyVmafException({
      _tag: 'TableFormat',
      source: join(out, RUN_FILES.log),
      place: 'the log',
      problem: `has ${all.length} lines, the checkpoint counts ${lines}; remove ${RUN_FILES.checkpoint} to start the run again`,
    });
  }
  return all.slice(0, lines);
};

/** Removes what writers left that were killed. */
export const removePartial = async (out: string): Promise<void> => {
  for (const name of await readdir(out)) {
    if (isTemporary(name)) await rm(join(out, name), { force: true });
  }
};
