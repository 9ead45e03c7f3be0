/**
 * Opinion scores that Netflix publishes with VMAF, as JSON: the NFLX public
 * data set (DMOS on 0..100 with the hidden reference at 100; single clips lie
 * above) and VQEG HDTV test 3 (DMOS on 1..5; single clips lie above, and some
 * have votes only). The votes are raw, 1..5, one a subject.
 */
import { decodeWith, issuesText, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import type { LabelScale } from '../corpus/label.js';
import { contentGroup } from '../layouts/group.js';
import { Finite, scalars, Text } from '../layouts/manifest-codecs.js';
import type { ImportedClip, ImportedTable } from './imported.js';

/** Names of the data sets in their files, ours, and their scales. */
const SETS = {
  NFLX_public: {
    dataset: 'nflx-public',
    scale: { min: 0, max: 100, direction: 'higher-is-better', open: true },
  },
  VQEGHD3: {
    dataset: 'vqeghd3',
    scale: { min: 1, max: 5, direction: 'higher-is-better', open: true },
  },
} as const satisfies Record<string, { readonly dataset: string; readonly scale: LabelScale }>;

const Votes = t.readonlyArray(Finite);

const Clip = t.intersection([
  t.type({ file: Text, content_name: Text, dmos: Finite, opinion_scores: Votes }),
  t.partial({ is_reference: t.boolean }),
  t.UnknownRecord,
]);

const VotesOnly = t.intersection([
  t.type({ file: Text, opinion_scores: Votes }),
  t.partial({ content_name: Text }),
]);

const Document = t.intersection([
  t.type({
    dataset: t.keyof({ NFLX_public: null, VQEGHD3: null }),
    clips: t.readonlyArray(Clip),
  }),
  t.partial({ votes_without_dmos: t.readonlyArray(VotesOnly) }),
]);

const KNOWN = new Set(['file', 'content_name', 'dmos']);

const clipOf = (
  clip: t.TypeOf<typeof Clip>,
  set: (typeof SETS)[keyof typeof SETS],
): ImportedClip => ({
  clip: clip.file,
  names: [clip.file],
  source: clip.content_name,
  group: contentGroup(clip.content_name),
  label: {
    name: 'dmos',
    dataset: set.dataset,
    value: clip.dmos,
    scale: set.scale,
    votes: clip.opinion_scores,
  },
  ...(clip.is_reference === true ? { isReference: true } : {}),
  metadata: scalars(clip, KNOWN),
});

/** Reads a decoded JSON document. Left: `TableFormat` with the place of what is wrong. */
export const readNetflixJson = (
  document: unknown,
  path: string,
): E.Either<TinyVmafError, ImportedTable> =>
  F.pipe(
    decodeWith(Document, document, (issues) => ({
      _tag: 'TableFormat',
      source: path,
      place: issues[0]?.path || 'the document',
      problem: issuesText(issues),
    })),
    E.map(({ dataset, clips, votes_without_dmos = [] }) => {
      const set = SETS[dataset];
      return {
        path,
        kind: 'labels',
        dataset: set.dataset,
        clips: [
          ...clips.map((clip) => clipOf(clip, set)),
          ...votes_without_dmos.map((clip) => ({
            clip: clip.file,
            names: [clip.file],
            ...(clip.content_name === undefined ? {} : { source: clip.content_name }),
            votes: clip.opinion_scores,
            metadata: {},
          })),
        ],
        findings: [],
      };
    }),
  );
