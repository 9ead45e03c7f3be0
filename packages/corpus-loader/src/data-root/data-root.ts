/**
 * The one place that decides where a corpus lies: an option, else an
 * environment variable, else a refusal. No path is built in.
 */
import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ioError, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';

/** Environment variable that holds the data root where the option is not given. */
export const DATA_ROOT_VARIABLE = 'VMAF_DATA_ROOT';

/**
 * The folder of the corpus, absolute, links resolved.
 * @param given the option `--data-root`; it wins over the variable.
 * @param env the environment; `VMAF_DATA_ROOT` is read, empty counts as unset.
 * Left: `BadArgument` naming both where neither is given, or where it is no
 * folder; `Io` where it cannot be reached.
 */
export const resolveDataRoot = (
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): E.Either<TinyVmafError, string> => {
  const variable = env[DATA_ROOT_VARIABLE];
  if (given !== undefined) return realFolder('--data-root', given);
  if (variable !== undefined && variable !== '') return realFolder(DATA_ROOT_VARIABLE, variable);
  return E.left({
    _tag: 'BadArgument',
    argument: '--data-root',
    rule: `must name the folder of the corpus, or the environment variable ${DATA_ROOT_VARIABLE} must; neither is set`,
  });
};

const realFolder = (argument: string, given: string): E.Either<TinyVmafError, string> => {
  if (given === '') {
    return E.left({ _tag: 'BadArgument', argument, rule: 'must name a folder', value: given });
  }
  return F.pipe(
    E.tryCatch(
      () => {
        const root = realpathSync(resolve(given));
        return { root, isFolder: statSync(root).isDirectory() };
      },
      (thrown) => ioError('open', given, thrown),
    ),
    E.chain(({ root, isFolder }) =>
      isFolder
        ? E.right(root)
        : E.left({ _tag: 'BadArgument', argument, rule: 'must name a folder', value: given }),
    ),
  );
};
