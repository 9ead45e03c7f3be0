export * from './effects.js';
export * from './errors.js';
export * from './features.js';
export * from './number-format.js';
export * from './pooling.js';
export * from './random.js';
export * from './statistics.js';
export * from './video-format.js';
