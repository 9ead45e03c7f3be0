export type { BootstrapPrediction } from './bootstrap.js';
export * from './predictor.js';
export { applyTransform } from './transform.js';
