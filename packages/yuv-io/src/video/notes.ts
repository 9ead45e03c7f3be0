/** The warnings that follow from what is known of a decoded video. */
import type { SourceInfo, SourceWarning } from '../frame.js';

/** Transfer characteristics of HDR video under the names of H.273 as ffmpeg spells them. */
const HDR_TRANSFERS: ReadonlyMap<string, string> = new Map([
  ['smpte2084', 'PQ'],
  ['arib-std-b67', 'HLG'],
]);

/** WebCodecs' short names for them. */
export const transferName = (webCodecs: string): string =>
  webCodecs === 'pq' ? 'smpte2084' : webCodecs === 'hlg' ? 'arib-std-b67' : webCodecs;

/** Warnings for the report; nothing here changes a score. */
export const infoWarnings = (info: SourceInfo): readonly SourceWarning[] => {
  const warnings: SourceWarning[] = [];
  if (info.variableFrameRate === true) {
    warnings.push({
      code: 'variable-frame-rate',
      message: `${info.name} has a variable frame rate: frames are paired by index, nothing is resampled.`,
    });
  }
  if (info.interlaced === true) {
    warnings.push({
      code: 'interlaced',
      message: `${info.name} is coded as interlaced video: frames are scored as they are, with both fields woven together.`,
    });
  }
  const hdr = info.transfer === undefined ? undefined : HDR_TRANSFERS.get(info.transfer);
  if (hdr !== undefined) {
    warnings.push({
      code: 'hdr-transfer',
      message: `${info.name} is ${hdr} (HDR) video: the v0.6.1 models were made for standard dynamic range.`,
    });
  }
  return warnings;
};
