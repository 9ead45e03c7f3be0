export * from './architecture/architecture.js';
export * from './graph/graph.js';
