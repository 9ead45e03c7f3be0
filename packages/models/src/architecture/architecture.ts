/**
 * The contract of architecture plugins: a package or file whose default export
 * is an {@link Architecture}. It says what it is and builds a layer graph from
 * its options; training, export and running are not its business.
 */
import type * as t from 'io-ts';
import type { LayerGraph } from '../graph/graph.js';

/** Size class; the gates hold a model to the one it declares. */
export type Tier = 'nano' | 'tiny' | 'small';

/** Version of this contract. */
export const ARCHITECTURE_API = 1;

/** An architecture. */
export interface Architecture<Options = unknown> {
  /** Version of the contract it was written for: {@link ARCHITECTURE_API}. */
  readonly apiVersion: 1;
  /** `a1`, or `acme/my-arch` for those of others. Lower case, digits, `-`, one `/`. */
  readonly id: string;
  /** A line for people. */
  readonly title: string;
  /** Raised whenever the same options give another graph. From 1. */
  readonly version: number;
  /** One score per frame or one per clip. */
  readonly input: 'frame' | 'clip';
  /** Decodes hyper-parameters; what is missing gets its default. */
  readonly options: t.Type<Options, unknown>;
  /** The graph for these options. */
  build(options: Options): LayerGraph;
  /** What a model may weigh, and its class. */
  readonly budget?: { readonly onnxBytes?: number; readonly tier: Tier };
  /** Defaults for training, see `@tinyvmaf/distill`; decoded there. */
  readonly recipe?: Readonly<Record<string, unknown>>;
}
