/**
 * From a decoder's picture to a frame: the visible rows are taken where the
 * decoder says they are, by its own offsets and strides, and turned upright.
 * Code values pass unchanged.
 */
import { chromaSize, TinyVmafException, type VideoFormat } from '@tinyvmaf/core';
import type { Frame, Plane } from '../frame.js';
import { KNOWN_LAYOUTS, pixelLayout, type PixelLayout } from './layout.js';
import type { Picture } from './pictures.js';
import { Reminder } from './reminder.js';
import { isUpright, orientedChroma, orientPlane, swapsSides, type Orientation } from './rotate.js';

/** Format of the pictures as stored and as delivered. */
export interface PictureFormat {
  readonly layout: PixelLayout;
  readonly stored: VideoFormat;
  /** After turning. */
  readonly shown: VideoFormat;
}

/** Format of a picture; throws `UnsupportedFormat` naming a layout that is not known. */
export const pictureFormat = (
  source: string,
  picture: Picture,
  orientation: Orientation,
): PictureFormat => {
  const layout = pixelLayout(picture.format);
  const rect = picture.visibleRect;
  if (layout === undefined || rect === null) {
    throw new TinyVmafException({
      _tag: 'UnsupportedFormat',
      source,
      found: `the pixel format ${picture.format ?? 'that the decoder does not name'} from the decoder`,
      remedy: `Planar YUV is taken: ${KNOWN_LAYOUTS.join(', ')}.`,
    });
  }
  const { bitDepth, chroma } = layout;
  const stored: VideoFormat = { width: rect.width, height: rect.height, bitDepth, chroma };
  const turned = swapsSides(orientation);
  const shown: VideoFormat = {
    width: turned ? stored.height : stored.width,
    height: turned ? stored.width : stored.height,
    bitDepth,
    chroma: orientedChroma(chroma, orientation),
  };
  return { layout, stored, shown };
};

const sameFormat = (a: VideoFormat, b: VideoFormat): boolean =>
  a.width === b.width &&
  a.height === b.height &&
  a.bitDepth === b.bitDepth &&
  a.chroma === b.chroma;

/** Copies pictures of one format into frames. */
export class FrameCopier {
  private raw = new Uint8Array(0);
  private readonly reminder = new Reminder();
  private readonly turned: Plane['data'][] = [];
  private readonly split: Uint8Array[] = [];

  constructor(
    private readonly source: string,
    private readonly format: PictureFormat,
    private readonly orientation: Orientation,
    /** See `Decoder.native`. */
    private readonly native: boolean,
  ) {}

  /**
   * The picture as a frame whose planes are borrowed until the next call.
   * Throws `UnsupportedFormat` where size or layout differ from the first picture's.
   */
  async copy(picture: Picture, index: number): Promise<Frame> {
    const { stored, shown, layout } = this.format;
    const now = pictureFormat(this.source, picture, this.orientation);
    if (!sameFormat(now.stored, stored) || now.layout.arrangement !== layout.arrangement) {
      throw new TinyVmafException({
        _tag: 'UnsupportedFormat',
        source: this.source,
        found: `a change from ${stored.width}x${stored.height} ${stored.bitDepth}-bit to ${now.stored.width}x${now.stored.height} ${now.stored.bitDepth}-bit at frame ${index}`,
        remedy: 'Split the video there, or convert it to one size.',
      });
    }
    const bytes = picture.allocationSize();
    if (this.native || this.raw.byteLength < bytes) this.raw = new Uint8Array(bytes);
    if (this.native) this.reminder.picture();
    const places = await picture.copyTo(this.raw);
    const planes = this.planes(places);
    const [luma, ...chroma] = isUpright(this.orientation)
      ? planes
      : planes
          .slice(0, shown.chroma === '400' ? 1 : planes.length)
          .map((plane, i) => orientPlane(plane, this.orientation, this.turnedBuffer(i, plane)));
    if (luma === undefined) throw new Error('the decoder copied no plane');
    return { index, luma, chroma };
  }

  private planes(places: readonly { offset: number; stride: number }[]): readonly Plane[] {
    const { stored, layout } = this.format;
    const [chromaWidth, chromaHeight] = chromaSize(stored);
    const at = (i: number, width: number, height: number): Plane => {
      const place = places[i];
      if (place === undefined) throw new Error(`the decoder copied no plane ${i}`);
      return this.view(place.offset, place.stride, width, height);
    };
    const luma = at(0, stored.width, stored.height);
    if (stored.chroma === '400') return [luma];
    if (layout.arrangement === 'interleaved') {
      return [luma, ...this.deinterleave(at(1, 2 * chromaWidth, chromaHeight), chromaWidth)];
    }
    return [luma, at(1, chromaWidth, chromaHeight), at(2, chromaWidth, chromaHeight)];
  }

  /** Bytes of the buffer as a plane. More than 8 bits are little-endian words, as on every host of WebCodecs. */
  private view(offset: number, stride: number, width: number, height: number): Plane {
    if (this.format.stored.bitDepth === 8) {
      return { data: this.raw.subarray(offset), width, height, stride };
    }
    const words = Math.floor((this.raw.byteLength - offset) / 2);
    const data = new Uint16Array(this.raw.buffer, this.raw.byteOffset + offset, words);
    return { data, width, height, stride: stride / 2 };
  }

  private deinterleave(pairs: Plane, width: number): readonly Plane[] {
    return [0, 1].map((which) => {
      const out = (this.split[which] ??= new Uint8Array(width * pairs.height));
      let to = 0;
      for (let y = 0; y < pairs.height; y++) {
        const row = y * pairs.stride + which;
        for (let x = 0; x < width; x++) out[to++] = pairs.data[row + 2 * x] ?? 0;
      }
      return { data: out, width, height: pairs.height, stride: width };
    });
  }

  private turnedBuffer(i: number, plane: Plane): Plane['data'] {
    const samples = plane.width * plane.height;
    return (this.turned[i] ??=
      plane.data instanceof Uint8Array ? new Uint8Array(samples) : new Uint16Array(samples));
  }
}
