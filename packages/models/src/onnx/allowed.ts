/**
 * The operators that loaders of tiny VMAF models in other tools take. Our files
 * use a few of them and nothing else.
 */

const NAMES = `Identity Reshape Flatten Squeeze Unsqueeze Transpose Concat Slice Gather Cast Shape
Expand Add Sub Mul Div Neg Abs Sqrt Pow Exp Log Clip Min Max Sum Mean ReduceMean ReduceSum ReduceMax
ReduceMin GlobalAveragePool GlobalMaxPool Gemm MatMul Conv ConvTranspose MaxPool AveragePool Resize
BatchNormalization LayerNormalization InstanceNormalization Relu LeakyRelu Sigmoid Tanh Softmax Elu
Selu Softplus Softsign Gelu Erf HardSigmoid HardSwish PRelu Dropout QuantizeLinear DequantizeLinear
Constant ConstantOfShape Pad Reciprocal ReduceProd GatherND ScatterND BitShift Loop If`;

/** Operators by name. */
export const ALLOWED_OPERATORS: ReadonlySet<string> = new Set(NAMES.split(/\s+/));
