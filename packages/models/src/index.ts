export * from './architecture/architecture.js';
export * from './graph/builder.js';
export * from './graph/check.js';
export * from './graph/graph.js';
export * from './graph/run.js';
export * from './graph/storage.js';
export * from './graph/weights.js';
