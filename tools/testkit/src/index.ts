export * from './golden.js';
export * from './needs.js';
export * from './pictures.js';
export * from './source.js';
