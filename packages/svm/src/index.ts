export * from './exp/index.js';
export * from './known/index.js';
export * from './libsvm/index.js';
export * from './model/index.js';
export * from './predict/index.js';
export * from './spec/index.js';
