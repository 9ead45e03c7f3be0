/**
 * What `tinyvmaf doctor` says of corpora: which encoders ladders can be built
 * with, and whether the data root that the environment names is there.
 */
import { errorMessage } from '@tinyvmaf/core';
import { either as E, function as F, task as T, taskEither as TE } from 'fp-ts';
import type { Check } from './checks.js';

/** Loaded only here: no other command but `corpus` needs it. */
const corpusLoader = () => import('@tinyvmaf/corpus-loader');

/** The codecs of ladders that the installed ffmpeg can encode. */
export const checkEncoders: T.Task<Check> = async () => {
  const { CODECS, inspectFfmpegTE } = await corpusLoader();
  return F.pipe(
    inspectFfmpegTE(),
    TE.match(
      (error): Check => ({ name: 'encoders', state: 'absent', detail: errorMessage(error) }),
      ({ encoders }) => encodersCheck(Object.values(CODECS), encoders),
    ),
  )();
};

/** Which of these codecs have their encoder. */
export const encodersCheck = (
  codecs: readonly { readonly name: string; readonly encoder: string }[],
  encoders: readonly string[],
): Check => {
  const found = codecs.filter(({ encoder }) => encoders.includes(encoder));
  const missing = codecs.filter(({ encoder }) => !encoders.includes(encoder));
  const lacking = missing.map(({ name, encoder }) => `${name} (${encoder})`).join(', ');
  return {
    name: 'encoders',
    state: found.length > 0 ? 'ok' : 'absent',
    detail: [
      ...(found.length > 0
        ? [`${found.map(({ name }) => name).join(', ')} for corpus ladder`]
        : []),
      ...(lacking === '' ? [] : [`this ffmpeg lacks ${lacking}`]),
    ].join('; '),
  };
};

/** The data root that the environment names; nothing where it names none. */
export const checkDataRoot =
  (env: Readonly<Record<string, string | undefined>>): T.Task<readonly Check[]> =>
  async () => {
    const given = env['VMAF_DATA_ROOT'];
    if (given === undefined || given === '') return [];
    const { resolveDataRoot } = await corpusLoader();
    return F.pipe(
      resolveDataRoot(undefined, env),
      E.match(
        (error): readonly Check[] => [
          { name: 'data root', state: 'absent', detail: `VMAF_DATA_ROOT: ${errorMessage(error)}` },
        ],
        (root) => [{ name: 'data root', state: 'ok', detail: `${root}, by VMAF_DATA_ROOT` }],
      ),
    );
  };
