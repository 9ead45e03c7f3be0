/**
 * What files begin with. Each signature is long enough, or checked in enough
 * places, that samples of a real picture do not match it: raw video is refused
 * on these.
 */
import type { FileKind } from './kinds.js';

/** Bytes that {@link sniff} looks at; fewer are fine where the file has no more. */
export const SNIFF_BYTES = 2048;

/** Kind of file these first bytes belong to; undefined for none known, such as raw samples. */
export const sniff = (head: Uint8Array): FileKind | undefined => {
  for (const [kind, matches] of TESTS) if (matches(head)) return kind;
  return isoKind(head) ?? matroskaKind(head) ?? startCodeKind(head) ?? transportKind(head);
};

type Test = (head: Uint8Array) => boolean;

const at = (head: Uint8Array, offset: number): number => head[offset] ?? -1;

const bytes =
  (offset: number, ...wanted: readonly number[]): Test =>
  (head) =>
    wanted.every((byte, i) => head[offset + i] === byte);

const text = (offset: number, wanted: string): Test =>
  bytes(offset, ...Array.from(wanted, (letter) => letter.charCodeAt(0)));

const both =
  (...tests: readonly Test[]): Test =>
  (head) =>
    tests.every((test) => test(head));

const page: Test = (head) => {
  const start = String.fromCharCode(...head.subarray(0, 64))
    .trimStart()
    .toLowerCase();
  return /^(<!doctype html|<html|<\?xml )/.test(start);
};

const TESTS: readonly (readonly [FileKind, Test])[] = [
  ['y4m', text(0, 'YUV4MPEG2')],
  ['avi', both(text(0, 'RIFF'), text(8, 'AVI '))],
  ['wav', both(text(0, 'RIFF'), text(8, 'WAVE'))],
  ['webp', both(text(0, 'RIFF'), text(8, 'WEBP'))],
  ['flv', both(text(0, 'FLV'), bytes(3, 1), bytes(5, 0, 0, 0, 9))],
  ['ogg', both(text(0, 'OggS'), bytes(4, 0))],
  ['ivf', both(text(0, 'DKIF'), bytes(4, 0, 0, 32, 0))],
  ['asf', bytes(0, 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)],
  ['mxf', bytes(0, 0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01)],
  ['png', bytes(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['jpeg', both(bytes(0, 0xff, 0xd8, 0xff, 0xe0), text(6, 'JFIF'))],
  ['jpeg', both(bytes(0, 0xff, 0xd8, 0xff, 0xe1), text(6, 'Exif'))],
  ['jpeg', bytes(0, 0xff, 0xd8, 0xff, 0xdb, 0x00, 0x43)],
  ['jpeg', both(bytes(0, 0xff, 0xd8, 0xff, 0xfe, 0x00), text(6, 'Lavc'))],
  ['gif', text(0, 'GIF87a')],
  ['gif', text(0, 'GIF89a')],
  ['bmp', both(text(0, 'BM'), bytes(6, 0, 0, 0, 0), bytes(15, 0, 0, 0))],
  ['flac', text(0, 'fLaC')],
  ['mp3', both(text(0, 'ID3'), (head) => at(head, 3) >= 2 && at(head, 3) <= 4, bytes(4, 0))],
  ['gzip', both(bytes(0, 0x1f, 0x8b, 8), (head) => at(head, 3) < 32, gzipTail)],
  ['zip', bytes(0, 0x50, 0x4b, 3, 4)],
  ['xz', bytes(0, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)],
  ['zstd', bytes(0, 0x28, 0xb5, 0x2f, 0xfd)],
  ['bzip2', both(text(0, 'BZh'), bytes(4, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59))],
  ['sevenzip', bytes(0, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
  ['pdf', text(0, '%PDF-')],
  ['pointer', text(0, 'version https://git-lfs')],
  ['html', page],
];

// Extra flags and operating system, which RFC 1952 lists completely.
function gzipTail(head: Uint8Array): boolean {
  const system = at(head, 9);
  return [0, 2, 4].includes(at(head, 8)) && ((system >= 0 && system <= 13) || system === 255);
}

const ISO_BOXES = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'styp', 'moof', 'sidx', 'pnot'];
const PICTURE_BRANDS = ['avif', 'avis', 'heic', 'heix', 'mif1', 'msf1'];

const isoKind = (head: Uint8Array): FileKind | undefined => {
  const box = ISO_BOXES.find((name) => text(4, name)(head));
  // A first box under 16 MiB or of 64-bit size; media data may be of any size.
  const sized = at(head, 0) === 0 || box === 'mdat' || box === 'moov';
  if (box === undefined || !sized) return undefined;
  if (box !== 'ftyp') return ['moof', 'styp', 'sidx'].includes(box) ? 'mp4' : 'mov';
  if (text(8, 'qt  ')(head)) return 'mov';
  return PICTURE_BRANDS.some((brand) => text(8, brand)(head)) ? 'heif' : 'mp4';
};

const matroskaKind = (head: Uint8Array): FileKind | undefined => {
  if (!bytes(0, 0x1a, 0x45, 0xdf, 0xa3)(head)) return undefined;
  // DocType (0x4282) stands somewhere in the first element.
  for (let i = 4; i < Math.min(head.length, 128); i++) {
    if (bytes(i, 0x42, 0x82, 0x84)(head) && text(i + 3, 'webm')(head)) return 'webm';
  }
  return 'matroska';
};

const H264_PROFILES = [44, 66, 77, 83, 86, 88, 100, 110, 118, 122, 128, 144, 244];

// A start code alone could be dark samples, so the unit after it must fit too.
const startCodeKind = (head: Uint8Array): FileKind | undefined => {
  const code = bytes(0, 0, 0, 1)(head) ? 3 : bytes(0, 0, 0, 0, 1)(head) ? 4 : undefined;
  if (code === undefined) return bytes(0, 0x12, 0, 0x0a)(head) ? obuKind(head) : undefined;
  const first = at(head, code);
  const second = at(head, code + 1);
  if (code === 3 && first === 0xba && (second >> 4 === 2 || second >> 6 === 1)) return 'mpegps';
  if (code === 3 && first === 0xb3 && (at(head, code + 6) & 0x20) !== 0) return 'mpegvideo';
  // Parameter set or delimiter with its fixed bits, then another start code near.
  const h264Set = [0x67, 0x47, 0x27].includes(first) && H264_PROFILES.includes(second);
  const h264Delimiter = first === 0x09 && (second & 0x1f) === 0x10;
  const hevcUnit = [0x40, 0x42, 0x46].includes(first) && second === 0x01;
  if (!(h264Set || h264Delimiter || hevcUnit) || !anotherStartCode(head, code + 2)) {
    return undefined;
  }
  return hevcUnit ? 'hevc' : 'h264';
};

const anotherStartCode = (head: Uint8Array, from: number): boolean => {
  for (let i = from; i + 2 < head.length; i++) if (bytes(i, 0, 0, 1)(head)) return true;
  return false;
};

// Temporal delimiter, then a sequence header of a few bytes.
const obuKind = (head: Uint8Array): FileKind | undefined =>
  at(head, 3) >= 8 && at(head, 3) <= 24 && (at(head, 4) & 0x18) === 0 ? 'obu' : undefined;

const SYNC = 0x47;
const PACKETS = 5;

const transportKind = (head: Uint8Array): FileKind | undefined => {
  for (const [start, packet] of [
    [0, 188],
    [4, 192],
    [0, 204],
  ] as const) {
    let synced = 0;
    for (let i = start; i < head.length && at(head, i) === SYNC; i += packet) synced++;
    const expected = Math.min(PACKETS, Math.floor((head.length - start) / packet));
    // A grey picture of value 0x47 has the byte everywhere; a stream does not.
    const others = head.filter((byte) => byte === SYNC).length;
    if (synced >= expected && expected >= 3 && others < head.length / 16) return 'mpegts';
  }
  return undefined;
};
