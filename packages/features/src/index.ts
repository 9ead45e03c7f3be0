export * from './motion/sad.js';
export * from './motion/score.js';
export * from './motion/series.js';
export * from './vif/vif.js';
export type { VifSums } from './vif/accumulate.js';
