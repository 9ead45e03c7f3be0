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
  /** Number of frames, 1 or more. */
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
  /** Root of the content hash of the reference as scored. */
  readonly reference: Sha256;
  /** Root of the content hash of the distorted as scored. */
  readonly distorted: Sha256;
  /** What computed the features. */
  readonly extractor: ExtractorId;
}

/** The features of one pair, one row a frame. */
export interface FeatureRows {
  /** Rows, 1 or more. */
  readonly frames: number;
  /** Per feature a column of `frames` doubles. */
  readonly columns: Readonly<Record<FeatureName, Float64Array>>;
}

/** Features with what a stranger needs to know about them. */
export interface FeatureFile extends FeatureRows {
  /** What the features are of; gives the key. */
  readonly address: FeatureAddress;
  /** Size and depth as scored. Chroma is not kept: what is read has `400`. */
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
  /** What the scores are of; gives the key. */
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
  /** Size in bytes. */
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
  /** Name of the source, unique in the corpus. */
  readonly source: string;
  /** Sources of one group are never divided by a split. */
  readonly group: string;
  /** Name of the clip, unique in the corpus. */
  readonly clip: string;
  /** Frames that were compared. */
  readonly frames: number;
  /** Format as scored: that of the reference. */
  readonly format: VideoFormat;
  /** Where known. */
  readonly frameRate?: FrameRate;
  /** Key of the feature file. */
  readonly features: Sha256;
  /** Root of the content hash of the reference as scored. */
  readonly reference: Sha256;
  /** Root of the content hash of the distorted as scored. */
  readonly distorted: Sha256;
  /** What names and manifests say of the clip. */
  readonly metadata: Metadata;
  /** Opinion scores, each with its scale. */
  readonly labels: readonly Label[];
}

/** One finished chunk of a pair that is not complete yet. */
export interface Chunk {
  /** First frame. */
  readonly start: number;
  /** Features of the frames from `start` on. */
  readonly rows: FeatureRows;
  /** Leaf of the reference's tree hash over these frames. */
  readonly referenceLeaf: Sha256;
  /** Leaf of the distorted's tree hash over these frames. */
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
  /** Remembers the content hash of a file. Fails with Io. */
  rememberHash(identity: FileIdentity, hash: ContentHash): Task<void>;
  /** Whether features are there, without reading them. */
  hasFeatures(key: Sha256): boolean;
  /** Features by key; undefined where they are absent or corrupt. Fails with Io, UnsupportedFormat (a later version). */
  readFeatures(key: Sha256): Task<FeatureFile | undefined>;
  /** Returns the key. Writing what is there already does nothing. */
  writeFeatures(file: FeatureFile): Task<Sha256>;
  /** Whether scores are there, without parsing them. */
  hasScores(address: ScoreAddress): boolean;
  /** Scores by address; undefined where they are absent or corrupt. Fails with Io, UnsupportedFormat. */
  readScores(address: ScoreAddress): Task<ScoreFile | undefined>;
  /** Returns the key. Writing what is there already does nothing. Fails with Io, BadArgument (values that are not finite). */
  writeScores(file: ScoreFile): Task<Sha256>;
  /** Models that have given scores to this store, by name, then hash. */
  models(): readonly ModelRecord[];
  /** Adds models whose scores are in the store already; {@link Store.writeScores} does it by itself. */
  recordModels(records: readonly ModelRecord[]): Task<void>;
  /** Clip records, the newest per (corpus, clip), in order of corpus, source and clip. */
  clips(): readonly ClipRecord[];
  /** Adds clip records, or replaces older ones; those that say nothing new are not written. Fails with Io. */
  recordClips(records: readonly ClipRecord[]): Task<void>;
  /** Finished chunks of an incomplete pair, contiguous from frame 0. `pair` is a SHA-256 that the extractor makes of both identities. */
  readChunks(pair: Sha256): Task<readonly Chunk[]>;
  /** Adds a finished chunk of an incomplete pair. Fails with Io, BadArgument. */
  writeChunk(pair: Sha256, chunk: Chunk): Task<void>;
  /** Notes beside the chunks of a pair which features they become, before these are written; `gc` then knows them for complete. Fails with Io. */
  closeChunks(pair: Sha256, features: Sha256): Task<void>;
  /** Forgets the chunks of a pair that is complete. */
  dropChunks(pair: Sha256): Task<void>;
  /** Sees what other processes have recorded since the store was opened. Fails with Io. */
  refresh(): Task<void>;
  /** Waits for what is being written. A store holds no open files and no locks. */
  close(): Promise<void>;
}
