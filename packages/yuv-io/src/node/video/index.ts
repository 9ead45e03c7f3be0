/** Video files in Node: WebCodecs, else an installed ffmpeg. */
export { describeDecoders, type DecoderReport, type DecoderState } from './doctor.js';
export type { Implementation } from './implementation.js';
export { openEncoded, openEncodedTE, type DecoderTools } from './open-encoded.js';
