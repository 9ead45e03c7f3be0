/**
 * The three kinds of records that a store keeps in logs: clips and where their
 * features are, content hashes of files, names of models. Values come from
 * lines whose checksum has held, so that the checks here are of shape alone.
 */
import path from 'node:path';
import type { ClipRecord, ContentHash, FileIdentity, ModelRecord } from './contracts.js';
import type { LedgerKind } from './ledger.js';

/** A content hash and the file that had it. */
export interface HashRecord {
  readonly identity: FileIdentity;
  readonly hash: ContentHash;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const haveType = (fields: Fields, type: 'string' | 'number', names: readonly string[]): boolean =>
  names.every((name) => typeof fields[name] === type);

const CLIP_TEXTS = ['corpus', 'source', 'group', 'clip', 'features', 'reference', 'distorted'];

const isClipRecord = (value: unknown): value is ClipRecord =>
  isFields(value) &&
  haveType(value, 'string', CLIP_TEXTS) &&
  haveType(value, 'number', ['frames']) &&
  isFields(value['metadata']) &&
  isFields(value['format']) &&
  haveType(value['format'], 'number', ['width', 'height', 'bitDepth']) &&
  Array.isArray(value['labels']) &&
  value['labels'].every(isLabel);

const isLabel = (value: unknown): boolean =>
  isFields(value) &&
  haveType(value, 'string', ['name', 'dataset']) &&
  haveType(value, 'number', ['value']) &&
  isFields(value['scale']);

const isHashRecord = (value: unknown): value is HashRecord =>
  isFields(value) &&
  isFields(value['identity']) &&
  haveType(value['identity'], 'string', ['path', 'mtimeNs', 'inode', 'view']) &&
  haveType(value['identity'], 'number', ['bytes']) &&
  isFields(value['hash']) &&
  haveType(value['hash'], 'string', ['root']) &&
  haveType(value['hash'], 'number', ['frames']);

const isModelRecord = (value: unknown): value is ModelRecord =>
  isFields(value) && haveType(value, 'string', ['modelName', 'model']);

/** Clip records, by corpus and clip. Forced to the disk: they carry labels. */
export const clipLedger = (store: string): LedgerKind<ClipRecord> => ({
  folder: path.join(store, 'clips'),
  is: isClipRecord,
  key: ({ corpus, clip }) => `${corpus}\0${clip}`,
  durable: true,
});

/** Remembered hashes, by path and view. Not forced to the disk: one that is lost costs a second reading. */
export const hashLedger = (store: string): LedgerKind<HashRecord> => ({
  folder: path.join(store, 'hashes'),
  is: isHashRecord,
  key: ({ identity }) => hashKey(identity),
  durable: false,
});

/** Under what a remembered hash is looked up. */
export const hashKey = ({ path: file, view }: FileIdentity): string => `${file}\0${view}`;

/** Models that have given scores, by name and hash. */
export const modelLedger = (store: string): LedgerKind<ModelRecord> => ({
  folder: path.join(store, 'models'),
  is: isModelRecord,
  key: ({ modelName, model }) => `${modelName}\0${model}`,
  durable: true,
});
