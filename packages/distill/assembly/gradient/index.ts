/**
 * The kernel of the gradient trainer: matrices of binary32 in linear memory.
 * Every sum is taken in order of its index, one product after the other and
 * without fused operations, so that all machines and a plain loop get the same
 * bits. Addresses are bytes, 16-byte aligned for what `gemm`, `adam`,
 * `quantise` and `maskPositive` touch; sizes count elements.
 */
export * from './gemm';
export * from './layers';
export * from './operations';
export * from './rows';
export * from './update';
