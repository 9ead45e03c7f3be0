export * from './corpus/corpus.js';
export * from './corpus/finding.js';
export * from './corpus/label.js';
export * from './layouts/layout.js';
export * from './store/contracts.js';
