/**
 * VMAF for JavaScript: `score()` and `compare()` by path, logs in libvmaf's
 * formats. The command `tinyvmaf` is built on the same calls.
 */
export * from '@tinyvmaf/score/node';
export {
  csvLog,
  jsonLog,
  subLog,
  xmlLog,
  type JsonLogOptions,
  type LogOptions,
  type ModelResult,
  type ScoredFrame,
  type ScoreReport,
  type ScoreStart,
  type Series,
  type Warning,
} from '@tinyvmaf/score';
export {
  errorMessage,
  FEATURES,
  TinyVmafException,
  type ErrorCode,
  type PoolMethod,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
