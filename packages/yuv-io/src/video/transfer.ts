/** Transfer characteristics under one name, whoever reports them. */

/** WebCodecs' short names under those of H.273 as ffmpeg spells them. */
const FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ['pq', 'smpte2084'],
  ['hlg', 'arib-std-b67'],
]);

/** The name `SourceInfo.transfer` uses for what WebCodecs reports. */
export const transferName = (webCodecs: string): string => FULL_NAMES.get(webCodecs) ?? webCodecs;
