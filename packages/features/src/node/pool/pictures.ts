/**
 * The pictures that a worker reads itself. Reference pictures that motion looks
 * back to stay in memory, so that in a run of consecutive frames each is read
 * once.
 */
import { unwrap, type VideoFormat } from '@tinyvmaf/core';
import { DepthWitness, type DepthEvidence, type FrameLocation, type Plane } from '@tinyvmaf/yuv-io';
import { openLuma, type LumaReader } from '@tinyvmaf/yuv-io/node';
import { FramesElsewhere } from '../../extractor/engine.js';

/** Videos that are read by position. */
export interface PictureFiles {
  /** Reads a frame of all of them. Throws what {@link LumaReader} throws, Io, and FramesElsewhere. */
  read(index: number): Pictures;
  /** Closes them; safe to call twice. */
  close(): void;
}

/** The pictures of a frame, valid until the next are read. */
export interface Pictures {
  readonly reference: Plane;
  /** Earlier reference pictures, one per motion window; `undefined` before the clip's start. */
  readonly earlier: readonly (Plane | undefined)[];
  /** `undefined` for a video that has ended. */
  readonly distorted: readonly (Plane | undefined)[];
  /** What a look at the samples has shown, per video, reference first. */
  readonly evidence: readonly (DepthEvidence | undefined)[];
}

/**
 * Videos at these locations, reference first. They are opened when they are
 * first read.
 * @param windows how far motion looks back.
 */
export const createPictures = (
  locations: readonly FrameLocation[],
  windows: readonly number[],
): PictureFiles => {
  const files = locations.map(createFile);
  const [reference, ...distorted] = files;
  const kept = Array.from({ length: 1 + Math.max(0, ...windows) }, (): Kept => ({ index: -1 }));
  const planes: Plane[] = [];

  const referenceAt = (index: number): Plane => {
    const slot = kept[index % kept.length];
    if (reference === undefined || slot === undefined) throw new RangeError('no videos to read');
    slot.plane ??= planeFor(reference.location.format);
    if (slot.index !== index) {
      // Nobody's until it is read: reading may fail.
      slot.index = -1;
      reference.read(index, slot.plane);
      slot.index = index;
    }
    return slot.plane;
  };

  const read = (index: number): Pictures => {
    const earlier = windows.map((window) =>
      index < window ? undefined : referenceAt(index - window),
    );
    const current = referenceAt(index);
    const others = distorted.map((file, i) => {
      if (index >= file.location.frames) return undefined;
      const plane = (planes[i] ??= planeFor(file.location.format));
      file.read(index, plane);
      return plane;
    });
    const evidence = [current, ...others].map((plane, i) =>
      plane === undefined ? undefined : files[i]?.look(index, plane),
    );
    return { reference: current, earlier, distorted: others, evidence };
  };

  return {
    read,
    close: () => {
      for (const file of files) file.close();
    },
  };
};

/** A reference picture in memory. */
interface Kept {
  /** -1 for none. */
  index: number;
  plane?: Plane;
}

interface LumaFile {
  readonly location: FrameLocation;
  read(index: number, plane: Plane): void;
  look(index: number, luma: Plane): DepthEvidence | undefined;
  close(): void;
}

const createFile = (location: FrameLocation): LumaFile => {
  const { format, name, mark } = location;
  let reader: LumaReader | undefined;
  return {
    location,
    read(index, { data }) {
      reader ??= unwrap(openLuma(location));
      if (!reader.read(index, data)) throw new FramesElsewhere();
    },
    look(index, luma) {
      // A format that names its depth needs no witness.
      if (mark !== '') return undefined;
      const witness = new DepthWitness(format, name);
      witness.look({ index, luma, chroma: [] });
      return witness.evidence;
    },
    close: () => reader?.close(),
  };
};

const planeFor = ({ width, height, bitDepth }: VideoFormat): Plane => {
  const Samples = bitDepth === 8 ? Uint8Array : Uint16Array;
  return { data: new Samples(width * height), width, height, stride: width };
};
