export * from './exp.js';
export * from './fma.js';
