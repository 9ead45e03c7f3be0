/**
 * Edit lists of mp4 and mov files (ISO 14496-12, 8.6.6): which stretch of a
 * track is shown. The demuxer shifts timestamps but delivers everything; a
 * player, and ffmpeg, leaves out what lies outside the edit. Leaving it in
 * would shift every frame of a trimmed clip against its reference.
 */

/** Random access to the bytes of a file. */
export interface ByteReader {
  /** Bytes in all. */
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer only at the end. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** What a track's edit list shows. */
export interface EditList {
  /** Edits with pictures; more than one means a cut in the middle. */
  readonly edits: number;
  /** Every edit plays at normal speed. */
  readonly normalSpeed: boolean;
  /** Seconds of media shown by the first edit; infinite where the list does not say. */
  readonly duration: number;
  /** Units per second of the track's timestamps. */
  readonly timescale: number;
}

/** Tables of hours of video stay far below; a damaged size must not fill the memory. */
const MAX_MOOV_BYTES = 256 * 2 ** 20;

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const boxType = (view: DataView, at: number): string =>
  String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );

/** Size field of a box header (32 bits, 64 bits after the type, or 0: to the end) and header length. */
const boxSize = (view: DataView, at: number, left: number): readonly [number, number] => {
  const size = view.getUint32(at);
  if (size === 0) return [left, 8];
  if (size !== 1) return [size, 8];
  return at + 16 <= view.byteLength ? [Number(view.getBigUint64(at + 8)), 16] : [0, 16];
};

const children = (view: DataView, start: number, end: number): readonly Box[] => {
  const boxes: Box[] = [];
  let at = start;
  while (at + 8 <= end) {
    const [size, header] = boxSize(view, at, end - at);
    if (size < header || at + size > end) break;
    boxes.push({ type: boxType(view, at + 4), start: at + header, end: at + size });
    at += size;
  }
  return boxes;
};

const find = (view: DataView, box: Box, ...path: readonly string[]): Box | undefined => {
  let here: Box | undefined = box;
  for (const type of path) {
    if (here === undefined) return undefined;
    here = children(view, here.start, here.end).find((child) => child.type === type);
  }
  return here;
};

/** `timescale` of a `mvhd` or `mdhd`: after two times of 4 or 8 bytes. */
const timescaleOf = (view: DataView, box: Box | undefined): number => {
  if (box === undefined) return 0;
  const at = box.start + (view.getUint8(box.start) === 1 ? 20 : 12);
  return at + 4 <= box.end ? view.getUint32(at) : 0;
};

const trackIdOf = (view: DataView, box: Box | undefined): number => {
  if (box === undefined) return 0;
  const at = box.start + (view.getUint8(box.start) === 1 ? 20 : 12);
  return at + 4 <= box.end ? view.getUint32(at) : 0;
};

const readEdits = (
  view: DataView,
  elst: Box,
  movieTimescale: number,
  timescale: number,
): EditList => {
  const wide = view.getUint8(elst.start) === 1;
  const entryBytes = wide ? 20 : 12;
  const count = view.getUint32(elst.start + 4);
  let edits = 0;
  let normalSpeed = true;
  let duration = Infinity;
  for (let i = 0, at = elst.start + 8; i < count && at + entryBytes <= elst.end; i++) {
    const length = wide ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const mediaTime = wide ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    const rate = view.getInt16(at + entryBytes - 4);
    at += entryBytes;
    if (mediaTime === -1) continue;
    edits++;
    if (rate !== 1) normalSpeed = false;
    // 0 is written by muxers that do not know the length yet: everything is shown.
    if (edits === 1 && length > 0 && movieTimescale > 0) duration = length / movieTimescale;
  }
  return { edits, normalSpeed, duration, timescale };
};

const findMoov = async (file: ByteReader): Promise<Uint8Array | undefined> => {
  let at = 0;
  while (at + 8 <= file.size) {
    const head = await file.read(at, 16);
    if (head.byteLength < 8) return undefined;
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const [size, header] = boxSize(view, 0, file.size - at);
    if (size < header) return undefined;
    if (boxType(view, 4) === 'moov') {
      return size > MAX_MOOV_BYTES ? undefined : file.read(at + header, size - header);
    }
    at += size;
  }
  return undefined;
};

/**
 * Edit lists by track id; tracks without one are absent. A file that is not
 * ISO media, or damaged, gives an empty map: its demuxer will say so.
 */
export const readEditLists = async (file: ByteReader): Promise<ReadonlyMap<number, EditList>> => {
  const lists = new Map<number, EditList>();
  const moov = await findMoov(file);
  if (moov === undefined) return lists;
  const view = new DataView(moov.buffer, moov.byteOffset, moov.byteLength);
  const root: Box = { type: 'moov', start: 0, end: moov.byteLength };
  const movieTimescale = timescaleOf(view, find(view, root, 'mvhd'));
  for (const trak of children(view, root.start, root.end)) {
    if (trak.type !== 'trak') continue;
    const elst = find(view, trak, 'edts', 'elst');
    if (elst === undefined || elst.end - elst.start < 8) continue;
    const timescale = timescaleOf(view, find(view, trak, 'mdia', 'mdhd'));
    const id = trackIdOf(view, find(view, trak, 'tkhd'));
    lists.set(id, readEdits(view, elst, movieTimescale, timescale));
  }
  return lists;
};

/**
 * Whether a picture is shown: its time is not before the edit's start (0 after
 * the demuxer's shift) and before its end. Compared in the track's own units,
 * so that seconds as doubles cannot misplace the first or the last picture.
 */
export const isShown = (edit: EditList | undefined, seconds: number): boolean => {
  if (edit === undefined || edit.edits === 0) return true;
  const time = Math.round(seconds * edit.timescale);
  return (
    time >= 0 && (edit.duration === Infinity || time < Math.round(edit.duration * edit.timescale))
  );
};
