/**
 * Manifests that a ladder builder writes: `tiny-ladder/1`. Sizes, exact rates,
 * numbers of frames and hashes of references and clips; all raw, of the
 * reference's size.
 */
import { decodeWith, issuesText, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import { Finite, PixFmt, Positive, Rate, scalars, Sha256, Side, Text } from './manifest-codecs.js';
import type { StatedSource } from './stated.js';

/** Name and version of the format. */
export const LADDER_FORMAT = 'tiny-ladder/1';

const Clip = t.intersection([t.type({ dis: Text, sha256: Sha256 }), t.UnknownRecord]);

const LadderSource = t.intersection([
  t.type({
    source: Text,
    ref: Text,
    width: Side,
    height: Side,
    fps: Rate,
    frames: Positive,
    pix_fmt: PixFmt,
    sha256: Sha256,
    clips: t.readonlyArray(Clip),
  }),
  t.partial({ file: t.string, start_frame: Finite, tags: t.readonlyArray(t.string) }),
]);

const Ladder = t.type({
  format: t.literal(LADDER_FORMAT),
  sources: t.readonlyArray(LadderSource),
});

// The builder's words for what other layouts call otherwise.
const RENAMED: Readonly<Record<string, string>> = { label: 'quality', encode_height: 'height' };

const CLIP_KEYS = new Set(['dis', 'sha256']);

const clipMetadata = (clip: Readonly<Record<string, unknown>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(scalars(clip, CLIP_KEYS)).map(([key, value]) => [RENAMED[key] ?? key, value]),
  );

/** Reads a decoded JSON document. Left: `TableFormat` with the paths of what is wrong. */
export const readLadderManifest = (
  document: unknown,
  source: string,
): E.Either<TinyVmafError, readonly StatedSource[]> =>
  F.pipe(
    decodeWith(Ladder, document, (issues) => ({
      _tag: 'TableFormat',
      source,
      place: issues[0]?.path ?? 'the document',
      problem: issuesText(issues),
    })),
    E.map(({ sources }) =>
      sources.map((entry) => {
        const { width, height, pix_fmt, fps, frames } = entry;
        const common = { format: { width, height, ...pix_fmt }, frameRate: fps, frames };
        return {
          id: entry.source,
          reference: { ...common, path: entry.ref, sha256: entry.sha256 },
          rungs: entry.clips.map((clip) => ({
            file: { ...common, path: clip.dis, sha256: clip.sha256 },
            metadata: clipMetadata(clip),
            labels: [],
          })),
          metadata: {
            ...(entry.file === undefined ? {} : { file: entry.file }),
            ...(entry.start_frame === undefined ? {} : { start_frame: entry.start_frame }),
            ...(entry.tags === undefined ? {} : { tags: entry.tags.join(' ') }),
          },
          labels: [],
        };
      }),
    ),
  );
