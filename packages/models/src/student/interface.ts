/**
 * The contract of students, asked of a file: names, types and shapes of inputs
 * and output, one number for one frame at little cost, and where the score is
 * clipped.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type { Budget, Tensor } from '../onnx/compute.js';
import { NAMES } from '../onnx/lower.js';
import type { OnnxProgram } from '../onnx/run.js';
import type { OnnxModel, OnnxValue } from '../onnx/types.js';

/** What a model scores: frames, or clips. */
export type StudentInput = 'frame' | 'clip';

const shown = ({ name, type, dims }: OnnxValue): string =>
  `${JSON.stringify(name)} ${type ?? 'of another type'} [${dims?.join(', ') ?? '?'}]`;

/** The contract of students: names, types and shapes of inputs and output. */
export const checkInterface = (
  { inputs, outputs }: OnnxModel,
  source: string,
): E.Either<TinyVmafError, StudentInput> => {
  const fail = (path: string, problem: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'ModelFormat', source, path, problem });
  const [features, mask, ...rest] = inputs;
  if (
    features?.name !== NAMES.input ||
    features.type !== 'float32' ||
    features.dims?.length !== 2 ||
    features.dims[1] !== 6
  ) {
    return fail(
      'inputs',
      `the first must be "features" float32 [N, 6], ${features === undefined ? 'there is none' : `is ${shown(features)}`}`,
    );
  }
  const [output, ...more] = outputs;
  if (output?.type !== 'float32' || more.length > 0) {
    return fail(
      'outputs',
      `must be one of float32, ${output === undefined ? 'there is none' : `are ${outputs.map(shown).join(', ')}`}`,
    );
  }
  if (mask === undefined) return E.right('frame');
  return mask.name === NAMES.mask &&
    mask.type === 'float32' &&
    mask.dims?.length === 1 &&
    rest.length === 0
    ? E.right('clip')
    : fail('inputs', `the second must be "mask" float32 [N] and the last one, is ${shown(mask)}`);
};

/** Computes one frame within a small budget: what it takes, or why it cannot be. */
export const tryFrame = (
  program: OnnxProgram,
  input: StudentInput,
  source: string,
): E.Either<TinyVmafError, number> => {
  const given = 2 ** 22;
  const budget: Budget = { maxElements: 2 ** 20, elements: given, work: 2 ** 27 };
  const name = program.model.outputs[0]?.name ?? '';
  const features = new Float32Array(6);
  const run = program.run(
    tensors(features, input === 'clip' ? Float32Array.of(1) : undefined),
    [name],
    budget,
  );
  return F.pipe(
    run,
    E.flatMap(([result]) =>
      result?.data.length === 1
        ? E.right(Math.max(1, given - budget.elements))
        : E.left({
            _tag: 'ModelFormat' as const,
            source,
            path: `output ${JSON.stringify(name)}`,
            problem: `one frame must give one number, gives ${result?.data.length ?? 0}`,
          }),
    ),
  );
};

/** Frames, and the mask of a clip, as the inputs of a program. */
export const tensors = (
  features: Float32Array,
  mask?: Float32Array,
): ReadonlyMap<string, Tensor> => {
  const rows = features.length / 6;
  const inputs = new Map<string, Tensor>([
    [NAMES.input, { type: 'float32', dims: [rows, 6], data: features }],
  ]);
  if (mask !== undefined) inputs.set(NAMES.mask, { type: 'float32', dims: [rows], data: mask });
  return inputs;
};

/** Operators behind the last `Clip` that only carry numbers on. */
const CARRIERS = new Set(['Cast', 'Squeeze', 'Unsqueeze', 'Reshape', 'Identity', 'Flatten']);

/** Name of the value that goes into the last `Clip`; the output's where there is none. */
export const lastClip = ({ nodes, outputs }: OnnxModel): string => {
  const output = outputs[0]?.name ?? '';
  let name = output;
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.includes(name)) continue;
    if (node.op === 'Clip') return node.inputs[0] ?? output;
    if (!CARRIERS.has(node.op)) return output;
    name = node.inputs[0] ?? output;
  }
  return output;
};
