/**
 * One question to an H.264 stream: may it hold fields (interlaced coding)?
 * Read from the sequence parameter set (ITU-T H.264, 7.3.2.1.1).
 */

/** Bit reader over a NAL unit's payload; reads zeros past the end. */
class Bits {
  private at = 0;
  constructor(private readonly bytes: readonly number[]) {}
  bit(): number {
    const byte = this.bytes[this.at >> 3] ?? 0;
    return (byte >> (7 - (this.at++ & 7))) & 1;
  }
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }
  /** Unsigned Exp-Golomb; codes in an SPS are below 32 bits. */
  ue(): number {
    let zeros = 0;
    while (zeros < 32 && this.bit() === 0) zeros++;
    return 2 ** zeros - 1 + this.bits(zeros);
  }
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

/** Profiles whose SPS carries chroma format, depths and scaling lists. */
const HIGH_PROFILES: ReadonlySet<number> = new Set([
  100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135,
]);

const SPS_TYPE = 7;

const skipScalingList = (bits: Bits, size: number): void => {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + bits.se() + 256) % 256;
    last = next === 0 ? last : next;
  }
};

/** Emulation prevention bytes taken out (7.3.1). */
const payload = (nal: Uint8Array): number[] => {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of nal.subarray(1)) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out.push(byte);
  }
  return out;
};

const spsAllowsFields = (nal: Uint8Array): boolean => {
  const bits = new Bits(payload(nal));
  const profile = bits.bits(8);
  bits.bits(16);
  bits.ue(); // seq_parameter_set_id
  if (HIGH_PROFILES.has(profile)) {
    const chroma = bits.ue();
    if (chroma === 3) bits.bit();
    bits.ue();
    bits.ue();
    bits.bit();
    if (bits.bit() === 1) {
      for (let i = 0; i < (chroma === 3 ? 12 : 8); i++) {
        if (bits.bit() === 1) skipScalingList(bits, i < 6 ? 16 : 64);
      }
    }
  }
  bits.ue(); // log2_max_frame_num_minus4
  const orderType = bits.ue();
  if (orderType === 0) bits.ue();
  else if (orderType === 1) {
    bits.bit();
    bits.se();
    bits.se();
    const cycle = Math.min(bits.ue(), 255);
    for (let i = 0; i < cycle; i++) bits.se();
  }
  bits.ue(); // max_num_ref_frames
  bits.bit();
  bits.ue();
  bits.ue();
  return bits.bit() === 0; // frame_mbs_only_flag
};

/** SPS of an `avcC` record (ISO 14496-15): after 6 bytes, 16-bit length each. */
const spsOfRecord = (record: Uint8Array): Uint8Array | undefined => {
  const length = ((record[6] ?? 0) << 8) | (record[7] ?? 0);
  return record[0] === 1 && ((record[5] ?? 0) & 31) > 0
    ? record.subarray(8, 8 + length)
    : undefined;
};

/** First SPS of an Annex B packet: between start codes. */
const spsOfAnnexB = (bytes: Uint8Array): Uint8Array | undefined => {
  let start = -1;
  for (let i = 0; i + 3 <= bytes.length; i++) {
    if (bytes[i] !== 0 || bytes[i + 1] !== 0 || bytes[i + 2] !== 1) continue;
    if (start >= 0) return bytes.subarray(start, i);
    if (((bytes[i + 3] ?? 0) & 31) === SPS_TYPE) start = i + 3;
  }
  return start >= 0 ? bytes.subarray(start) : undefined;
};

/**
 * Whether the stream may hold fields.
 * @param record the `avcC` of the container, if any; else the SPS is looked for in `packet` (Annex B).
 * @returns undefined where no SPS was found.
 */
export const avcMayBeInterlaced = (
  record: Uint8Array | undefined,
  packet: Uint8Array | undefined,
): boolean | undefined => {
  const sps =
    record !== undefined
      ? spsOfRecord(record)
      : packet !== undefined
        ? spsOfAnnexB(packet)
        : undefined;
  return sps === undefined || sps.length < 4 ? undefined : spsAllowsFields(sps);
};
