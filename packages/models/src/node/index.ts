export type { ExternalFile, ModelFile } from './files.js';
export * from './load.js';
export * from './onnxruntime.js';
export * from './resolve.js';
