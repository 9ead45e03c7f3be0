/**
 * What a feature store holds, as data. Features are addressed by the content
 * of the two pictures' luma and by what was computed, never by a file's name;
 * names point at them from clip records.
 */
import type { FeatureName, StoreCorrupt, TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { FrameRate, Metadata } from '../corpus/corpus.js';
import type { Label } from '../corpus/label.js';

/** SHA-256 as 64 hexadecimal digits. */
export type Sha256 = string;

/** Hash of the luma of a video as scored: after decoding and scaling. Tree hash over chunks of frames. */
export interface ContentHash {
  /** Root of the tree; binds size, depth, number of frames and all leaves. */
  readonly root: Sha256;
  readonly frames: number;
}

/** What computed the features; part of their address. */
export interface ExtractorId {
  /** `vmaf-six`: the six features without AIM. */
  readonly name: string;
  /** Raised whenever the same input would give other bits. */
  readonly version: number;
  /** Options and `compat`, as canonical JSON. */
  readonly options: string;
}

/** What a file of features is addressed by. */
export interface FeatureAddress {
  readonly reference: Sha256;
  readonly distorted: Sha256;
  readonly extractor: ExtractorId;
}

/** The features of one pair, one row a frame. */
export interface FeatureRows {
  readonly frames: number;
  /** Per feature a column of `frames` doubles. */
  readonly columns: Readonly<Record<FeatureName, Float64Array>>;
}

/** Features with what a stranger needs to know about them. */
export interface FeatureFile extends FeatureRows {
  readonly address: FeatureAddress;
  readonly format: VideoFormat;
}

/** Which teacher gave scores; part of their address. */
export interface ScoreAddress {
  /** Key of the feature file. */
  readonly features: Sha256;
  /** SHA-256 of the model file's bytes. */
  readonly model: Sha256;
}

/** Scores of one pair by one model, one row a frame. */
export interface ScoreFile {
  readonly address: ScoreAddress;
  /** Name of the model: `vmaf_v0.6.1`. */
  readonly modelName: string;
  /** VMAF points, as the model clips them. */
  readonly scores: Float64Array;
}

/** A model that has given scores. */
export interface ModelRecord {
  /** Name of the model: `vmaf_v0.6.1`. */
  readonly modelName: string;
  /** SHA-256 of the model file's bytes. */
  readonly model: Sha256;
}

/** Under what a content hash is remembered, so that a file need not be read again. */
export interface FileIdentity {
  /** Absolute path, links resolved. */
  readonly path: string;
  readonly bytes: number;
  /** Nanoseconds since 1970, as decimal text. */
  readonly mtimeNs: string;
  /** Device and inode, as decimal text joined by `:`. */
  readonly inode: string;
  /** How its pictures are looked at: `raw 960x540 8 420`, `decoded 1920x1080 8 bicubic`. */
  readonly view: string;
}

/** A clip of a corpus and where its features are. */
export interface ClipRecord {
  /** Name of the corpus: `--name`, else the root folder's name. */
  readonly corpus: string;
  readonly source: string;
  readonly group: string;
  readonly clip: string;
  readonly frames: number;
  readonly format: VideoFormat;
  readonly frameRate?: FrameRate;
  /** Key of the feature file. */
  readonly features: Sha256;
  readonly reference: Sha256;
  readonly distorted: Sha256;
  readonly metadata: Metadata;
  readonly labels: readonly Label[];
}

/** One finished chunk of a pair that is not complete yet. */
export interface Chunk {
  /** First frame. */
  readonly start: number;
  readonly rows: FeatureRows;
  /** Leaf of the reference's tree hash over these frames, and of the distorted's. */
  readonly referenceLeaf: Sha256;
  readonly distortedLeaf: Sha256;
}

/** Shorthand of this package. */
export type Task<A> = TE.TaskEither<TinyVmafError, A>;

/**
 * A store, opened. All writes are temp file, fsync, rename; several processes
 * may use one store at a time. A corrupt file met by a read is set aside, told
 * to `onCorrupt`, and counts as absent.
 */
export interface Store {
  /** The folder, absolute. */
  readonly folder: string;
  /** Whether nothing may be written. */
  readonly readOnly: boolean;
  /** Told of every corrupt file. */
  readonly onCorrupt: (found: StoreCorrupt) => void;
  /** Content hash remembered for a file, if the file is still the same. */
  rememberedHash(identity: FileIdentity): ContentHash | undefined;
  rememberHash(identity: FileIdentity, hash: ContentHash): Task<void>;
  /** Whether features are there, without reading them. */
  hasFeatures(key: Sha256): boolean;
  readFeatures(key: Sha256): Task<FeatureFile | undefined>;
  /** Returns the key. Writing what is there already does nothing. */
  writeFeatures(file: FeatureFile): Task<Sha256>;
  hasScores(address: ScoreAddress): boolean;
  readScores(address: ScoreAddress): Task<ScoreFile | undefined>;
  writeScores(file: ScoreFile): Task<Sha256>;
  /** Models that have given scores to this store, by name, then hash. */
  models(): readonly ModelRecord[];
  /** Adds models whose scores are in the store already; {@link Store.writeScores} does it by itself. */
  recordModels(records: readonly ModelRecord[]): Task<void>;
  /** Clip records, the newest per (corpus, clip), in order of corpus, source and clip. */
  clips(): readonly ClipRecord[];
  recordClips(records: readonly ClipRecord[]): Task<void>;
  /** Finished chunks of an incomplete pair, contiguous from frame 0. `pair` is a SHA-256 that the extractor makes of both identities. */
  readChunks(pair: Sha256): Task<readonly Chunk[]>;
  writeChunk(pair: Sha256, chunk: Chunk): Task<void>;
  /** Forgets the chunks of a pair that is complete. */
  dropChunks(pair: Sha256): Task<void>;
  /** Sees what other processes have recorded since the store was opened. Fails with Io. */
  refresh(): Task<void>;
  /** Waits for what is being written. A store holds no open files and no locks. */
  close(): Promise<void>;
}
