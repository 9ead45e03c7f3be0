/**
 * What a manifest says about files, whatever its syntax, and the confrontation
 * of that with the files that are there. Everything a manifest promises is
 * checked as far as sizes go; hashes are for `verify`.
 */
import { describeFormat, frameBytes, printable, type VideoFormat } from '@tinyvmaf/core';
import type { FrameRate, MediaFile, Metadata, Rung, Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import type { Label } from '../corpus/label.js';
import { joinInside } from '../data-root/inside.js';
import { frameCountFinding, GEOMETRY_REMEDY, notWholeFrames, wholeFrames } from './assemble.js';
import { contentGroup } from './group.js';
import type { LayoutOptions, TreeFile } from './layout.js';
import { isRaw } from './media.js';

/** A file as a manifest names it. */
export interface StatedFile {
  /** As written: relative to the manifest. */
  readonly path: string;
  readonly format?: VideoFormat | undefined;
  readonly frameRate?: FrameRate | undefined;
  readonly frames?: number | undefined;
  readonly sha256?: string | undefined;
}

/** A distorted clip as a manifest names it. */
export interface StatedRung {
  readonly file: StatedFile;
  readonly clip?: string | undefined;
  readonly metadata: Metadata;
  readonly labels: readonly Label[];
}

/** A content as a manifest names it. */
export interface StatedSource {
  readonly id: string;
  readonly group?: string | undefined;
  readonly reference?: StatedFile | undefined;
  readonly rungs: readonly StatedRung[];
  readonly metadata: Metadata;
  readonly labels: readonly Label[];
}

/** What the confrontation gathers; shared by all manifests of a tree. */
export interface Settling {
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly options: LayoutOptions;
  readonly claimed: Set<string>;
  /** Distorted files that some source has already. */
  readonly used: Set<string>;
  readonly findings: Finding[];
}

/**
 * A source of the files that are there and are as they were promised; the
 * others are left out and told. `undefined` where nothing is left of it.
 * @param manifest path of the manifest.
 * @param folder the folder it lies in.
 */
export const settle = (
  stated: StatedSource,
  manifest: string,
  folder: string,
  to: Settling,
): Source | undefined => {
  const reference =
    stated.reference === undefined ? undefined : settleFile(stated.reference, manifest, folder, to);
  const rungs: Rung[] = [];
  for (const rung of stated.rungs) {
    const file = settleFile(rung.file, manifest, folder, to);
    if (file === undefined) continue;
    const problem = unusable(file, reference, stated, to);
    if (problem !== undefined) {
      to.findings.push(problem);
      continue;
    }
    to.used.add(file.path);
    rungs.push({
      clip: rung.clip ?? file.path,
      file,
      metadata: rung.metadata,
      labels: rung.labels,
    });
  }
  if (reference === undefined && rungs.length === 0) return undefined;
  return {
    id: stated.id,
    group: stated.group ?? contentGroup(stated.id),
    ...(reference === undefined ? {} : { reference }),
    rungs,
    metadata: stated.metadata,
    labels: stated.labels,
  };
};

const unusable = (
  file: MediaFile,
  reference: MediaFile | undefined,
  stated: StatedSource,
  to: Settling,
): Finding | undefined => {
  if (to.used.has(file.path)) {
    return {
      code: 'named-twice',
      severity: 'error',
      path: file.path,
      problem: 'is named as a distorted clip more than once; only the first counts',
      remedy: 'Leave one of the entries.',
    };
  }
  if (stated.reference !== undefined && reference === undefined) {
    return {
      code: 'no-reference',
      severity: 'error',
      path: file.path,
      problem: `has the reference ${printable(stated.reference.path)}, which cannot be used`,
      remedy: 'Mend the reference.',
    };
  }
  if (
    file.frames !== undefined &&
    reference?.frames !== undefined &&
    file.frames !== reference.frames
  ) {
    return frameCountFinding(file, reference);
  }
  return undefined;
};

const settleFile = (
  stated: StatedFile,
  manifest: string,
  folder: string,
  to: Settling,
): MediaFile | undefined => {
  const joined = joinInside(folder, stated.path);
  if (joined._tag === 'Left') {
    to.findings.push({
      code: 'outside-root',
      severity: 'error',
      path: manifest,
      problem: `names the file ${printable(stated.path)}, which is not taken: ${joined.left}`,
      remedy: 'Name files below the data root, relative to the manifest.',
    });
    return undefined;
  }
  const file = to.files.get(joined.right);
  if (file === undefined) {
    to.findings.push({
      code: 'missing-file',
      severity: 'error',
      path: joined.right,
      problem: `is named by ${manifest} and is not there`,
      remedy: 'Copy or build the file again, or take it out of the manifest.',
    });
    return undefined;
  }
  to.claimed.add(file.path);
  return measure(file, stated, manifest, to);
};

const measure = (
  file: TreeFile,
  stated: StatedFile,
  manifest: string,
  to: Settling,
): MediaFile | undefined => {
  const common = {
    path: file.path,
    bytes: file.bytes,
    ...(stated.frameRate === undefined ? {} : { frameRate: stated.frameRate }),
    ...(stated.sha256 === undefined ? {} : { sha256: stated.sha256 }),
  };
  const refuse = (finding: Finding): undefined => {
    to.findings.push(finding);
    return undefined;
  };
  if (!isRaw(file.path)) {
    if (file.bytes === 0) return refuse(empty(file));
    return { ...common, ...(stated.frames === undefined ? {} : { frames: stated.frames }) };
  }
  const format = stated.format ?? to.options.geometry;
  if (format === undefined) {
    return refuse({
      code: 'geometry-unknown',
      severity: 'error',
      path: file.path,
      problem: `${manifest} does not say its geometry`,
      remedy: GEOMETRY_REMEDY,
    });
  }
  const { frames } = stated;
  if (frames !== undefined && file.bytes !== frames * frameBytes(format)) {
    return refuse(wrongSize(file, frames, format, manifest));
  }
  const there = wholeFrames(file.bytes, format);
  if (there === undefined) return refuse(notWholeFrames(file, format));
  return { ...common, format, frames: there };
};

const empty = (file: TreeFile): Finding => ({
  code: 'empty-file',
  severity: 'error',
  path: file.path,
  problem: 'is empty: 0 bytes',
  remedy: 'Copy or build the file again.',
});

const wrongSize = (
  file: TreeFile,
  frames: number,
  format: VideoFormat,
  manifest: string,
): Finding => ({
  code: 'wrong-size',
  severity: 'error',
  path: file.path,
  problem: `has ${file.bytes} bytes; ${manifest} promises ${frames * frameBytes(format)} (${frames} frames of ${describeFormat(format)})`,
  remedy: 'Copy or build the file again, or correct the manifest.',
});
