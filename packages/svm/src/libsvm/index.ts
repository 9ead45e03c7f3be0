export * from './decimal.js';
export * from './libsvm.js';
