/**
 * BVI-DVC: references only, 200 contents in four sizes. Names hold everything:
 * `AFlowerKeenWang_3840x2176_60fps_10bit_420.yuv`. The first letter is the size
 * class, A to D; the four sizes of a content are one group. They are material
 * for ladders of one's own; there are no distorted clips and no labels.
 */
import { CHROMAS, describeFormat, type BitDepth, type VideoFormat } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import type { FrameRate, MediaFile, Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import { notWholeFrames, wholeFrames } from './assemble.js';
import { parseRate } from './frame-rate.js';
import type { Layout, LayoutReading, TreeFile } from './layout.js';
import { isRaw, isVideo, stemOf } from './media.js';

/** Size of each class as published. */
const BVI_DVC_SIZES = {
  A: [3840, 2176],
  B: [1920, 1088],
  C: [960, 544],
  D: [480, 272],
} as const;

type Tier = keyof typeof BVI_DVC_SIZES;

const NAME =
  /^([A-D])([^_].*)_(\d{2,5})x(\d{2,5})_(\d{1,3}(?:\.\d{1,3})?)fps_(8|10|12|16)bit_(400|420|422|444)$/;

interface Named {
  readonly tier: Tier;
  readonly content: string;
  readonly format: VideoFormat;
  readonly frameRate: FrameRate;
}

const isTier = (text: string): text is Tier => text in BVI_DVC_SIZES;

const DEPTHS: Readonly<Record<string, BitDepth>> = { '8': 8, '10': 10, '12': 12, '16': 16 };

const parseName = (stem: string): Named | undefined => {
  const match = NAME.exec(stem);
  if (match === null) return undefined;
  const [, tier = '', content = '', width, height, fps = '', depth = '', chromaText] = match;
  const frameRate = parseRate(fps);
  const bitDepth = DEPTHS[depth];
  const chroma = CHROMAS.find((one) => one === chromaText);
  if (!isTier(tier) || frameRate === undefined || bitDepth === undefined || chroma === undefined) {
    return undefined;
  }
  const format = { width: Number(width), height: Number(height), bitDepth, chroma };
  return { tier, content, format, frameRate };
};

const oddSize = (file: TreeFile, { tier, format }: Named): readonly Finding[] => {
  const [width, height] = BVI_DVC_SIZES[tier];
  if (format.width === width && format.height === height) return [];
  return [
    {
      code: 'odd-size',
      severity: 'note',
      path: file.path,
      problem: `names ${format.width}x${format.height}; class ${tier} of BVI-DVC is ${width}x${height}. The name is taken at its word`,
      remedy: '',
    },
  ];
};

const measure = (file: TreeFile, named: Named, findings: Finding[]): MediaFile | undefined => {
  const { format, frameRate } = named;
  const base = { path: file.path, bytes: file.bytes, frameRate };
  if (!isRaw(file.path) && file.bytes > 0) return base;
  const frames = wholeFrames(file.bytes, format);
  if (frames !== undefined && isRaw(file.path)) return { ...base, format, frames };
  findings.push(notWholeFrames(file, format));
  return undefined;
};

const read = (unclaimed: readonly TreeFile[]): LayoutReading => {
  const claimed = new Set<string>();
  const findings: Finding[] = [];
  const sources: Source[] = [];
  for (const file of unclaimed) {
    const named = isVideo(file.path) ? parseName(stemOf(file.path)) : undefined;
    if (named === undefined) continue;
    claimed.add(file.path);
    const reference = measure(file, named, findings);
    if (reference === undefined) continue;
    findings.push(...oddSize(file, named));
    sources.push({
      id: `${named.tier}${named.content}`,
      group: named.content,
      reference,
      rungs: [],
      metadata: { tier: named.tier, geometry: describeFormat(named.format) },
      labels: [],
    });
  }
  return { sources, claimed, findings };
};

/** BVI-DVC, as published or packed without loss. */
export const bviDvc: Layout = {
  name: 'bvi-dvc',
  title: 'BVI-DVC: <A..D><Content>_<W>x<H>_<fps>fps_<depth>bit_420.yuv, references only',
  read: (_tree, unclaimed) => TE.fromIO(() => read(unclaimed)),
};
