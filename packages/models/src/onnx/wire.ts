/**
 * Protobuf's wire format, read with care: every length is checked against the
 * bytes that are there, nothing is allocated, strings are decoded strictly.
 * What does not hold is a {@link WireError} with the offset.
 */

/** Bytes that are no protobuf message, or not one with these fields. */
export class WireError extends Error {
  /** @param offset in the whole file. */
  constructor(
    readonly offset: number,
    readonly problem: string,
  ) {
    super(`${problem} at byte ${offset}`);
  }
}

/** One field of a message. */
export type Field = { readonly field: number; readonly offset: number } & (
  | { readonly kind: 'varint'; readonly value: bigint }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'fixed32'; readonly value: number }
  | { readonly kind: 'fixed64'; readonly value: number }
);

/** Part of a file. */
export interface Slice {
  /** The bytes; a view, not a copy. */
  readonly bytes: Uint8Array;
  /** Where they begin in the file. */
  readonly offset: number;
}

const textDecoder = new TextDecoder('utf-8', { fatal: true });

/** Longest string that is taken. */
const MAX_TEXT = 65_536;

/** A varint from `at`; its value, 64 bits unsigned, and where it ends. */
const readVarint = ({ bytes, offset }: Slice, at: number): readonly [bigint, number] => {
  // Nearly all are a single byte.
  const first = bytes[at];
  if (first !== undefined && first < 128) return [BigInt(first), at + 1];
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw new WireError(offset + at, 'ends inside a number');
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return [BigInt.asUintN(64, value), at + i + 1];
  }
  throw new WireError(offset + at, 'a number has more than 10 bytes');
};

/** The fields of a message, one after the other. */
export function* fields(slice: Slice): Generator<Field, void> {
  const { bytes, offset } = slice;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const start = offset + at;
    const [key, next] = readVarint(slice, at);
    at = next;
    if (key >> 3n === 0n || key >= 1n << 32n)
      throw new WireError(start, `field number ${key >> 3n}`);
    const field = Number(key >> 3n);
    const need = (count: number): void => {
      if (bytes.length - at < count) {
        throw new WireError(
          start,
          `field ${field} needs ${count} bytes, ${bytes.length - at} are there`,
        );
      }
    };
    switch (Number(key & 7n)) {
      case 0: {
        const [value, end] = readVarint(slice, at);
        at = end;
        yield { field, offset: start, kind: 'varint', value };
        break;
      }
      case 1:
        need(8);
        yield { field, offset: start, kind: 'fixed64', value: view.getFloat64(at, true) };
        at += 8;
        break;
      case 2: {
        const [length, end] = readVarint(slice, at);
        at = end;
        if (length > BigInt(bytes.length - at)) {
          throw new WireError(
            start,
            `field ${field} needs ${length} bytes, ${bytes.length - at} are there`,
          );
        }
        const value = bytes.subarray(at, at + Number(length));
        yield { field, offset: offset + at, kind: 'bytes', value };
        at += Number(length);
        break;
      }
      case 5:
        need(4);
        yield { field, offset: start, kind: 'fixed32', value: view.getFloat32(at, true) };
        at += 4;
        break;
      default:
        throw new WireError(start, `wire type ${key & 7n} of field ${field}`);
    }
  }
}

const wrongKind = ({ field, offset, kind }: Field, wanted: string): never => {
  throw new WireError(offset, `field ${field} is ${kind} where ${wanted} belongs`);
};

/** A nested message. */
export const asMessage = (field: Field): Slice =>
  field.kind === 'bytes'
    ? { bytes: field.value, offset: field.offset }
    : wrongKind(field, 'a message');

/** A string in UTF-8. */
export const asText = (field: Field): string => {
  if (field.kind !== 'bytes') return wrongKind(field, 'text');
  if (field.value.length > MAX_TEXT) {
    throw new WireError(field.offset, `text of ${field.value.length} bytes; at most ${MAX_TEXT}`);
  }
  try {
    return textDecoder.decode(field.value);
  } catch {
    throw new WireError(field.offset, 'text that is not UTF-8');
  }
};

/** A signed 64-bit integer as a double; those beyond 2^53 are refused. */
const toInteger = (value: bigint, offset: number): number => {
  const signed = BigInt.asIntN(64, value);
  const number = Number(signed);
  if (!Number.isSafeInteger(number))
    throw new WireError(offset, `the integer ${signed} is too large`);
  return number;
};

/** An integer within 2^53. */
export const asInteger = (field: Field): number =>
  field.kind === 'varint' ? toInteger(field.value, field.offset) : wrongKind(field, 'an integer');

/** A binary32 number. */
export const asFloat = (field: Field): number =>
  field.kind === 'fixed32' ? field.value : wrongKind(field, 'a number');

/** Integers of a repeated field: one, or packed ones. */
export const asIntegers = (field: Field): readonly number[] => {
  if (field.kind !== 'bytes') return [asInteger(field)];
  const slice = asMessage(field);
  const out: number[] = [];
  for (let at = 0; at < slice.bytes.length;) {
    const [value, end] = readVarint(slice, at);
    out.push(toInteger(value, slice.offset + at));
    at = end;
  }
  return out;
};

/** Binary32 or binary64 numbers of a repeated field: one, or packed ones. */
export const asNumbers = (field: Field, size: 4 | 8): readonly number[] => {
  if (field.kind === (size === 4 ? 'fixed32' : 'fixed64')) return [Number(field.value)];
  if (field.kind !== 'bytes' || field.value.length % size !== 0) return wrongKind(field, 'numbers');
  const { value } = field;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return Array.from({ length: value.length / size }, (_, i) =>
    size === 4 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true),
  );
};

/** Key and text of a `StringStringEntryProto`. */
export const asEntry = (field: Field): readonly [string, string] => {
  let key = '';
  let value = '';
  for (const each of fields(asMessage(field))) {
    if (each.field === 1) key = asText(each);
    if (each.field === 2) value = asText(each);
  }
  return [key, value];
};
