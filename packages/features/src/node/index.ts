export * from './extractor.js';
export { REVECTORIZE_CHOICES, type Revectorize } from './revectorize/revectorize.js';
