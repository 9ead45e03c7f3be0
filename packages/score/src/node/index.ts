export * from './files.js';
export type { Compat } from '../report.js';
