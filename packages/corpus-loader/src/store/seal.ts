/**
 * A checksum over a whole Parquet file that lies in the file's own metadata,
 * where every reader ignores it. It is checked before anything of the file is
 * parsed: hyparquet-writer gives pages no CRC, and a damaged footer could ask a
 * parser for anything.
 */
import { hash } from 'node:crypto';

/** Key of the checksum in the file's key-value metadata. */
export const SEAL_KEY = 'tinyvmaf.sha256';

/** What stands in the checksum's place while it is computed. */
export const SEAL_BLANK = '0'.repeat(64);

// In Thrift's compact protocol the value follows its key: field header, length, text.
const NEEDLE = Buffer.concat([Buffer.from(SEAL_KEY), Buffer.from([0x18, SEAL_BLANK.length])]);
const MAGIC = Buffer.from('PAR1');

/**
 * Puts the checksum of a finished Parquet file in place of the blank one: the
 * SHA-256 of all its bytes while these 64 digits are zeros. Changes `file`.
 * @returns whether the file has a blank to fill.
 */
export const sealFile = (file: Uint8Array): boolean => {
  const bytes = asBuffer(file);
  const at = sealPosition(bytes);
  if (at < 0) return false;
  bytes.write(hash('sha256', bytes), at, 'latin1');
  return true;
};

/** What is wrong with a file that should be sealed; `undefined` when it is whole. Leaves `file` as it was. */
export const sealProblem = (file: Uint8Array): string | undefined => {
  const bytes = asBuffer(file);
  if (bytes.length === 0) return 'it is empty';
  if (bytes.length < 12 || !bytes.subarray(0, 4).equals(MAGIC)) {
    return `it does not begin as a Parquet file (${bytes.length} bytes)`;
  }
  if (!bytes.subarray(-4).equals(MAGIC)) {
    return `it does not end as a Parquet file (${bytes.length} bytes); it may have been cut off`;
  }
  const at = sealPosition(bytes);
  if (at < 0) return `its metadata has no ${SEAL_KEY}`;
  const said = bytes.toString('latin1', at, at + SEAL_BLANK.length);
  bytes.write(SEAL_BLANK, at, 'latin1');
  const is = hash('sha256', bytes);
  bytes.write(said, at, 'latin1');
  return is === said ? undefined : `its SHA-256 should be ${said}, is ${is}`;
};

const sealPosition = (bytes: Buffer): number => {
  const key = bytes.lastIndexOf(NEEDLE);
  const at = key + NEEDLE.length;
  return key < 0 || at + SEAL_BLANK.length > bytes.length ? -1 : at;
};

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
