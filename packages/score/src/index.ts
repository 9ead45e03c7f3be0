export * from './logs/index.js';
export { modelKeys, type ScoreModel } from './plan.js';
export * from './report.js';
export * from './score.js';
export { selectKeys, type Series } from './series.js';
