export * from './conformance.js';
export * from './suite.js';
