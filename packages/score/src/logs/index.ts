export * from './csv.js';
export * from './json.js';
export * from './ndjson.js';
export type { Precision } from './numbers.js';
export * from './sub.js';
export * from './xml.js';
