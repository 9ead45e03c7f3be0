export * from './added.js';
export * from './files.js';
export { DEFAULT_MODEL, loadModel, loadModelTE, type ReadyModel } from './models.js';
export type { Compat } from '../report.js';
