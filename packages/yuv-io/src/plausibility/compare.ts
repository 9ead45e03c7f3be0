/**
 * What a person should know about a video or a pair although a score can be
 * computed. VMAF compares code values frame by frame and knows nothing of
 * time, range or transfer.
 */
import type { SourceInfo, SourceWarning } from '../frame.js';

const HDR_TRANSFERS: ReadonlyMap<string, string> = new Map([
  ['smpte2084', 'PQ (SMPTE ST 2084)'],
  ['pq', 'PQ (SMPTE ST 2084)'],
  ['arib-std-b67', 'HLG (ARIB STD-B67)'],
  ['hlg', 'HLG (ARIB STD-B67)'],
]);

/** Warnings about one video: `interlaced`, `variable-frame-rate`, `hdr-transfer`. */
export const infoWarnings = (info: SourceInfo): readonly SourceWarning[] => {
  const { name, interlaced, variableFrameRate, transfer } = info;
  const hdr = transfer === undefined ? undefined : HDR_TRANSFERS.get(transfer);
  return [
    ...(interlaced === true
      ? [
          {
            code: 'interlaced',
            message: `${name} is interlaced: VMAF is made for progressive pictures, whole frames are compared.`,
          },
        ]
      : []),
    ...(variableFrameRate === true
      ? [
          {
            code: 'variable-frame-rate',
            message: `${name} has a variable frame rate: frames are paired by number, not by time.`,
          },
        ]
      : []),
    ...(hdr === undefined
      ? []
      : [
          {
            code: 'hdr-transfer',
            message: `${name} is HDR, ${hdr}: the v0.6.1 models were trained on standard dynamic range.`,
          },
        ]),
  ];
};

/**
 * Warnings about a pair: `frame-rates-differ`, `ranges-differ`,
 * `transfers-differ`, each only where both sides are known. What concerns one
 * side alone is among that source's own warnings.
 */
export const compareSources = (
  reference: SourceInfo,
  distorted: SourceInfo,
): readonly SourceWarning[] => {
  const warnings: SourceWarning[] = [];
  const { frameRate: r } = reference;
  const { frameRate: d } = distorted;
  // Cross products in BigInt: rates are rationals of up to 53 bits each.
  if (
    r !== undefined &&
    d !== undefined &&
    BigInt(r.numerator) * BigInt(d.denominator) !== BigInt(d.numerator) * BigInt(r.denominator)
  ) {
    warnings.push({
      code: 'frame-rates-differ',
      message: `Frame rates differ: ${reference.name} has ${rate(r)}, ${distorted.name} ${rate(d)} frames per second; frames are paired by number, not by time.`,
    });
  }
  if (
    reference.fullRange !== undefined &&
    distorted.fullRange !== undefined &&
    reference.fullRange !== distorted.fullRange
  ) {
    warnings.push({
      code: 'ranges-differ',
      message: `Value ranges differ: ${reference.name} is ${range(reference.fullRange)}, ${distorted.name} ${range(distorted.fullRange)}; code values are compared as they are.`,
    });
  }
  if (
    reference.transfer !== undefined &&
    distorted.transfer !== undefined &&
    reference.transfer !== distorted.transfer
  ) {
    warnings.push({
      code: 'transfers-differ',
      message: `Transfer characteristics differ: ${reference.name} has ${reference.transfer}, ${distorted.name} ${distorted.transfer}; code values are compared as they are.`,
    });
  }
  return warnings;
};

const rate = ({ numerator, denominator }: NonNullable<SourceInfo['frameRate']>): string =>
  String(Number((numerator / denominator).toFixed(3)));

const range = (full: boolean): string => (full ? 'full range' : 'limited range');
