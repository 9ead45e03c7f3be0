export { isLocated, openLuma, type LumaReader } from './luma.js';
export * from './open.js';
export * from './write.js';
export { describeDecoders, type DecoderReport, type DecoderState } from './video/index.js';
