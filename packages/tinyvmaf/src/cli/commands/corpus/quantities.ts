/** Amounts as a person reads them. */

const UNITS = ['KB', 'MB', 'GB', 'TB'] as const;

/** `37.2 GB`, with steps of 1000. */
export const bytesText = (bytes: number): string => {
  let [value, unit] = [bytes, 'bytes'];
  for (const larger of UNITS) {
    if (value < 1000) break;
    [value, unit] = [value / 1000, larger];
  }
  return unit === 'bytes' ? `${bytes} bytes` : `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
};

/** `1 clip`, `3 clips`. */
export const counted = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** `1.25` hours for 4500 seconds. */
export const hoursText = (seconds: number): string => (seconds / 3600).toFixed(2);
