/**
 * Manifests written by hand as JSON: `tiny-corpus/1`. Every member is known: a
 * misspelt one is an error, not a default.
 */
import { decodeWith, issuesText, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import type { Metadata } from '../corpus/corpus.js';
import type { Label, LabelScale } from '../corpus/label.js';
import { offScale } from '../labels/scale.js';
import {
  Finite,
  Geometry,
  Positive,
  Rate,
  Scale,
  Sha256,
  Text,
  unknownKey,
} from './manifest-codecs.js';
import type { StatedFile, StatedSource } from './stated.js';

/** Name and version of the format. */
export const CORPUS_FORMAT = 'tiny-corpus/1';

const MetadataCodec = t.readonly(t.record(t.string, t.union([t.string, Finite])));

const LabelCodec = t.intersection([
  t.type({ value: Finite }),
  t.partial({
    name: Text,
    dataset: Text,
    scale: Scale,
    ci: Finite,
    votes: t.readonlyArray(Finite),
    voteCount: Positive,
    restriction: t.literal('evaluation-only'),
  }),
]);

const FILE = { geometry: Geometry, fps: Rate, frames: Positive, sha256: Sha256 };

const ClipCodec = t.intersection([
  t.type({ file: Text }),
  t.partial({
    ...FILE,
    clip: Text,
    metadata: MetadataCodec,
    labels: t.readonlyArray(LabelCodec),
  }),
]);

const SourceCodec = t.intersection([
  t.type({ source: Text }),
  t.partial({
    ...FILE,
    reference: Text,
    group: Text,
    clips: t.readonlyArray(ClipCodec),
    metadata: MetadataCodec,
    labels: t.readonlyArray(LabelCodec),
  }),
]);

const CorpusCodec = t.intersection([
  t.type({ format: t.literal(CORPUS_FORMAT), sources: t.readonlyArray(SourceCodec) }),
  t.partial({ geometry: Geometry, fps: Rate, scale: Scale, dataset: Text, comment: t.string }),
]);

const TOP = new Set(['format', 'sources', 'geometry', 'fps', 'scale', 'dataset', 'comment']);
const SOURCE = new Set(
  'source geometry fps frames sha256 reference group clips metadata labels'.split(' '),
);
const CLIP = new Set('file geometry fps frames sha256 clip metadata labels'.split(' '));
const LABEL = new Set('name dataset value scale ci votes voteCount restriction'.split(' '));

type CorpusDocument = t.TypeOf<typeof CorpusCodec>;
type SourceDocument = t.TypeOf<typeof SourceCodec>;
type LabelDocument = t.TypeOf<typeof LabelCodec>;

/** A misspelt member: where, and its name. */
const misspelt = (
  document: CorpusDocument,
): { readonly place: string; readonly key: string } | undefined => {
  const places: [string, Readonly<Record<string, unknown>>, ReadonlySet<string>][] = [
    ['the document', document, TOP],
  ];
  const labels = (place: string, list: readonly LabelDocument[] = []): void => {
    for (const [i, label] of list.entries()) places.push([`${place}.labels.${i}`, label, LABEL]);
  };
  for (const [i, source] of document.sources.entries()) {
    const place = `sources.${i}`;
    places.push([place, source, SOURCE]);
    labels(place, source.labels);
    for (const [j, clip] of (source.clips ?? []).entries()) {
      places.push([`${place}.clips.${j}`, clip, CLIP]);
      labels(`${place}.clips.${j}`, clip.labels);
    }
  }
  for (const [place, value, known] of places) {
    const key = unknownKey(value, known);
    if (key !== undefined) return { place, key };
  }
  return undefined;
};

/** A label, or why it is none. */
const labelOf = (
  label: LabelDocument,
  document: CorpusDocument,
  fallback: string,
): E.Either<string, Label> => {
  const scale: LabelScale | undefined = label.scale ?? document.scale;
  if (scale === undefined) return E.left('a label has no scale, and the document gives none');
  const { value, name, dataset, ...rest } = label;
  const problem = offScale(value, scale);
  return problem === undefined
    ? E.right({
        ...rest,
        name: name ?? 'mos',
        dataset: dataset ?? document.dataset ?? fallback,
        value,
        scale,
      })
    : E.left(problem);
};

const defined = <A extends object>(value: A): A =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as A;

const statedSource = (
  source: SourceDocument,
  document: CorpusDocument,
  name: string,
): E.Either<string, StatedSource> => {
  const labels = (list: readonly LabelDocument[] = []): E.Either<string, readonly Label[]> =>
    E.sequenceArray(list.map((label) => labelOf(label, document, name)));
  const own = labels(source.labels);
  if (E.isLeft(own)) return own;
  const rungs = E.traverseArray((clip: t.TypeOf<typeof ClipCodec>) =>
    F.pipe(
      labels(clip.labels),
      E.map((list) => ({
        file: fileOf(clip.file, clip, source, document),
        clip: clip.clip,
        metadata: clip.metadata ?? NO_METADATA,
        labels: list,
      })),
    ),
  )(source.clips ?? []);
  if (E.isLeft(rungs)) return rungs;
  return E.right({
    id: source.source,
    group: source.group,
    reference:
      source.reference === undefined
        ? undefined
        : defined({ ...fileOf(source.reference, source, source, document), sha256: source.sha256 }),
    rungs: rungs.right,
    metadata: source.metadata ?? NO_METADATA,
    labels: own.right,
  });
};

const NO_METADATA: Metadata = {};

/** A clip's own words, else its source's, else the document's. */
const fileOf = (
  path: string,
  own: Partial<t.TypeOf<typeof ClipCodec>> | SourceDocument,
  source: SourceDocument,
  document: CorpusDocument,
): StatedFile =>
  defined({
    path,
    format: own.geometry ?? source.geometry ?? document.geometry,
    frameRate: own.fps ?? source.fps ?? document.fps,
    frames: own.frames ?? source.frames,
    sha256: own.sha256,
  });

/** Reads a decoded JSON document. Left: `TableFormat` with the path of what is wrong. */
export const readCorpusManifest = (
  value: unknown,
  source: string,
): E.Either<TinyVmafError, readonly StatedSource[]> => {
  const wrong = (place: string, problem: string): TinyVmafError => ({
    _tag: 'TableFormat',
    source,
    place,
    problem,
  });
  return F.pipe(
    decodeWith(CorpusCodec, value, (issues) =>
      wrong(issues[0]?.path ?? 'the document', issuesText(issues)),
    ),
    E.chain((document) => {
      const key = misspelt(document);
      return key === undefined
        ? E.right(document)
        : E.left(wrong(key.place, `has the unknown member ${JSON.stringify(key.key)}`));
    }),
    E.chain((document) =>
      E.traverseArrayWithIndex((i, one: SourceDocument) =>
        F.pipe(
          statedSource(one, document, source),
          E.mapLeft((problem) => wrong(`sources.${i}`, problem)),
        ),
      )(document.sources),
    ),
  );
};
