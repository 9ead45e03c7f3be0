export * from './mixture.js';
export * from './samplers.js';
