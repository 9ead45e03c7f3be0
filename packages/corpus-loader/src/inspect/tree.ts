/**
 * A corpus as lines of text: root, sources, files. Names come from strangers'
 * disks, so whatever could move a terminal's cursor is written as an escape.
 */
import { describeFormat } from '@tinyvmaf/core';
import type { Corpus, FrameRate, MediaFile, Rung, Source } from '../corpus/corpus.js';
import type { Label } from '../corpus/label.js';

/** How much to show. */
export interface TreeOptions {
  /** Rungs of a source that are shown; the rest is counted. Default: all. */
  readonly rungs?: number;
}

// Control, format (among them those that turn the direction of text), surrogates, private use.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Text that is safe on a terminal: characters that are not shown as `\u{...}`. */
export const showText = (text: string): string =>
  text.replace(UNPRINTABLE, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);

const rate = ({ numerator, denominator }: FrameRate): string =>
  `${Number((numerator / denominator).toFixed(3))} fps`;

const frames = (count: number): string => `${count} ${count === 1 ? 'frame' : 'frames'}`;

const describe = (file: MediaFile): string =>
  [
    ...(file.format === undefined ? [] : [describeFormat(file.format)]),
    ...(file.frameRate === undefined ? [] : [rate(file.frameRate)]),
    ...(file.frames === undefined ? [] : [frames(file.frames)]),
  ].join(', ');

const labelText = ({ name, value, dataset, scale }: Label): string =>
  `${name} ${Number(value.toFixed(3))} of ${scale.min}..${scale.max} (${showText(dataset)})`;

const rungText = ({ clip, file, metadata, labels }: Rung): string => {
  const said = Object.entries(metadata).map(([key, value]) => showText(`${key} ${value}`));
  const name = clip === file.path ? showText(clip) : showText(`${clip} = ${file.path}`);
  return [name, said.join(', '), labels.map(labelText).join(', ')].filter(Boolean).join('  ');
};

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const sourceText = (source: Source): string => {
  const { id, group, reference, rungs } = source;
  const same = group === id ? '' : `group ${showText(group)}`;
  const what = reference === undefined ? '' : describe(reference);
  return [showText(id), plural(rungs.length, 'rung'), what, same].filter(Boolean).join('  ');
};

const sourceLines = (source: Source, options: TreeOptions): readonly string[] => {
  const { reference, labels, rungs } = source;
  const shown = rungs.slice(0, options.rungs ?? rungs.length);
  const rest = rungs.length - shown.length;
  const own = labels.map(labelText).join(', ');
  return [
    reference === undefined
      ? ['(no reference)', own].filter(Boolean).join('  ')
      : [showText(reference.path), 'reference', own].filter(Boolean).join('  '),
    ...shown.map(rungText),
    ...(rest > 0 ? [`(${rest} more)`] : []),
  ];
};

/** Lines below a line, with branches. */
const branches = (
  items: readonly { readonly text: string; readonly below: readonly string[] }[],
): readonly string[] =>
  items.flatMap(({ text, below }, i) => {
    const last = i === items.length - 1;
    return [
      `${last ? '└─' : '├─'} ${text}`,
      ...below.map((line) => `${last ? '   ' : '│  '}${line}`),
    ];
  });

/** The lines, without line ends. */
export const corpusTree = (corpus: Corpus, options: TreeOptions = {}): readonly string[] => {
  const layouts = corpus.layouts.join(', ') || 'no layout';
  const items = corpus.sources.map((source) => ({
    text: sourceText(source),
    below: branches(sourceLines(source, options).map((text) => ({ text, below: [] }))),
  }));
  return [`${showText(corpus.root)}  ${layouts}`, ...branches(items)];
};
