// Constants in all lanes of a vector, read from memory: engines make vector
// constants anew in every turn of a loop, but keep what was loaded before it.

/** Holds 0, which a compiler cannot know. */
const ORIGIN = memory.data(4, 16);

/**
 * 0, read from memory: what constant addresses of vectors are relative to. An
 * engine that joins two accesses at constant addresses may get the address of
 * the pair wrong (seen in V8 13.6).
 */
export function origin(): usize {
  return load<usize>(ORIGIN);
}

/** The 32-bit number at the constant `address` in all lanes. */
export function all32(address: usize): v128 {
  return v128.load32_splat(origin() + address);
}

/** The 64-bit number at the constant `address` in both lanes. */
export function all64(address: usize): v128 {
  return v128.load64_splat(origin() + address);
}
