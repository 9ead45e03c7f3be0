/**
 * The small JSON beside each result: the job, and what came out. A job is
 * finished exactly when its record is there; the record comes last.
 */
import { printable, TinyVmafException } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import type { Sha256 } from '../store/contracts.js';
import { canonicalJson } from '../store/canonical.js';
import { addressed, JOB_FORMAT, type LadderJob } from './job.js';

/** A file of a result. */
export interface ResultFile {
  /** Size of the file. */
  readonly bytes: number;
  /** Of the file's bytes. */
  readonly sha256: Sha256;
}

/** What a finished job left. */
export interface JobRecord {
  readonly format: 'tinyvmaf-ladder-record/1';
  /** Address of the job. */
  readonly hash: Sha256;
  /** The job, whole. */
  readonly job: LadderJob;
  /** Frames that came out. */
  readonly frames: number;
  /** The samples. */
  readonly yuv: ResultFile;
  /** The bit stream of a clip; on the disk only where `kept`. */
  readonly encode?: ResultFile & { readonly kept: boolean };
  /** Measured bit rate of a clip, rounded, at least 1. */
  readonly kbps?: number;
  /** Luma PSNR of a clip in dB, three decimals; 100 for equal pictures. */
  readonly psnrY?: number;
}

const RECORD_FORMAT = 'tinyvmaf-ladder-record/1';

const isJob = (value: unknown): value is LadderJob =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  (value.kind === 'reference' || value.kind === 'clip') &&
  'format' in value &&
  value.format === JOB_FORMAT;

const Job = new t.Type<LadderJob>(
  'a job',
  isJob,
  (value, context) => (isJob(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);

const File = t.type({ bytes: t.number, sha256: t.string });

const RecordCodec = t.intersection([
  t.type({
    format: t.literal(RECORD_FORMAT),
    hash: t.string,
    job: Job,
    frames: t.number,
    yuv: File,
  }),
  t.partial({
    encode: t.intersection([File, t.type({ kept: t.boolean })]),
    kbps: t.number,
    psnrY: t.number,
  }),
]);

const Versioned = t.type({ format: t.string });

/** A format's name without its version. */
const kindOf = (format: string): string => format.replace(/\/\d+$/u, '');

/** Refuses a file of a newer version. Throws TableFormat. */
export const refuseNewer = (value: unknown, known: string, source: string): void => {
  const versioned = Versioned.decode(value);
  if (E.isLeft(versioned)) return;
  const { format } = versioned.right;
  if (format === known || kindOf(format) !== kindOf(known)) return;
  throw new TinyVmafException({
    _tag: 'TableFormat',
    source,
    place: 'format',
    problem: `${printable(format)} is not the version that is known here (${known}); use the tinyvmaf that wrote it, or another folder`,
  });
};

/** JSON text as a value; undefined for anything else. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * A record from its text; undefined where it cannot be what was written: no
 * JSON, another shape, or a job that does not hash to the record's name.
 * Throws TableFormat for a newer version.
 */
export const readRecord = (text: string, hash: Sha256, source: string): JobRecord | undefined => {
  const value = parseJson(text);
  refuseNewer(value, RECORD_FORMAT, source);
  const decoded = RecordCodec.decode(value);
  if (E.isLeft(decoded)) return undefined;
  // Decoded plain data, narrowed by the codec; members that may be absent are absent, never undefined.
  const record = decoded.right as JobRecord;
  return record.hash === hash && addressed(record.job).hash === hash ? record : undefined;
};

/** A record as text. */
export const recordText = (record: JobRecord): string => `${canonicalJson(record)}\n`;
