export * from './model-spec.js';
export * from './overloads.js';
