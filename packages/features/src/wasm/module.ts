/**
 * WebAssembly as the kernels need it: whether this engine has 128-bit SIMD,
 * and modules from the text that they are shipped as. Nothing is fetched, so
 * the same code runs in Node, in browsers and in workers.
 */

/**
 * The smallest module that needs SIMD: one function that makes a vector and
 * drops it.
 */
const PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic number, version 1
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // type: no parameters, no results
  ...[0x03, 0x02, 0x01, 0x00], // one function of that type
  ...[0x0a, 0x09, 0x01, 0x07, 0x00], // its code, no locals
  ...[0x41, 0x00, 0xfd, 0x0f, 0x1a, 0x0b], // i32.const 0; i8x16.splat; drop; end
);

let simd: boolean | undefined;

/** Whether the engine runs WebAssembly with 128-bit SIMD. Probed once, with a tiny module. */
export const hasSimd = (): boolean => {
  simd ??= typeof WebAssembly === 'object' && WebAssembly.validate(PROBE) && compiles();
  return simd;
};

/** A content security policy may forbid to compile what is valid. */
const compiles = (): boolean => {
  try {
    return new WebAssembly.Module(PROBE) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
};

const modules = new Map<string, WebAssembly.Module>();

/**
 * The module that a text in base64 holds. Compiled when it is first asked for,
 * and kept.
 * @throws WebAssembly.CompileError where the engine lacks SIMD: ask {@link hasSimd} first.
 */
export const moduleOf = (base64: string): WebAssembly.Module => {
  const known = modules.get(base64);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const module = new WebAssembly.Module(bytes);
  modules.set(base64, module);
  return module;
};

/**
 * Takes a module that another thread has compiled, so that this one neither
 * compiles nor optimises it again.
 */
export const adoptModule = (base64: string, module: WebAssembly.Module): void => {
  modules.set(base64, module);
};

/** Bytes of one page of WebAssembly memory. */
const PAGE = 65536;

/** Grows a memory to hold `bytes` from address 0. @throws RangeError where there is not so much. */
export const growTo = (memory: WebAssembly.Memory, bytes: number): void => {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
};
