export * from './added.js';
export * from './files.js';
export { DEFAULT_MODEL } from './models.js';
export type { Compat } from '../report.js';
