/**
 * The layer graph: a short list of typed operations from a closed set, in
 * which every student is described. One graph is trained, exported as ONNX and
 * run; whoever writes an architecture writes no gradients and no protobuf.
 *
 * All values are matrices. The number of rows of the input, frames, is not
 * known to the graph and written as `'N'`; everything else is a number.
 */

/** Rows and columns; `'N'` is one row per frame. */
export type Shape = readonly [rows: number | 'N', columns: number | 'N'];

/** How a parameter is written to a file. */
export type Storage =
  /** IEEE binary32. */
  | 'float32'
  /** IEEE binary64. */
  | 'float64'
  /** Eight bits with one binary32 scale per column; training knows of it. */
  | 'int8';

/** How a parameter begins. */
export type Initial =
  | { readonly kind: 'zeros' }
  /** Normal with variance 2 / rows (He). */
  | { readonly kind: 'he' }
  | { readonly kind: 'normal'; readonly deviation: number }
  /** These numbers, row by row. */
  | { readonly kind: 'values'; readonly values: Float64Array };

/** A value computed by the graph: the index of its node. */
export type NodeId = number;

/** An operation. Operands are earlier nodes; what is computed is said for element (i, j). */
export type Operation =
  /** The features, `[N, 6]` in canonical order, raw. */
  | { readonly op: 'input' }
  /** Clip models only: `[N, 1]`, 1 for a frame that is there and 0 for padding. */
  | { readonly op: 'mask' }
  /** Numbers to be learned. A frozen one stays as it begins. */
  | {
      readonly op: 'parameter';
      readonly name: string;
      readonly initial: Initial;
      readonly storage: Storage;
      readonly frozen: boolean;
    }
  /** Fixed numbers, row by row. */
  | { readonly op: 'constant'; readonly values: Float64Array }
  /** a + b; b may have one row or one column, which then counts for all. */
  | { readonly op: 'add'; readonly a: NodeId; readonly b: NodeId }
  /** a - b; b as in `add`. */
  | { readonly op: 'subtract'; readonly a: NodeId; readonly b: NodeId }
  /** a * b, element by element; b as in `add`. */
  | { readonly op: 'multiply'; readonly a: NodeId; readonly b: NodeId }
  /** Sum over k of a(i, k) * b(k, j), in order of k. */
  | { readonly op: 'matmul'; readonly a: NodeId; readonly b: NodeId }
  /** a(j, i). */
  | { readonly op: 'transpose'; readonly a: NodeId }
  /** max(a, 0). */
  | { readonly op: 'relu'; readonly a: NodeId }
  /** e to the a. */
  | { readonly op: 'exp'; readonly a: NodeId }
  /** a times a number. */
  | { readonly op: 'scale'; readonly a: NodeId; readonly factor: number }
  /** e^a(i, j) over the sum of its row; where a mask is given, its columns of weight 0 count for nothing. */
  | { readonly op: 'softmax'; readonly a: NodeId; readonly mask?: NodeId }
  /** Sum over the columns, `[rows, 1]`. */
  | { readonly op: 'sum'; readonly a: NodeId }
  /** a kept within two numbers. */
  | { readonly op: 'clip'; readonly a: NodeId; readonly low: number; readonly high: number }
  /** Squared Euclidean distance of row i of a to row j of b, `[rows of a, rows of b]`. */
  | { readonly op: 'distances'; readonly a: NodeId; readonly b: NodeId };

/** An operation and the shape of its value. */
export interface GraphNode {
  /** What is computed. */
  readonly operation: Operation;
  /** Shape of its value. */
  readonly shape: Shape;
}

/** A model's arithmetic. */
export interface LayerGraph {
  /** One score per frame, or one per clip. */
  readonly kind: 'frame' | 'clip';
  /** In order: operands come before what uses them. */
  readonly nodes: readonly GraphNode[];
  /** The score: `[N, 1]` for frames, `[1, 1]` for a clip; VMAF points. */
  readonly output: NodeId;
}

/** Numbers of the parameters by name, row by row. */
export type Weights = ReadonlyMap<string, Float64Array>;
