/** The kinds of files that are recognised, with the words messages use for them. */

/** How a kind is treated. */
export type KindClass =
  /** Read by this package. */
  | 'y4m'
  /** Compressed video with a container around it. */
  | 'container'
  /** Compressed video without a container. */
  | 'stream'
  /** A still picture. */
  | 'picture'
  /** Sound alone. */
  | 'audio'
  /** A compressed file or archive. */
  | 'archive'
  /** Text, such as the error page of a failed download. */
  | 'text';

/** Description and treatment of each kind. */
export const KINDS = {
  y4m: { label: 'Y4M video', class: 'y4m' },
  mp4: { label: 'an MP4 file', class: 'container' },
  mov: { label: 'a QuickTime file', class: 'container' },
  matroska: { label: 'a Matroska file', class: 'container' },
  webm: { label: 'a WebM file', class: 'container' },
  mpegts: { label: 'an MPEG transport stream', class: 'container' },
  mpegps: { label: 'an MPEG program stream', class: 'container' },
  avi: { label: 'an AVI file', class: 'container' },
  flv: { label: 'an FLV file', class: 'container' },
  ogg: { label: 'an Ogg file', class: 'container' },
  asf: { label: 'an ASF or WMV file', class: 'container' },
  mxf: { label: 'an MXF file', class: 'container' },
  ivf: { label: 'an IVF file', class: 'container' },
  h264: { label: 'a raw H.264 stream', class: 'stream' },
  hevc: { label: 'a raw HEVC stream', class: 'stream' },
  mpegvideo: { label: 'a raw MPEG-1 or MPEG-2 video stream', class: 'stream' },
  obu: { label: 'a raw AV1 stream', class: 'stream' },
  heif: { label: 'a HEIF or AVIF picture', class: 'picture' },
  png: { label: 'a PNG picture', class: 'picture' },
  jpeg: { label: 'a JPEG picture', class: 'picture' },
  gif: { label: 'a GIF picture', class: 'picture' },
  webp: { label: 'a WebP picture', class: 'picture' },
  bmp: { label: 'a BMP picture', class: 'picture' },
  wav: { label: 'a WAV file', class: 'audio' },
  flac: { label: 'a FLAC file', class: 'audio' },
  mp3: { label: 'an MP3 file', class: 'audio' },
  gzip: { label: 'a gzip file', class: 'archive' },
  zip: { label: 'a zip archive', class: 'archive' },
  xz: { label: 'an xz file', class: 'archive' },
  zstd: { label: 'a Zstandard file', class: 'archive' },
  bzip2: { label: 'a bzip2 file', class: 'archive' },
  sevenzip: { label: 'a 7-Zip archive', class: 'archive' },
  pdf: { label: 'a PDF file', class: 'text' },
  html: { label: 'an HTML or XML page', class: 'text' },
  pointer: { label: 'a Git LFS pointer', class: 'text' },
} as const satisfies Record<string, { readonly label: string; readonly class: KindClass }>;

/** A recognised kind of file. */
export type FileKind = keyof typeof KINDS;

/** `an MP4 file`. */
export const kindLabel = (kind: FileKind): string => KINDS[kind].label;

/** How a kind is treated. */
export const kindClass = (kind: FileKind): KindClass => KINDS[kind].class;
