/**
 * The hash by which a video's content is known: SHA-256 over the luma as it is
 * scored, as a tree of one level. Leaves cover fixed chunks of frames, so that
 * an interrupted run continues with the leaves it has; the root binds the
 * leaves to size, depth and length.
 */
import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { TinyVmafException, type VideoFormat } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import type { ContentHash, Sha256 } from '../store/contracts.js';

/** Frames of one leaf; the last leaf of a video may have fewer. */
export const CHUNK_FRAMES = 32;

const LEAF_DOMAIN = 'tinyvmaf-luma-leaf/1\0';
const ROOT_DOMAIN = 'tinyvmaf-luma-root/1\0';
const BIG_ENDIAN = endianness() === 'BE';

/** What a content hash depends on besides the samples; chroma does not count. */
export type LumaFormat = Pick<VideoFormat, 'width' | 'height' | 'bitDepth'>;

/** A content hash in the making. */
export interface TreeHash {
  /** Frames taken so far, those of given leaves included. */
  readonly frames: number;
  /** Finished leaves in order; after {@link TreeHash.finish} also the last, shorter one. */
  readonly chunks: readonly Sha256[];
  /**
   * Takes the luma of the next frame; it is read at once and not kept.
   * @throws TinyVmafException `Internal` for a plane of another size or depth, or after the end.
   */
  add(luma: Plane): void;
  /** Ends the last leaf and gives the root; further calls give the same. */
  finish(): ContentHash;
}

/**
 * A content hash from its beginning, or from the leaves of an earlier run.
 *
 * A leaf is SHA-256 of a domain text and the samples of up to
 * {@link CHUNK_FRAMES} frames: rows without padding, 16-bit little-endian words
 * above 8 bits. The root is {@link treeRoot}.
 * @param leaves finished leaves of whole chunks; the next frame is number `32 * leaves.length`.
 */
export const createTreeHash = (format: LumaFormat, leaves: readonly Sha256[] = []): TreeHash => {
  const done = [...leaves];
  let frames = done.length * CHUNK_FRAMES;
  let leaf: Hash | undefined;
  let result: ContentHash | undefined;
  const pack = createPacker(format);
  const endLeaf = (): void => {
    if (leaf !== undefined) done.push(leaf.digest('hex'));
    leaf = undefined;
  };
  return {
    get frames() {
      return frames;
    },
    get chunks() {
      return done;
    },
    add(luma) {
      if (result !== undefined) throw misuse('a frame came after the end of its content hash');
      leaf ??= createHash('sha256').update(LEAF_DOMAIN);
      leaf.update(pack(luma));
      frames++;
      if (frames % CHUNK_FRAMES === 0) endLeaf();
    },
    finish() {
      endLeaf();
      result ??= { root: treeRoot(format, frames, done), frames };
      return result;
    },
  };
};

/**
 * Root of the tree: SHA-256 of a domain text, width, height and bit depth as
 * 32-bit and the number of frames as 64-bit little-endian integers, and the
 * leaves' 32 bytes each.
 * @param leaves 64 hexadecimal digits each, `ceil(frames / 32)` of them.
 */
export const treeRoot = (format: LumaFormat, frames: number, leaves: readonly Sha256[]): Sha256 => {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(format.width, 0);
  head.writeUInt32LE(format.height, 4);
  head.writeUInt32LE(format.bitDepth, 8);
  head.writeBigUInt64LE(BigInt(frames), 12);
  const root = createHash('sha256').update(ROOT_DOMAIN).update(head);
  for (const leaf of leaves) root.update(Buffer.from(leaf, 'hex'));
  return root.digest('hex');
};

/** The samples of a plane as the hash sees them: a view of it where its rows touch, else a copy that the next call overwrites. */
const createPacker = ({ width, height, bitDepth }: LumaFormat): ((luma: Plane) => Uint8Array) => {
  let scratch: Uint8Array | Uint16Array | undefined;
  const samples = width * height;
  const wide = bitDepth > 8;
  return (luma) => {
    const { data, stride } = luma;
    if (luma.width !== width || luma.height !== height || wide === data instanceof Uint8Array) {
      throw misuse(
        `a content hash of ${width}x${height} ${bitDepth}-bit luma was given ${luma.width}x${luma.height} in a ${data.constructor.name}`,
      );
    }
    if (stride === width && !(wide && BIG_ENDIAN)) {
      return new Uint8Array(data.buffer, data.byteOffset, samples * data.BYTES_PER_ELEMENT);
    }
    scratch ??= wide ? new Uint16Array(samples) : new Uint8Array(samples);
    for (let y = 0; y < height; y++) {
      scratch.set(data.subarray(y * stride, y * stride + width), y * width);
    }
    const bytes = Buffer.from(scratch.buffer);
    return wide && BIG_ENDIAN ? bytes.swap16() : bytes;
  };
};

const misuse = (problem: string): TinyVmafException =>
  new TinyVmafException({ _tag: 'Internal', problem });
