import { describe, expect, it } from 'vitest';
import { rawFile, textureLuma } from '@tinyvmaf/testkit';
import { openVideoTE, sniff, type FileKind } from '../../src/index.js';
import { blobOf, inPieces, joined, latin1, leftOf } from '../support.js';

const padded = (...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  joined(
    ...parts.map((part) => (typeof part === 'string' ? latin1(part) : Uint8Array.from(part))),
    Uint8Array.from({ length: 1200 }, (_, i) => (i * 89 + 7) & 255),
  );

const packets = (size: number, offset: number): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from({ length: 2048 }, (_, i) => ((i * 61) & 255) | 128);
  for (let i = offset; i < bytes.length; i += size) bytes[i] = 0x47;
  return bytes;
};

const KNOWN: readonly (readonly [FileKind, Uint8Array<ArrayBuffer>])[] = [
  ['y4m', padded('YUV4MPEG2 W1 H1\n')],
  ['mp4', padded([0, 0, 0, 32], 'ftypisom')],
  ['mp4', padded([0, 0, 0, 24], 'styp')],
  ['mp4', padded([0, 0, 2, 24], 'moof')],
  ['mov', padded([0, 0, 0, 20], 'ftypqt  ')],
  ['mov', padded([0, 0, 0, 8], 'wide')],
  ['mov', padded([0x12, 0, 0, 8], 'mdat')],
  ['heif', padded([0, 0, 0, 28], 'ftypavif')],
  ['matroska', padded([0x1a, 0x45, 0xdf, 0xa3, 0xa3, 0x42, 0x82, 0x88], 'matroska')],
  ['webm', padded([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm')],
  ['mpegts', packets(188, 0)],
  ['mpegts', packets(192, 4)],
  ['mpegts', packets(204, 0)],
  ['mpegps', padded([0, 0, 1, 0xba, 0x44, 0, 4])],
  ['mpegps', padded([0, 0, 1, 0xba, 0x21, 0, 1])],
  ['mpegvideo', padded([0, 0, 1, 0xb3, 0x06, 0x00, 0x40, 0x14, 0xff, 0x20])],
  ['h264', padded([0, 0, 0, 1, 0x67, 0x64, 0, 31, 1, 2, 3, 0, 0, 0, 1, 0x68])],
  ['h264', padded([0, 0, 1, 0x09, 0xf0, 0, 0, 1, 0x67])],
  ['hevc', padded([0, 0, 0, 1, 0x40, 0x01, 0x0c, 1, 0xff, 0, 0, 1, 0x42])],
  ['obu', padded([0x12, 0x00, 0x0a, 0x0b, 0x00, 0x00])],
  ['ogg', padded('OggS', [0, 2])],
  ['avi', padded('RIFF', [1, 2, 3, 4], 'AVI LIST')],
  ['wav', padded('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
  ['webp', padded('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ['flv', padded('FLV', [1, 5, 0, 0, 0, 9])],
  ['ivf', padded('DKIF', [0, 0, 32, 0], 'VP90')],
  ['asf', padded([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
  ['mxf', padded([0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01])],
  ['png', padded([0x89], 'PNG\r\n', [0x1a, 0x0a])],
  ['jpeg', padded([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF')],
  ['jpeg', padded([0xff, 0xd8, 0xff, 0xe1, 1, 16], 'Exif')],
  ['gif', padded('GIF89a')],
  ['bmp', padded('BM', [1, 2, 3, 4, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0])],
  ['flac', padded('fLaC')],
  ['mp3', padded('ID3', [4, 0])],
  ['gzip', padded([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 0, 3])],
  ['zip', padded('PK', [3, 4])],
  ['xz', padded([0xfd], '7zXZ', [0])],
  ['zstd', padded([0x28, 0xb5, 0x2f, 0xfd])],
  ['bzip2', padded('BZh91AY&SY')],
  ['sevenzip', padded('7z', [0xbc, 0xaf, 0x27, 0x1c])],
  ['pdf', padded('%PDF-1.7')],
  ['html', padded('\n<!DOCTYPE html>')],
  ['pointer', padded('version https://git-lfs.github.com/spec/v1\n')],
];

describe('sniff', () => {
  it.each(KNOWN)('knows %s', (kind, head) => {
    expect(sniff(head)).toBe(kind);
  });

  it('takes flat pictures of every value, and dark ramps, for no known kind', () => {
    for (let value = 0; value < 256; value++) {
      expect(sniff(new Uint8Array(2048).fill(value))).toBeUndefined();
      const word = Uint8Array.from({ length: 2048 }, (_, i) => (i % 2 === 0 ? value : 1));
      expect(sniff(word)).toBeUndefined();
    }
    expect(sniff(Uint8Array.of(0, 0, 0, 1))).toBeUndefined();
    expect(sniff(Uint8Array.of(0, 0, 0, 1, 0x67, 100, 0, 0, 2, 2, 2))).toBeUndefined();
    expect(sniff(new Uint8Array(0))).toBeUndefined();
  });

  it('takes textured pictures for no known kind', () => {
    for (const bitDepth of [8, 10, 12, 16] as const) {
      for (let t = 0; t < 20; t++) {
        expect(sniff(rawFile([textureLuma(96, 64, t, bitDepth, 1)]))).toBeUndefined();
      }
    }
  });
});

describe('opening what is no video', () => {
  it('names the kind and the way out', async () => {
    const refused = async (kind: FileKind): Promise<unknown> => {
      const bytes = KNOWN.find(([known]) => known === kind)?.[1];
      return leftOf(openVideoTE(blobOf(bytes ?? new Uint8Array(0))));
    };
    expect(await refused('gzip')).toMatchObject({
      _tag: 'UnsupportedFormat',
      found: 'a gzip file',
      remedy: 'Unpack it first.',
    });
    expect(await refused('png')).toMatchObject({ _tag: 'UnsupportedFormat' });
    expect(await refused('html')).toMatchObject({ remedy: expect.stringContaining('download') });
    expect(await leftOf(openVideoTE(blobOf(new Uint8Array(9000).fill(100))))).toMatchObject({
      _tag: 'UnsupportedFormat',
      found: 'a file without a known signature',
    });
  });

  it('sends compressed video on a stream away with a command', async () => {
    const bytes = KNOWN.find(([known]) => known === 'webm')?.[1] ?? new Uint8Array(0);
    expect(await leftOf(openVideoTE(inPieces(bytes, [10])))).toMatchObject({
      _tag: 'UnsupportedFormat',
      found: 'a WebM file on a pipe or stream',
      remedy: expect.stringContaining('yuv4mpegpipe'),
    });
  });
});
