/**
 * From files that belong together to a source: raw files get their geometry
 * and must be whole frames, a rung must be as long as its reference. What does
 * not fit is left out and told with both numbers.
 */
import { describeFormat, frameBytes, type VideoFormat } from '@tinyvmaf/core';
import { fittingGeometries } from '@tinyvmaf/yuv-io';
import type { FrameRate, MediaFile, Metadata, Rung, Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import type { Label } from '../corpus/label.js';
import type { TreeFile } from './layout.js';
import { isRaw } from './media.js';

/** A distorted file of a draft. */
export interface DraftRung {
  readonly file: TreeFile;
  readonly metadata: Metadata;
  readonly labels?: readonly Label[];
}

/** Files that belong together by their names. */
export interface Draft {
  readonly id: string;
  readonly group: string;
  readonly reference: TreeFile;
  readonly frameRate?: FrameRate | undefined;
  readonly rungs: readonly DraftRung[];
  readonly metadata?: Metadata;
}

/** A source with what is wrong about its files. */
export interface Assembled {
  readonly source: Source;
  readonly findings: readonly Finding[];
}

/** What is assumed of raw files that nothing describes: the Netflix public data set's geometry. */
const ASSUMED: VideoFormat = { width: 1920, height: 1080, bitDepth: 8, chroma: '420' };

/** The way to tell geometry, for remedies. */
export const GEOMETRY_REMEDY =
  'Give the geometry of the raw files (--width, --height, --bitdepth, --pixel_format), or write a manifest.';

/** Whole frames of `bytes`; `undefined` where it is no whole number, or none. */
export const wholeFrames = (bytes: number, format: VideoFormat): number | undefined => {
  const size = frameBytes(format);
  return bytes > 0 && bytes % size === 0 ? bytes / size : undefined;
};

/**
 * Builds a source.
 * @param geometry of all raw files; without it {@link ASSUMED} is taken where
 * every raw file of the source is whole frames of it and all are equally long.
 */
export const assemble = (draft: Draft, geometry: VideoFormat | undefined): Assembled => {
  const findings: Finding[] = [];
  const files = [draft.reference, ...draft.rungs.map(({ file }) => file)];
  const format = geometry ?? assume(draft, files, findings);
  const media = (file: TreeFile): MediaFile | undefined =>
    describe(file, format, draft.frameRate, findings);
  const reference = media(draft.reference);
  const rungs = reference === undefined ? [] : pair(draft, reference, media, findings);
  const unknown = format === undefined && isRaw(draft.reference.path);
  if (reference === undefined && !unknown && draft.rungs.length > 0) {
    findings.push({
      code: 'reference-unusable',
      severity: 'error',
      path: draft.reference.path,
      problem: `cannot be used, so ${draft.rungs.length} clips of it are left out`,
      remedy: 'Mend the reference.',
    });
  }
  const source: Source = {
    id: draft.id,
    group: draft.group,
    ...(reference === undefined ? {} : { reference }),
    rungs,
    metadata: draft.metadata ?? {},
    labels: [],
  };
  return { source, findings };
};

const pair = (
  draft: Draft,
  reference: MediaFile,
  media: (file: TreeFile) => MediaFile | undefined,
  findings: Finding[],
): readonly Rung[] => {
  const rungs: Rung[] = [];
  for (const { file: distorted, metadata, labels } of draft.rungs) {
    const file = media(distorted);
    if (file === undefined) continue;
    if (
      file.frames !== undefined &&
      reference.frames !== undefined &&
      file.frames !== reference.frames
    ) {
      findings.push(frameCountFinding(file, reference));
      continue;
    }
    rungs.push({ clip: file.path, file, metadata, labels: labels ?? [] });
  }
  return rungs;
};

/** A rung that is not as long as its reference. */
export const frameCountFinding = (file: MediaFile, reference: MediaFile): Finding => ({
  code: 'frame-count',
  severity: 'error',
  path: file.path,
  problem: `has ${file.frames ?? 0} frames, its reference ${reference.path} has ${reference.frames ?? 0}`,
  remedy: 'Build the clip again; frames are compared one to one.',
});

/** A raw file that is not a whole number of frames of `format`, or is empty. */
export const notWholeFrames = (file: TreeFile, format: VideoFormat): Finding => {
  const size = frameBytes(format);
  if (file.bytes === 0) {
    const remedy = 'Copy or build the file again.';
    const problem = 'is empty: 0 bytes';
    return { code: 'empty-file', severity: 'error', path: file.path, problem, remedy };
  }
  const frames = Math.floor(file.bytes / size);
  return {
    code: 'not-whole-frames',
    severity: 'error',
    path: file.path,
    problem: `has ${file.bytes} bytes, which is ${frames} frames of ${size} (${describeFormat(format)}) and ${file.bytes - frames * size} bytes more`,
    remedy: `Copy or build the file again. ${GEOMETRY_REMEDY}`,
  };
};

const describe = (
  file: TreeFile,
  format: VideoFormat | undefined,
  frameRate: FrameRate | undefined,
  findings: Finding[],
): MediaFile | undefined => {
  // One literal for each case: corpora have 100,000 files, and spreading twice costs more than all else here.
  const { path, bytes } = file;
  if (!isRaw(path)) {
    if (bytes > 0) return frameRate === undefined ? { path, bytes } : { path, bytes, frameRate };
    findings.push(notWholeFrames(file, ASSUMED));
    return undefined;
  }
  if (format === undefined) return undefined;
  const frames = wholeFrames(bytes, format);
  if (frames === undefined) {
    findings.push(notWholeFrames(file, format));
    return undefined;
  }
  return frameRate === undefined
    ? { path, bytes, format, frames }
    : { path, bytes, format, frames, frameRate };
};

/** The assumed geometry where everything speaks for it, told; else a finding says what speaks against it. */
const assume = (
  draft: Draft,
  files: readonly TreeFile[],
  findings: Finding[],
): VideoFormat | undefined => {
  const raw = files.filter(({ path }) => isRaw(path));
  const first = raw[0];
  if (first === undefined) return undefined;
  const broken = raw.find(({ bytes }) => wholeFrames(bytes, ASSUMED) === undefined);
  const other = raw.find(({ bytes }) => bytes !== first.bytes);
  if (broken === undefined && other === undefined) {
    findings.push({
      code: 'geometry-assumed',
      severity: 'note',
      path: draft.reference.path,
      problem: `nothing says its geometry; it and the ${raw.length - 1} other raw files of ${draft.id} are taken as ${describeFormat(ASSUMED)}, which their sizes allow`,
      remedy: GEOMETRY_REMEDY,
    });
    return ASSUMED;
  }
  const against =
    broken === undefined
      ? `${first.path} has ${first.bytes} bytes and ${other?.path ?? ''} has ${other?.bytes ?? 0}`
      : `${broken.path} has ${broken.bytes} bytes, no whole number of frames of ${frameBytes(ASSUMED)}`;
  findings.push({
    code: 'geometry-unknown',
    severity: 'error',
    path: draft.reference.path,
    problem: `nothing says the geometry of ${draft.id}, and ${describeFormat(ASSUMED)} does not fit: ${against}`,
    remedy: `${GEOMETRY_REMEDY}${hint(first)}`,
  });
  return undefined;
};

const hint = (file: TreeFile): string => {
  const fits = fittingGeometries(file.bytes, ASSUMED).slice(0, 3);
  return fits.length === 0
    ? ''
    : ` ${file.path} would fit ${fits.map(({ format }) => describeFormat(format)).join(', ')}.`;
};
