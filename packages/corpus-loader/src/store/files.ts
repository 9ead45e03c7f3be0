/**
 * Features, scores and chunks as tables and back. What a file is about stands
 * in its metadata; names of clips do not, so that equal content gives equal
 * bytes whoever computed it and under whatever name.
 */
import { FEATURES, type BitDepth, type FeatureName } from '@tinyvmaf/core';
import { canonicalJson } from './canonical.js';
import type {
  Chunk,
  FeatureAddress,
  FeatureFile,
  FeatureRows,
  ScoreAddress,
  ScoreFile,
  Sha256,
} from './contracts.js';
import { featureKey, scoreKey } from './keys.js';
import type { Table, TableProblem } from './table.js';

const KIND = 'tinyvmaf.kind';
const ADDRESS = 'tinyvmaf.address';
const LUMA = 'tinyvmaf.luma';
const MODEL_NAME = 'tinyvmaf.model';
/** Name of the column of a score file. */
export const SCORE_COLUMN = 'score';

/** The table of a feature file. Of the format only size and depth are kept: chroma has no part in it. */
export const featureTable = (file: FeatureFile): Table => {
  const { width, height, bitDepth } = file.format;
  return {
    firstFrame: 0,
    rows: file.frames,
    columns: featureColumns(file),
    metadata: new Map([
      [KIND, 'features'],
      [ADDRESS, canonicalJson(file.address)],
      [LUMA, canonicalJson({ width, height, bitDepth })],
    ]),
  };
};

/** The feature file in a table. Its chroma is `400`: features are those of the luma. */
export const parseFeatures =
  (key: Sha256) =>
  (table: Table): FeatureFile | TableProblem => {
    const address = metadataOf<FeatureAddress>(table, 'features', ADDRESS);
    const luma = metadataOf<Luma>(table, 'features', LUMA);
    const rows = featureRows(table);
    if (address === undefined || luma === undefined || rows === undefined) {
      return corrupt('it does not hold features');
    }
    if (featureKey(address) !== key) return corrupt('it holds the features of another pair');
    return { ...rows, address, format: { ...luma, chroma: '400' } };
  };

interface Luma {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: BitDepth;
}

/** The table of a score file. */
export const scoreTable = (file: ScoreFile): Table => ({
  firstFrame: 0,
  rows: file.scores.length,
  columns: new Map([[SCORE_COLUMN, file.scores]]),
  metadata: new Map([
    [KIND, 'scores'],
    [ADDRESS, canonicalJson(file.address)],
    [MODEL_NAME, file.modelName],
  ]),
});

/** The score file in a table. */
export const parseScores =
  (key: Sha256) =>
  (table: Table): ScoreFile | TableProblem => {
    const address = metadataOf<ScoreAddress>(table, 'scores', ADDRESS);
    const modelName = table.metadata.get(MODEL_NAME);
    const scores = table.columns.get(SCORE_COLUMN);
    if (address === undefined || modelName === undefined || scores === undefined) {
      return corrupt('it does not hold scores');
    }
    if (scoreKey(address) !== key) return corrupt('it holds the scores of another pair or model');
    return { address, modelName, scores };
  };

interface ChunkAddress {
  readonly pair: Sha256;
  readonly referenceLeaf: Sha256;
  readonly distortedLeaf: Sha256;
}

/** The table of a chunk of a pair. */
export const chunkTable = (pair: Sha256, chunk: Chunk): Table => {
  const { referenceLeaf, distortedLeaf } = chunk;
  const address: ChunkAddress = { pair, referenceLeaf, distortedLeaf };
  return {
    firstFrame: chunk.start,
    rows: chunk.rows.frames,
    columns: featureColumns(chunk.rows),
    metadata: new Map([
      [KIND, 'chunk'],
      [ADDRESS, canonicalJson(address)],
    ]),
  };
};

/** The chunk in a table. */
export const parseChunk =
  (pair: Sha256) =>
  (table: Table): Chunk | TableProblem => {
    const address = metadataOf<ChunkAddress>(table, 'chunk', ADDRESS);
    const rows = featureRows(table);
    if (address === undefined || rows === undefined) return corrupt('it does not hold a chunk');
    if (address.pair !== pair) return corrupt('it holds a chunk of another pair');
    const { referenceLeaf, distortedLeaf } = address;
    return { start: table.firstFrame, rows, referenceLeaf, distortedLeaf };
  };

const featureColumns = ({ columns }: FeatureRows): ReadonlyMap<string, Float64Array> =>
  new Map(FEATURES.map((name) => [name, columns[name]]));

const featureRows = ({ rows, columns }: Table): FeatureRows | undefined => {
  const found: Partial<Record<FeatureName, Float64Array>> = {};
  for (const name of FEATURES) {
    const column = columns.get(name);
    if (column === undefined) return undefined;
    found[name] = column;
  }
  return { frames: rows, columns: found as Record<FeatureName, Float64Array> };
};

/** JSON of a sealed file's metadata; what this version wrote has the type it says. */
const metadataOf = <A>(table: Table, kind: string, key: string): A | undefined => {
  if (table.metadata.get(KIND) !== kind) return undefined;
  const value: unknown = JSON.parse(table.metadata.get(key) ?? 'null');
  return typeof value === 'object' && value !== null ? (value as A) : undefined;
};

const corrupt = (problem: string): TableProblem => ({ kind: 'corrupt', problem });
