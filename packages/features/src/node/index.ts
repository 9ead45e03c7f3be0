export * from './extractor.js';
export { joinedKernels } from './revectorize/kernels.js';
export { REVECTORIZE_CHOICES, type Revectorize } from './revectorize/revectorize.js';
export type { EngineVersion } from './revectorize/tried.js';
