/**
 * What `tinyvmaf doctor` says of corpora: which encoders ladders can be built
 * with, and whether the data root that the environment names is there. It
 * stands on the whole corpus loader, so it is loaded when it is asked for.
 */
import { errorMessage } from '@tinyvmaf/core';
import { CODECS, inspectFfmpegTE, resolveDataRoot } from '@tinyvmaf/corpus-loader';
import { either as E, function as F, task as T, taskEither as TE } from 'fp-ts';
import type { Check } from './checks.js';

/** The encoders, and the data root where the environment names one. */
export const checkCorpora = (
  env: Readonly<Record<string, string | undefined>>,
): T.Task<readonly Check[]> =>
  F.pipe(
    inspectFfmpegTE(),
    TE.match(
      (error): Check => ({ name: 'encoders', state: 'absent', detail: errorMessage(error) }),
      ({ encoders }) => encodersCheck(encoders),
    ),
    T.map((encoders) => [encoders, ...dataRootCheck(env)]),
  );

/** Which codecs of ladders an ffmpeg with these encoders can make. */
const encodersCheck = (encoders: readonly string[]): Check => {
  const codecs = Object.values(CODECS);
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

const dataRootCheck = (env: Readonly<Record<string, string | undefined>>): readonly Check[] => {
  const given = env['VMAF_DATA_ROOT'];
  if (given === undefined || given === '') return [];
  const name = 'data root';
  return F.pipe(
    resolveDataRoot(undefined, env),
    E.match(
      (error): readonly Check[] => [
        { name, state: 'absent', detail: `VMAF_DATA_ROOT: ${errorMessage(error)}` },
      ],
      (root) => [{ name, state: 'ok', detail: `${root}, by VMAF_DATA_ROOT` }],
    ),
  );
};
