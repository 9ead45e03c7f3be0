/**
 * Where the logs of several distorted videos go: a folder, or a name with
 * `{name}` in it, which stands for each video's own name.
 */
import { statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { LogFormat } from './log-options.js';

const EXTENSIONS: Readonly<Record<LogFormat, string>> = {
  xml: 'xml',
  json: 'json',
  csv: 'csv',
  sub: 'sub',
  ndjson: 'ndjson',
};

/** `crf23` for `encodes/crf23.mp4`. */
export const shortName = (path: string): string => basename(path, extname(path));

/**
 * One log file per video.
 * @param template an existing folder, a name that ends in a slash, or one with `{name}`.
 * @returns `BadArgument` for a template that gives one file for all, or for
 * videos of one name.
 */
export const logPaths = (
  template: string,
  videos: readonly string[],
  format: LogFormat,
): E.Either<TinyVmafError, readonly string[]> => {
  const pattern = template.includes('{name}')
    ? template
    : isFolder(template)
      ? join(template, `{name}.${EXTENSIONS[format]}`)
      : undefined;
  if (pattern === undefined) {
    return bad('must be a folder or hold {name} where there are several videos', template);
  }
  const paths = videos.map((video) => pattern.replaceAll('{name}', shortName(video)));
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  return twice === undefined
    ? E.right(paths)
    : bad('would be one file for two videos of the same name', twice);
};

const bad = (rule: string, value: string): E.Either<TinyVmafError, never> =>
  E.left({ _tag: 'BadArgument', argument: '--output', rule, value });

const isFolder = (path: string): boolean => {
  if (/[/\\]$/.test(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
};
