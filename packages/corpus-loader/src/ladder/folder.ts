/**
 * The sources in a folder: the excerpts that its SOURCES.json names, else
 * every video file in it, whole.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeWith,
  errnoOf,
  ioError,
  issuesText,
  TinyVmafException,
  toPromise,
  tryTask,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import * as t from 'io-ts';
import { idKey, idOfFile } from './names.js';
import { exactRate, fromDecimal, toRate } from './rational.js';
import { parseJson } from './record.js';
import type { SourceSpec } from './source.js';

/** Name of the list of excerpts. */
export const SOURCES_FILE = 'SOURCES.json';

const VIDEO =
  /\.(?:mp4|m4v|mov|mkv|webm|avi|ts|m2ts|mts|mpe?g|m2v|264|h264|avc|265|h265|hevc|ivf|obu|y4m|flv|ogv|wmv|mxf|3gp)$/iu;

const Excerpt = t.type({ id: t.string, start_frame: t.number, frames: t.number });

const Listed = t.intersection([
  t.type({
    file: t.string,
    width: t.number,
    height: t.number,
    fps: t.number,
    excerpts: t.array(Excerpt),
  }),
  t.partial({ tags: t.array(t.string) }),
]);

const SourcesFile = t.type({ sources: t.array(Listed) });

/**
 * Reads a folder of sources. Left: Io, TableFormat for a SOURCES.json that is
 * not one, CorpusLayout for a folder without videos.
 */
export const readSourceFolderTE = (
  folder: string,
): TE.TaskEither<TinyVmafError, readonly SourceSpec[]> =>
  tryTask(async () => {
    const text = await readSources(folder);
    const specs = text === undefined ? await videosIn(folder) : excerptsOf(text, folder);
    if (specs.length > 0) return specs;
    throw new TinyVmafException({
      _tag: 'CorpusLayout',
      source: folder,
      problem: `holds no ${SOURCES_FILE} and no video file`,
      remedy: 'Name a folder whose files are videos (mp4, mov, mkv, webm, y4m, ...).',
    });
  }, 'Reading the folder of sources');

/** {@link readSourceFolderTE} as a Promise; rejects with `TinyVmafException`. */
export const readSourceFolder = (folder: string): Promise<readonly SourceSpec[]> =>
  toPromise(readSourceFolderTE(folder));

const readSources = async (folder: string): Promise<string | undefined> => {
  const path = join(folder, SOURCES_FILE);
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return undefined;
    throw new TinyVmafException(ioError('read', path, thrown));
  }
};

const excerptsOf = (text: string, folder: string): readonly SourceSpec[] => {
  const path = join(folder, SOURCES_FILE);
  const wrong = (place: string, problem: string): TinyVmafError => ({
    _tag: 'TableFormat',
    source: path,
    place,
    problem,
  });
  const { sources } = unwrap(
    decodeWith(SourcesFile, parseJson(text), (issues) =>
      wrong(issues[0]?.path || 'the file', issuesText(issues)),
    ),
  );
  return sources.flatMap((source) => {
    const fps = fromDecimal(String(source.fps));
    if (fps === undefined || fps.n === 0n) {
      throw new TinyVmafException(
        wrong(`${source.file}, fps`, `must be above 0, got ${source.fps}`),
      );
    }
    const { file, width, height } = source;
    return source.excerpts.map(({ id, start_frame: start, frames }) => {
      const right = [width, height, frames].every((n) => Number.isInteger(n) && n > 0);
      if (!right || !Number.isInteger(start) || start < 0) {
        throw new TinyVmafException(
          wrong(
            id,
            `width, height and frames must be integers above 0 and start_frame one from 0 up, got ${width}, ${height}, ${frames}, ${start}`,
          ),
        );
      }
      return {
        id,
        file,
        start,
        frames,
        width,
        height,
        frameRate: toRate(exactRate(fps)),
        tags: source.tags ?? [],
      };
    });
  });
};

const videosIn = async (folder: string): Promise<readonly SourceSpec[]> => {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', folder, thrown));
  }
  const taken = new Set<string>();
  return names
    .filter((name) => !name.startsWith('.') && VIDEO.test(name))
    .sort()
    .map((file) => {
      const id = unused(idOfFile(file), taken);
      taken.add(idKey(id));
      return { id, file };
    });
};

/** The id, with a number where another file has it already. */
const unused = (id: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(idKey(id))) return id;
  for (let n = 2; ; n++) if (!taken.has(idKey(`${id}-${n}`))) return `${id}-${n}`;
};
