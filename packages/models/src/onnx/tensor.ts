/**
 * Reads the numbers of an initializer: raw bytes, lists, or a part of another
 * file. The count that the dimensions promise is compared with the bytes that
 * are there before anything is allocated.
 */
import { MAX_RANK } from './compute.js';
import {
  allocate,
  ELEMENT_BYTES,
  elementType,
  type ElementType,
  type ExternalData,
  type OnnxTensor,
  type TensorData,
} from './types.js';
import {
  asEntry,
  asInteger,
  asIntegers,
  asMessage,
  asNumbers,
  asText,
  fields,
  WireError,
  type Field,
  type Slice,
} from './wire.js';

/** Files of weights beside a model. */
export interface ExternalFiles {
  /** Bytes of a part; `undefined` where that file is not given. Throws WireError for a short one. */
  read(place: ExternalData, needed: number, name: string, at: number): Uint8Array | undefined;
}

/**
 * Files by name, with a limit for all that is read from them: many initializers
 * may share the same bytes, so the files' sizes alone limit nothing.
 */
export const externalFiles = (
  find: (location: string) => Uint8Array | undefined,
  limit: number,
): ExternalFiles => {
  let left = limit;
  return {
    read: ({ location, offset, length }, needed, name, at) => {
      const file = find(location);
      if (file === undefined) return undefined;
      const end = offset + (length ?? needed);
      if (end > file.length) {
        throw new WireError(
          at,
          `${JSON.stringify(name)} needs ${end} bytes of ${JSON.stringify(location)}, ${file.length} are there`,
        );
      }
      left -= end - offset;
      if (left < 0) throw new WireError(at, `more than ${limit} bytes of weights in other files`);
      return file.subarray(offset, end);
    },
  };
};

/** Number of elements; what does not fit in 2^53 is no size. */
const countOf = (dims: readonly number[], offset: number): number => {
  let count = 1;
  for (const dim of dims) {
    if (dim < 0) throw new WireError(offset, `a dimension of ${dim}`);
    count *= dim;
    if (!Number.isSafeInteger(count)) throw new WireError(offset, `dimensions ${dims.join('x')}`);
  }
  return count;
};

/** Fields that hold numbers, with the types they are for. */
const LISTS: Readonly<Record<number, readonly ElementType[]>> = {
  4: ['float32'],
  5: ['int32', 'int8', 'uint8'],
  7: ['int64'],
  10: ['float64'],
};

/**
 * A `TensorProto`.
 * @param external other files, if they may be used.
 * @throws WireError for what cannot be.
 */
export const readTensor = (slice: Slice, external: ExternalFiles | undefined): OnnxTensor => {
  const dims: number[] = [];
  const lists: Field[] = [];
  const entries = new Map<string, string>();
  let type: ElementType | undefined;
  let typeNumber = 0;
  let name = '';
  let raw: Slice | undefined;
  let outside = false;
  for (const each of fields(slice)) {
    switch (each.field) {
      case 1:
        for (const dim of asIntegers(each)) {
          if (dims.length === MAX_RANK)
            throw new WireError(each.offset, `more than ${MAX_RANK} dimensions`);
          dims.push(dim);
        }
        break;
      case 2:
        typeNumber = asInteger(each);
        type = elementType(typeNumber);
        break;
      case 4:
      case 5:
      case 7:
      case 10:
        lists.push(each);
        break;
      case 8:
        name = asText(each);
        break;
      case 9:
        raw = asMessage(each);
        break;
      case 13: {
        const [key, value] = asEntry(each);
        if (entries.size >= MAX_RANK) throw new WireError(each.offset, 'too much external data');
        entries.set(key, value);
        break;
      }
      case 14:
        outside = asInteger(each) === 1;
        break;
    }
  }
  if (type === undefined) {
    throw new WireError(
      slice.offset,
      `element type ${typeNumber} of ${JSON.stringify(name)} is not supported`,
    );
  }
  const count = countOf(dims, slice.offset);
  if (outside) {
    const place = externalData(entries, slice.offset);
    const needed = count * ELEMENT_BYTES[type];
    const bytes = external?.read(place, needed, name, slice.offset);
    const data = bytes === undefined ? allocate(type, 0) : fromRaw(type, count, bytes, slice, name);
    return { name, type, dims, data, external: place };
  }
  const data =
    raw === undefined
      ? fromLists(type, count, lists, slice, name)
      : fromRaw(type, count, raw.bytes, slice, name);
  return { name, type, dims, data };
};

const externalData = (entries: ReadonlyMap<string, string>, offset: number): ExternalData => {
  const size = (key: string): number | undefined => {
    const text = entries.get(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^\d{1,15}$/.test(text))
      throw new WireError(offset, `external ${key} ${JSON.stringify(text)}`);
    return value;
  };
  const location = entries.get('location');
  if (location === undefined || location === '') {
    throw new WireError(offset, 'external data without a location');
  }
  const length = size('length');
  return { location, offset: size('offset') ?? 0, ...(length === undefined ? {} : { length }) };
};

const fromRaw = (
  type: ElementType,
  count: number,
  bytes: Uint8Array,
  { offset }: Slice,
  name: string,
): TensorData => {
  const size = ELEMENT_BYTES[type];
  if (bytes.length !== count * size) {
    throw new WireError(
      offset,
      `${JSON.stringify(name)} needs ${count * size} bytes, ${bytes.length} are there`,
    );
  }
  const out = allocate(type, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i++) {
    switch (type) {
      case 'float32':
        out[i] = view.getFloat32(i * size, true);
        break;
      case 'float64':
        out[i] = view.getFloat64(i * size, true);
        break;
      case 'int64': {
        const value = Number(view.getBigInt64(i * size, true));
        if (!Number.isSafeInteger(value))
          throw new WireError(offset, `the integer ${value} is too large`);
        out[i] = value;
        break;
      }
      case 'int32':
        out[i] = view.getInt32(i * size, true);
        break;
      case 'int8':
        out[i] = view.getInt8(i);
        break;
      case 'uint8':
        out[i] = view.getUint8(i);
        break;
    }
  }
  return out;
};

const fromLists = (
  type: ElementType,
  count: number,
  lists: readonly Field[],
  { offset }: Slice,
  name: string,
): TensorData => {
  const numbers: number[] = [];
  for (const list of lists) {
    if (LISTS[list.field]?.includes(type) !== true) {
      throw new WireError(
        list.offset,
        `${JSON.stringify(name)} is ${type}, with numbers in field ${list.field}`,
      );
    }
    const more =
      list.field === 4 || list.field === 10
        ? asNumbers(list, list.field === 4 ? 4 : 8)
        : asIntegers(list);
    for (const each of more) numbers.push(each);
  }
  if (numbers.length !== count) {
    throw new WireError(
      offset,
      `${JSON.stringify(name)} needs ${count} numbers, ${numbers.length} are there`,
    );
  }
  const out = allocate(type, count);
  out.set(numbers);
  return out;
};
