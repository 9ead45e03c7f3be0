export * from './effects.js';
export * from './errors.js';
export * from './features.js';
export * from './video-format.js';
