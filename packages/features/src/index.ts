export * from './adm/adm.js';
export * from './adm/options.js';
export {
  BACKEND_CHOICES,
  chooseBackend,
  type BackendChoice,
  type BackendName,
  type ChosenBackend,
  type RunningBackend,
} from './backends/choose.js';
export * from './backends/kernels.js';
export * from './backends/reference.js';
export * from './backends/wasm.js';
export { createExtractor, type Extractor, type ExtractorConfig } from './extractor/extractor.js';
export {
  checkKernels,
  kernelDigests,
  type KernelCheck,
  type KernelDigest,
  type KernelName,
} from './conformance/digests.js';
export * from './extractor/feature-spec.js';
export * from './extractor/options.js';
export type { FrameFeatures } from './extractor/lanes.js';
export { outputKey } from './extractor/outputs.js';
export type { ExtractorWarning } from './extractor/plan.js';
export { resolveRequest } from './extractor/request.js';
export type { ExtractorRequest, ResolvedExtractor } from './extractor/request.js';
export * from './extractor/vector.js';
export * from './motion/sad.js';
export * from './motion/score.js';
export * from './motion/series.js';
export type { VifSums } from './vif/accumulate.js';
export * from './vif/vif.js';
