/**
 * A Parquet file read by parquet-wasm (arrow-rs), which shares no code with
 * what the store uses: its Arrow columns, taken from the WebAssembly memory by
 * the C data interface.
 */
import { ParquetFile, readParquet, wasmMemory } from 'parquet-wasm';

/** Columns by name: `Int32Array` or `Float64Array`, as the file's schema says. */
export const readIndependently = (
  file: Uint8Array,
): { columns: Map<string, Int32Array | Float64Array>; batches: number } => {
  const table = readParquet(file, { batchSize: 1_000_000 });
  const stream = table.intoFFI();
  const memory = wasmMemory().buffer;
  const view = new DataView(memory);
  const parts = new Map<string, (Int32Array | Float64Array)[]>();
  const fields = schemaFields(view, stream.schemaAddr());
  const addresses = [...stream.arrayAddrs()];
  for (const address of addresses) {
    const children = view.getUint32(address + ARRAY_CHILDREN, true);
    fields.forEach(({ name, format }, i) => {
      const child = view.getUint32(children + 4 * i, true);
      const length = Number(view.getBigInt64(child, true));
      const offset = Number(view.getBigInt64(child + 16, true));
      const buffers = view.getUint32(child + ARRAY_BUFFERS, true);
      const data = view.getUint32(buffers + 4, true);
      const part =
        format === 'i'
          ? new Int32Array(memory.slice(data + 4 * offset, data + 4 * (offset + length)))
          : new Float64Array(memory.slice(data + 8 * offset, data + 8 * (offset + length)));
      parts.set(name, [...(parts.get(name) ?? []), part]);
    });
  }
  const columns = new Map(
    [...parts].map(([name, list]) => [
      name,
      list[0] instanceof Int32Array
        ? Int32Array.from(list.flatMap((part) => [...part]))
        : Float64Array.from(list.flatMap((part) => [...part])),
    ]),
  );
  return { columns, batches: addresses.length };
};

/** Key-value metadata of the file. */
export const metadataIndependently = async (file: Uint8Array): Promise<Map<string, string>> => {
  const parquet = await ParquetFile.fromFile(new Blob([new Uint8Array(file)]));
  return parquet.metadata().fileMetadata().keyValueMetadata() as Map<string, string>;
};

// struct ArrowArray with 32-bit pointers: five int64, then buffers, children.
const ARRAY_BUFFERS = 40;
const ARRAY_CHILDREN = 44;

/** struct ArrowSchema with 32-bit pointers: format, name, metadata, int64 flags, int64 n_children, children. */
const schemaFields = (view: DataView, schema: number): { name: string; format: string }[] => {
  const count = Number(view.getBigInt64(schema + 24, true));
  const children = view.getUint32(schema + 32, true);
  return Array.from({ length: count }, (_, i) => {
    const child = view.getUint32(children + 4 * i, true);
    return {
      format: text(view, view.getUint32(child, true)),
      name: text(view, view.getUint32(child + 4, true)),
    };
  });
};

const text = (view: DataView, at: number): string => {
  let end = at;
  while (view.getUint8(end) !== 0) end++;
  return new TextDecoder().decode(new Uint8Array(view.buffer, at, end - at));
};
