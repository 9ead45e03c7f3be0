/**
 * Signs that raw video has another bit depth than was declared. Only sparse
 * rows of a few frames are looked at, and a sign is given only where a real
 * picture of the declared depth could hardly look like it: a false alarm on a
 * dark clip would teach people to ignore the warning.
 */
import { frameBytes, type VideoFormat } from '@tinyvmaf/core';
import type { Frame, SourceWarning } from '../frame.js';

/** Rows looked at in a frame. */
const ROWS = 16;
/** Fewest samples to judge by. */
const ENOUGH = 512;
/** Fewest different values that are no flat picture. */
const VARIED = 16;
/** Frames after which a judgement does not change any more. */
const LAST_LOOK = 64;

const CODE = 'suspicious-depth';

/** What was met at one place of the words. */
interface ByteEvidence {
  /** 256 flags: which values occurred. */
  readonly seen: Uint8Array;
  readonly bits: number;
  readonly max: number;
}

/** What a {@link DepthWitness} has seen, as plain data that can be posted to another thread. */
export interface DepthEvidence {
  /** Low bytes of the words. */
  readonly low: ByteEvidence;
  /** High bytes of the words. */
  readonly high: ByteEvidence;
  /** Words looked at. */
  readonly words: number;
  /** Sum of |high - low|. */
  readonly apart: number;
  /** Whether high and low ever differed. */
  readonly unequal: boolean;
  /** Largest word, for samples above 8 bits. */
  readonly max: number;
}

/** Values met at one place of the words, for 8-bit data taken as pairs of bytes. */
class Bytes {
  readonly seen = new Uint8Array(256);
  /** All values ORed: which bits ever were 1. */
  bits = 0;
  max = 0;

  add(value: number): void {
    this.seen[value] = 1;
    this.bits |= value;
    if (value > this.max) this.max = value;
  }

  /** What another one has met, too. */
  merge({ seen, bits, max }: ByteEvidence): void {
    for (const [value, flag] of seen.entries()) this.seen[value] = (this.seen[value] ?? 0) | flag;
    this.bits |= bits;
    this.max = Math.max(this.max, max);
  }

  get evidence(): ByteEvidence {
    return { seen: this.seen, bits: this.bits, max: this.max };
  }

  get distinct(): number {
    return this.seen.reduce((sum, flag) => sum + flag, 0);
  }
}

/** Gathers signs while frames go by; {@link verdicts} says what they amount to. */
export class DepthWitness {
  readonly #format: VideoFormat;
  readonly #name: string;
  readonly #low = new Bytes();
  readonly #high = new Bytes();
  #words = 0;
  /** Sum of |high - low|, at most 255 * words: far below 2^53. */
  #apart = 0;
  #unequal = false;
  #max = 0;

  /** @param name of the video, for messages. */
  constructor(format: VideoFormat, name: string) {
    this.#format = format;
    this.#name = name;
  }

  /** Looks at a frame's luma: frames 0 to 3, then every power of two up to 64. */
  look(frame: Frame): void {
    const { index, luma } = frame;
    if (index > LAST_LOOK || (index > 3 && (index & (index - 1)) !== 0)) return;
    const step = Math.max(1, Math.floor(luma.height / ROWS));
    for (let y = 0; y < luma.height; y += step) {
      const start = y * luma.stride;
      const end = start + luma.width;
      if (luma.data instanceof Uint8Array) {
        // Words of a file start at even bytes, whatever the declared width.
        const parity = index * frameBytes(this.#format) + start;
        this.#bytePairs(luma.data, parity % 2 === 0 ? start : start + 1, end);
      } else {
        this.#wordRow(luma.data, start, end);
      }
    }
  }

  /** What it has seen so far; undefined where nothing was looked at. */
  get evidence(): DepthEvidence | undefined {
    if (this.#words === 0) return undefined;
    return {
      low: this.#low.evidence,
      high: this.#high.evidence,
      words: this.#words,
      apart: this.#apart,
      unequal: this.#unequal,
      max: this.#max,
    };
  }

  /** Takes what a witness of other frames of the video has seen. */
  merge({ low, high, words, apart, unequal, max }: DepthEvidence): void {
    this.#low.merge(low);
    this.#high.merge(high);
    this.#words += words;
    this.#apart += apart;
    this.#unequal ||= unequal;
    this.#max = Math.max(this.#max, max);
  }

  /** At most one warning, `suspicious-depth`. */
  verdicts(): readonly SourceWarning[] {
    if (this.#words < ENOUGH) return [];
    const problem =
      this.#format.bitDepth === 8
        ? this.#eightBit()
        : this.#format.bitDepth === 16
          ? this.#sixteenBit()
          : this.#highBits();
    return problem === undefined ? [] : [{ code: CODE, message: `${this.#name}: ${problem}` }];
  }

  #bytePairs(data: Uint8Array, start: number, end: number): void {
    for (let i = start; i + 1 < end; i += 2) this.#word(data[i] ?? 0, data[i + 1] ?? 0);
  }

  #wordRow(data: Uint16Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const value = data[i] ?? 0;
      if (value > this.#max) this.#max = value;
      this.#word(value & 255, value >> 8);
    }
  }

  #word(low: number, high: number): void {
    this.#low.add(low);
    this.#high.add(high);
    this.#words++;
    this.#apart += Math.abs(high - low);
    if (high !== low) this.#unequal = true;
  }

  #eightBit(): string | undefined {
    const { max: top, distinct: highs } = this.#high;
    const { max: bottom, distinct: lows, bits } = this.#low;
    // In 8-bit pictures even and odd columns look alike; in words they do not.
    if (top >= 1 && top <= 15 && lows >= 4 * VARIED && bottom >= 128) {
      const depth = top <= 3 ? 10 : 12;
      return `every second byte is 0 to ${top}, so this looks like ${depth}-bit samples in 16-bit words read as 8-bit. If so, give bit depth ${depth}.`;
    }
    if (highs >= VARIED && lows > 1 && (bits & 15) === 0) {
      const depth = (bits & 63) === 0 ? 10 : 12;
      return `every second byte is a multiple of ${depth === 10 ? 64 : 16}, so this looks like ${depth}-bit samples in the high bits of 16-bit words read as 8-bit. If so, give bit depth 16.`;
    }
    return undefined;
  }

  #sixteenBit(): string | undefined {
    const lows = this.#low.distinct;
    if (this.#max >= 256 && this.#max < 4096 && lows >= VARIED) {
      const depth = this.#max < 1024 ? 10 : 12;
      return `no sample looked at is above ${this.#max} of 65535, so this looks like ${depth}-bit video read as 16-bit. If so, give bit depth ${depth}.`;
    }
    // Neighbouring 8-bit samples are alike; the halves of a 16-bit sample are
    // not, unless it was made by doubling an 8-bit one (then all are equal).
    if (this.#unequal && this.#high.distinct >= VARIED && this.#apart / this.#words < 12) {
      return 'both bytes of the words are alike everywhere, so this looks like 8-bit video read as 16-bit. If so, give bit depth 8.';
    }
    return undefined;
  }

  #highBits(): string | undefined {
    const { bitDepth } = this.#format;
    const unused = 2 ** (16 - bitDepth) - 1;
    if (this.#max < 2 ** bitDepth || (this.#low.bits & unused) !== 0) return undefined;
    return `samples reach ${this.#max} and their low ${16 - bitDepth} bits are 0, so this looks like ${bitDepth}-bit samples in the high bits of the words. If so, give bit depth 16, which scores them the same.`;
  }
}
