/**
 * Finding the file of a model version: where the caller says, where the
 * environment says, in tinyvmaf's data folder, and where an installed libvmaf
 * keeps its own. What is not found is an error that says where it was looked
 * for; another model is never taken instead.
 */
import { basename, join, resolve } from 'node:path';
import { toPromise, TinyVmafException, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { knownByHash, knownModel, knownNames, type KnownModel } from '../known/index.js';
import { kindOf, readBounded, sha256Of } from './files.js';
import { dataFolder, environmentModel, modelsFolder, thisMachine, type Machine } from './places.js';

/** Where to look. */
export interface FindOptions {
  /** A model file or a folder of them, looked at first (`--teacher`). */
  readonly teacher?: string;
  /** tinyvmaf's data folder. Default: see `dataFolder`. */
  readonly dataDir?: string;
  /** Default: the machine the program runs on. */
  readonly machine?: Machine;
}

/** Kind of place a file was found in. */
export type Place = 'path' | 'teacher' | 'environment' | 'data' | 'system';

/** A model file that was found and read. */
export interface LocatedModel {
  /** Absolute path of the file. */
  readonly path: string;
  /** Where it was found. */
  readonly place: Place;
  /** Content of the file. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, 64 hexadecimal digits. */
  readonly sha256: string;
  /** The known model with exactly this content, if any. */
  readonly known?: KnownModel;
  /** Things worth saying, such as a content that is not the published one. */
  readonly warnings: readonly string[];
}

/**
 * Finds and reads the file of a version.
 * @returns left `ModelNotFound` where there is none, `HashMismatch` where the file in the data
 * folder is not the published one, `Io` where a file is there but cannot be read.
 */
export const locateModelTE = (
  version: string,
  options: FindOptions = {},
): TE.TaskEither<TinyVmafError, LocatedModel> =>
  tryTask(() => locate(version, options), 'Looking for the model');

/** Promise form of {@link locateModelTE}. */
export const locateModel = (version: string, options: FindOptions = {}): Promise<LocatedModel> =>
  toPromise(locateModelTE(version, options));

/** A file that was read, with its hash. */
export const located = (
  path: string,
  place: Place,
  bytes: Uint8Array,
  warnings: readonly string[] = [],
): LocatedModel => {
  const sha256 = sha256Of(bytes);
  const known = knownByHash(sha256);
  return { path, place, bytes, sha256, warnings, ...(known === undefined ? {} : { known }) };
};

/** Places to look in, first one first. */
interface Candidate {
  readonly place: Place;
  /** A file or a folder. */
  readonly at: string;
}

/** The places for a set of options, first one first. */
export const candidates = (options: FindOptions): readonly Candidate[] => {
  const machine = options.machine ?? thisMachine();
  const environment = environmentModel(machine);
  const data = options.dataDir ?? dataFolder(machine);
  return [
    ...(options.teacher === undefined
      ? []
      : [{ place: 'teacher' as const, at: resolve(options.teacher) }]),
    ...(environment === undefined
      ? []
      : [{ place: 'environment' as const, at: resolve(environment) }]),
    { place: 'data', at: modelsFolder(resolve(data)) },
    ...machine.systemFolders.map((at) => ({ place: 'system' as const, at })),
  ];
};

/** Names under which the file of a version may lie in a folder. */
export const fileNames = (version: string): readonly string[] => {
  const file = knownModel(version)?.file;
  return [...new Set([...(file === undefined ? [] : [file]), `${version}.json`])];
};

const locate = async (version: string, options: FindOptions): Promise<LocatedModel> => {
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(version)) {
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: 'version',
      rule: 'must be letters, digits and . _ + -',
      value: version,
    });
  }
  const places = candidates(options);
  for (const candidate of places) {
    const found = await lookIn(version, candidate);
    if (found !== undefined) return checked(version, found);
  }
  throw new TinyVmafException(notFound(version, places));
};

const lookIn = async (
  version: string,
  { place, at }: Candidate,
): Promise<LocatedModel | undefined> => {
  const kind = await kindOf(at);
  if (kind === 'folder') return lookInFolder(version, place, at);
  if (kind === 'file' && place !== 'data' && place !== 'system') {
    const file = located(at, place, await readBounded(at));
    const isIt = fileNames(version).some((name) => basename(name) === basename(at));
    if (isIt || file.known?.version === version) return file;
  }
  // What the caller names must be there and be the model; other places may lack it.
  if (place !== 'teacher') return undefined;
  throw new TinyVmafException({
    _tag: 'ModelNotFound',
    name: version,
    problem: kind === undefined ? `cannot come from ${at}: nothing is there` : `is not ${at}`,
    remedy: 'Name a file with --model path=FILE, or the folder that holds the model.',
  });
};

const lookInFolder = async (
  version: string,
  place: Place,
  folder: string,
): Promise<LocatedModel | undefined> => {
  for (const name of fileNames(version)) {
    const path = join(folder, name);
    const bytes = await readBounded(path, true);
    if (bytes !== undefined) return located(path, place, bytes);
  }
  return undefined;
};

/** A known version's content is the pinned one; elsewhere than in our folder a difference is told. */
const checked = (version: string, found: LocatedModel): LocatedModel => {
  const expected = knownModel(version)?.sha256;
  if (expected === undefined || expected === found.sha256) return found;
  if (found.place === 'data') {
    throw new TinyVmafException({
      _tag: 'HashMismatch',
      source: found.path,
      expected,
      actual: found.sha256,
      hint: `Install it again: tinyvmaf teacher install --model ${version}`,
    });
  }
  const warning = `${found.path} is not the published ${version}: SHA-256 should be ${expected}, is ${found.sha256}`;
  return { ...found, warnings: [...found.warnings, warning] };
};

const notFound = (version: string, places: readonly Candidate[]): TinyVmafError => {
  // Where libvmaf keeps its own is a long list that helps nobody.
  const own = places.filter(({ place }) => place !== 'system').map(({ at }) => at);
  const looked = `looked in ${own.join(', ')} and libvmaf's folders`;
  const known = knownModel(version);
  return {
    _tag: 'ModelNotFound',
    name: version,
    problem:
      known === undefined
        ? `is not known, and there is no file of that name (${looked})`
        : `is not on this machine (${looked})`,
    remedy:
      known === undefined
        ? `Known are ${knownNames()}; for a file use path=FILE.`
        : known.installedByDefault
          ? 'Install it: tinyvmaf teacher install'
          : `Install it: tinyvmaf teacher install --model ${version}`,
  };
};
