/**
 * Model files on disk, and the files of weights that some of them need: read
 * whole, regular files only, bounded, and nothing from outside the model's
 * folder, whatever the model says. Functions throw `TinyVmafException`.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { errnoOf, ioError, TinyVmafException, unwrap } from '@tinyvmaf/core';
import { MAX_ONNX_BYTES, readOnnx } from '../onnx/read.js';

/** A model file with what belongs to it. */
export interface ModelFile {
  /** Absolute path. */
  readonly path: string;
  /** Bytes of the file itself. */
  readonly bytes: Uint8Array;
  /** Files of weights beside it, by the names that the model gives them. */
  readonly external: ReadonlyMap<string, ExternalFile>;
}

/** A file of weights. */
export interface ExternalFile {
  /** Absolute path. */
  readonly path: string;
  /** All its bytes. */
  readonly bytes: Uint8Array;
}

const readBounded = async (path: string): Promise<Uint8Array> => {
  try {
    const found = await stat(path);
    const refuse = (problem: string): never => {
      throw new TinyVmafException({ _tag: 'Io', operation: 'read', target: path, problem });
    };
    if (found.isDirectory()) return refuse('it is a directory, not a file');
    if (!found.isFile()) return refuse('it is not a regular file');
    if (found.size > MAX_ONNX_BYTES) {
      return refuse(`it has ${found.size} bytes; at most ${MAX_ONNX_BYTES} are read`);
    }
    return await readFile(path);
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
};

/** Whether a path leads out of a folder. */
const isOutside = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
};

/** The file that a model means, inside the model's folder after links are resolved. */
const findBeside = async (model: string, location: string): Promise<string> => {
  const folder = dirname(model);
  const path = resolve(folder, location);
  // Backslashes and drives lead elsewhere on other systems; a model must not depend on that.
  const plain = !isAbsolute(location) && !location.includes('\\') && !/^[A-Za-z]:/.test(location);
  if (!plain || isOutside(folder, path) || location.includes('\0')) {
    throw new TinyVmafException({ _tag: 'PathOutsideRoot', path: location, root: folder });
  }
  try {
    const [root, target] = await Promise.all([realpath(folder), realpath(path)]);
    if (isOutside(root, target)) {
      throw new TinyVmafException({
        _tag: 'PathOutsideRoot',
        path: location,
        target,
        root: folder,
      });
    }
    return target;
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT') throw new TinyVmafException(ioError('read', path, thrown));
    throw new TinyVmafException({
      _tag: 'ModelFormat',
      source: model,
      path: `external data ${JSON.stringify(location)}`,
      problem: `its weights were looked for in ${path}, and there is no such file`,
      cause: thrown,
    });
  }
};

/**
 * Reads a model file and the files of weights it names.
 * @throws TinyVmafException `Io`; `ModelFormat` for bytes that are no model or
 *   weights that are not there; `PathOutsideRoot` for weights outside its folder.
 */
export const readModelFile = async (given: string): Promise<ModelFile> => {
  const path = resolve(given);
  const bytes = await readBounded(path);
  const { initializers } = unwrap(readOnnx(bytes, { source: given }));
  const locations = new Set(initializers.flatMap((each) => each.external?.location ?? []));
  const external = new Map<string, ExternalFile>();
  let left = MAX_ONNX_BYTES;
  for (const location of locations) {
    const file = await readBounded(await findBeside(path, location));
    left -= file.length;
    if (left < 0) {
      throw new TinyVmafException({
        _tag: 'ModelFormat',
        source: given,
        path: 'external data',
        problem: `more than ${MAX_ONNX_BYTES} bytes in other files`,
      });
    }
    external.set(location, { path: join(dirname(path), location), bytes: file });
  }
  return { path, bytes, external };
};
