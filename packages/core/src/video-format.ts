/**
 * What a raw picture looks like in memory. Only luma matters to the v0.6.1
 * models; chroma is named because files hold it and frame sizes depend on it.
 */

/** Bits per sample as libvmaf accepts them. */
export type BitDepth = 8 | 10 | 12 | 16;

/** Chroma subsampling; `400` is luma only. */
export type Chroma = '400' | '420' | '422' | '444';

/** Bit depths in ascending order. */
export const BIT_DEPTHS: readonly BitDepth[] = [8, 10, 12, 16];

/** Chroma layouts from least to most chroma. */
export const CHROMAS: readonly Chroma[] = ['400', '420', '422', '444'];

/** Size, depth and chroma layout shared by all frames of a video. */
export interface VideoFormat {
  /** Luma width in samples, 1 or more. */
  readonly width: number;
  /** Luma height in samples, 1 or more. */
  readonly height: number;
  /** Bits per luma and chroma sample. */
  readonly bitDepth: BitDepth;
  /** Chroma subsampling. */
  readonly chroma: Chroma;
}

/** `1920x1080 8-bit 4:2:0`: a format as messages show it. */
export const describeFormat = (format: VideoFormat): string =>
  `${format.width}x${format.height} ${format.bitDepth}-bit ${describeChroma(format.chroma)}`;

/** `4:2:0` for `420`. */
export const describeChroma = (chroma: Chroma): string => [...chroma].join(':');

/**
 * Chroma plane size in samples: subsampled sizes round up, as files hold them
 * (spec/pooling-and-io.md section 6). `[0, 0]` for `400`.
 */
export const chromaSize = (format: VideoFormat): readonly [width: number, height: number] => {
  switch (format.chroma) {
    case '400':
      return [0, 0];
    case '420':
      return [Math.ceil(format.width / 2), Math.ceil(format.height / 2)];
    case '422':
      return [Math.ceil(format.width / 2), format.height];
    case '444':
      return [format.width, format.height];
  }
};

/** Bytes of one sample in a file: 1 for 8 bits, else 2 (little-endian, low bits). */
export const bytesPerSample = (bitDepth: BitDepth): 1 | 2 => (bitDepth === 8 ? 1 : 2);

/** Bytes of one planar frame with all its planes. */
export const frameBytes = (format: VideoFormat): number => {
  const [chromaWidth, chromaHeight] = chromaSize(format);
  const samples = format.width * format.height + 2 * chromaWidth * chromaHeight;
  return samples * bytesPerSample(format.bitDepth);
};
