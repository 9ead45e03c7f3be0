/**
 * From a trained graph to the bytes of its file: standardisation folded in,
 * weights rounded to their storage, a probe computed and written beside them.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import { checkGraph } from '../graph/check.js';
import { foldGraph, type WeightedGraph } from '../graph/fold.js';
import type { LayerGraph, Weights } from '../graph/graph.js';
import { runGraph } from '../graph/run.js';
import { storedWeights } from '../graph/storage.js';
import { checkWeights } from '../graph/weights.js';
import { lowerGraph } from './lower.js';
import { checkMetadata, type StudentMetadata } from './metadata.js';
import { writeOnnx } from './write.js';

/** Operator set of exported files. */
export const OPSET = 17;

/** Version of the file format itself in exported files. */
export const IR_VERSION = 8;

/** A frame of an ordinary encode: the probe where none is given. */
export const TYPICAL_FRAME: readonly number[] = [0.94, 0.45, 0.72, 0.81, 0.87, 4.5];

/** What {@link exportOnnx} takes. */
export interface ExportInput {
  /** The graph, as trained. */
  readonly graph: LayerGraph;
  /** Its weights, as trained. */
  readonly weights: Weights;
  /** What the file says of itself; `probe` is its frame, {@link TYPICAL_FRAME} by default. */
  readonly metadata: Omit<StudentMetadata, 'probe'> & { readonly probe?: readonly number[] };
}

/**
 * The graph that a file computes, with the very numbers it holds: folded, then
 * rounded to storage. `runGraph` of it, rounded to binary32, is the file's score.
 */
export const exportedGraph = (graph: LayerGraph, weights: Weights): WeightedGraph => {
  const folded = foldGraph(graph, weights);
  return { graph: folded.graph, weights: storedWeights(folded.graph, folded.weights) };
};

/**
 * Bytes of an ONNX file: opset 17, IR 8, input `features` float32 `[N, 6]`,
 * for clips also `mask` float32 `[N]`, output `vmaf` float32 `[N]` or `[1]`,
 * binary64 arithmetic inside. The same input gives the same bytes everywhere.
 * @returns `ArchitectureShape` for a graph or weights that do not fit,
 *   `ModelFormat` or `BadArgument` for metadata that cannot be.
 */
export const exportOnnx = ({
  graph,
  weights,
  metadata,
}: ExportInput): E.Either<TinyVmafError, Uint8Array> =>
  F.pipe(
    checkGraph(graph, metadata.architecture),
    E.flatMap(() => checkWeights(graph, weights, metadata.architecture)),
    E.flatMap(() => {
      const { probe = TYPICAL_FRAME, ...rest } = metadata;
      const features = Float32Array.from(probe);
      return features.length === 6
        ? checkMetadata({
            ...rest,
            probe: { features: probe, score: probeScore(graph, weights, features) },
          })
        : checkMetadata({ ...rest, probe: { features: probe, score: 0 } });
    }),
    E.map((entries) => {
      const folded = foldGraph(graph, weights);
      return writeOnnx({
        irVersion: IR_VERSION,
        opset: OPSET,
        // The metadata says more, and a nano model has no byte to spare.
        producer: '',
        metadata: entries,
        ...lowerGraph(folded.graph, folded.weights),
      });
    }),
  );

const probeScore = (graph: LayerGraph, weights: Weights, features: Float32Array): number => {
  const exported = exportedGraph(graph, weights);
  return Math.fround(runGraph(exported.graph, exported.weights, features)[0] ?? NaN);
};
