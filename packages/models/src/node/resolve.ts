/**
 * Architectures by name: built in, else a package, else a file. Packages and
 * files are looked for from the caller's folder and imported; they run with the
 * caller's rights, so names come from the user, never from data.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  fromThrown,
  toPromise,
  TinyVmafException,
  tryTask,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Architecture } from '../architecture/architecture.js';
import { BUILT_IN } from '../architecture/built-in.js';
import { checkArchitecture } from '../architecture/check.js';

/** Where names are looked up. */
export interface ResolveOptions {
  /** Folder of the caller; the working directory by default. */
  readonly from?: string;
}

/** How packages of architectures are called: `tinyvmaf-arch-NAME`. */
export const PLUGIN_PREFIX = 'tinyvmaf-arch-';

const PACKAGE = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

/** The `.` entry of a package's exports that `import` takes, else its `main`. */
const entryOf = (folder: string): string | undefined => {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const exported = 'exports' in parsed ? targetOf(parsed.exports) : undefined;
  const main = 'main' in parsed && typeof parsed.main === 'string' ? parsed.main : 'index.js';
  return join(folder, exported ?? main);
};

const targetOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.map(targetOf).find((each) => each !== undefined);
  for (const [condition, target] of Object.entries(value)) {
    if (['.', 'node', 'import', 'module-sync', 'default'].includes(condition)) {
      const found = targetOf(target);
      if (found !== undefined) return found;
    }
  }
  return undefined;
};

/** The file of a package as seen from a folder; `undefined` where it is not installed. */
const findPackage = (name: string, from: string): string | undefined => {
  const caller = join(from, 'package.json');
  try {
    return createRequire(caller).resolve(name);
  } catch {
    // Packages for `import` alone do not resolve that way: walk up by hand.
    for (let folder = from; ; folder = dirname(folder)) {
      const found = join(folder, 'node_modules', name);
      if (existsSync(join(found, 'package.json'))) return entryOf(found);
      if (dirname(folder) === folder) return undefined;
    }
  }
};

/** The entry of a folder that is a package. */
const folderEntry = (folder: string): string | undefined =>
  existsSync(join(folder, 'package.json')) ? entryOf(folder) : undefined;

const load = async (name: string, file: string): Promise<Architecture> => {
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    throw new TinyVmafException({
      _tag: 'ArchitectureApi',
      architecture: name,
      problem: `${file} cannot be imported: ${fromThrown(cause)._tag === 'Internal' && cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
  return unwrap(checkArchitecture(defaultOf(module), name));
};

/** The default export; that of CommonJS made from TypeScript is one deeper. */
const defaultOf = (module: unknown): unknown => {
  const outer = member(module, 'default');
  return member(outer, '__esModule') === true ? member(outer, 'default') : outer;
};

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

/**
 * An architecture by its name: a built-in id, else the package
 * `tinyvmaf-arch-NAME`, else the package NAME (scoped ones too), else the path
 * NAME of a JavaScript file or of a package's folder.
 * @returns `ArchitectureNotFound` with what was tried; `ArchitectureApi` for what
 *   was found and cannot be imported or does not keep the contract.
 */
export const resolveArchitectureTE = (
  name: string,
  { from = '.' }: ResolveOptions = {},
): TE.TaskEither<TinyVmafError, Architecture> =>
  tryTask(async () => {
    const builtIn = BUILT_IN.get(name);
    if (builtIn !== undefined) return builtIn;
    const folder = resolve(from);
    const tried = [`the built-in ${[...BUILT_IN.keys()].join(' ')}`];
    if (PACKAGE.test(name)) {
      const packages = name.startsWith('@') ? [name] : [`${PLUGIN_PREFIX}${name}`, name];
      for (const each of packages) {
        const file = findPackage(each, folder);
        // A bare name may also be one of Node's own modules.
        if (file !== undefined && isAbsolute(file)) return await load(each, file);
        tried.push(`the package ${each}`);
      }
    }
    const path = resolve(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    const file = found?.isDirectory() === true ? folderEntry(path) : path;
    if (found !== undefined && file !== undefined) return await load(name, file);
    tried.push(`the file ${path}`);
    throw new TinyVmafException({ _tag: 'ArchitectureNotFound', name, tried });
  }, `Looking for the architecture ${name}`);

/** {@link resolveArchitectureTE} as a Promise; rejects with `TinyVmafException`. */
export const resolveArchitecture = (
  name: string,
  options?: ResolveOptions,
): Promise<Architecture> => toPromise(resolveArchitectureTE(name, options));
