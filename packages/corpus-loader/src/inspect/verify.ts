/**
 * Looks whether a corpus is what its names and manifests promise: sizes,
 * frames, pairs, ends of files, and hashes on request. Each finding names the
 * file, both numbers and the way to mend it.
 */
import { describeFormat, toPromise, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Corpus, MediaFile, Rung } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import { capFindings } from '../corpus/merge.js';
import { frameCountFinding } from '../layouts/assemble.js';
import { checkFile, type FileChecks } from './files.js';

/** How far a verification has come. */
export interface VerifyProgress {
  /** Files that were looked at. */
  readonly done: number;
  /** Files there are. */
  readonly total: number;
  /** The file that was just looked at. */
  readonly path: string;
}

/** How to verify. */
export interface VerifyOptions extends FileChecks {
  /** Called after each file. */
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/** Files that are looked at the same time. */
const PARALLEL = 4;

const filesOf = (corpus: Corpus): readonly MediaFile[] => {
  const files = new Map<string, MediaFile>();
  for (const { reference, rungs } of corpus.sources) {
    if (reference !== undefined) files.set(reference.path, reference);
    for (const { file } of rungs) files.set(file.path, file);
  }
  return [...files.values()];
};

/** What is odd about a pair: depth that differs, frames that differ. */
const checkPair = (
  reference: MediaFile,
  { file }: Rung,
  counted: ReadonlyMap<string, number>,
): readonly Finding[] => {
  const findings: Finding[] = [];
  const [a, b] = [reference.format, file.format];
  if (a !== undefined && b !== undefined && (a.bitDepth !== b.bitDepth || a.chroma !== b.chroma)) {
    findings.push({
      code: 'format-mismatch',
      severity: 'error',
      path: file.path,
      problem: `is ${describeFormat(b)}, its reference ${reference.path} is ${describeFormat(a)}`,
      remedy: 'Convert one of them: depth and chroma of a pair must agree.',
    });
  } else if (a !== undefined && b !== undefined && (a.width !== b.width || a.height !== b.height)) {
    findings.push({
      code: 'size-differs',
      severity: 'note',
      path: file.path,
      problem: `is ${describeFormat(b)}, its reference ${reference.path} is ${describeFormat(a)}; it is scaled before it is compared`,
      remedy: '',
    });
  }
  const of = (one: MediaFile): number | undefined => counted.get(one.path) ?? one.frames;
  const [expected, actual] = [of(reference), of(file)];
  if (expected !== undefined && actual !== undefined && expected !== actual) {
    findings.push(
      frameCountFinding({ ...file, frames: actual }, { ...reference, frames: expected }),
    );
  }
  return findings;
};

const verifyAll = async (corpus: Corpus, options: VerifyOptions): Promise<readonly Finding[]> => {
  const files = filesOf(corpus);
  const results = new Array<readonly Finding[]>(files.length).fill([]);
  const counted = new Map<string, number>();
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      const file = files[i];
      if (file === undefined) return;
      const { findings, frames } = await checkFile(corpus.root, file, options);
      results[i] = findings;
      if (frames !== undefined) counted.set(file.path, frames);
      options.onProgress?.({ done: ++done, total: files.length, path: file.path });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  const pairs = corpus.sources.flatMap(({ reference, rungs }) =>
    reference === undefined ? [] : rungs.flatMap((rung) => checkPair(reference, rung, counted)),
  );
  return [...corpus.findings, ...capFindings([...results.flat(), ...pairs])];
};

/**
 * Verifies a corpus: every file is still there with its size; raw files are
 * whole frames and the last frame reads; encoded ones are as long as they say, open and give their first
 * frame (`decode`: all of them, counted); pairs agree in depth, chroma and
 * frames; `hashes` compares SHA-256 with the manifest.
 * @returns the findings of discovery, then those of the files in order of
 * source, then those of pairs. A corpus is right when none is an `error`.
 * Left: `Cancelled`.
 */
export const verifyCorpusTE = (
  corpus: Corpus,
  options: VerifyOptions = {},
): TE.TaskEither<TinyVmafError, readonly Finding[]> =>
  tryTask(() => verifyAll(corpus, options), 'Checking the corpus');

/** {@link verifyCorpusTE} as a Promise; rejects with `TinyVmafException`. */
export const verifyCorpus = (
  corpus: Corpus,
  options: VerifyOptions = {},
): Promise<readonly Finding[]> => toPromise(verifyCorpusTE(corpus, options));
