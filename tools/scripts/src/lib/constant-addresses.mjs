/**
 * Finds a shape of code that V8 gets wrong: vectors read or written at constant
 * addresses. Where `--experimental-wasm-revectorize` joins two such accesses,
 * the pair may land 16 bytes off, silently (seen in V8 13.6 of Node 24). Modules
 * that are to be joined must have none.
 */
import binaryen from 'binaryen';

/** Fields of Binaryen's expressions that hold expressions, or lists of them. */
const CHILDREN = [
  ...['children', 'operands', 'body', 'condition', 'ifTrue', 'ifFalse'],
  ...['value', 'ptr', 'left', 'right', 'vec', 'shift', 'a', 'b', 'c'],
  ...['dest', 'source', 'size', 'delta'],
];

/**
 * An expression and all within it.
 * @param {number} expression
 * @returns {Generator<any, void, void>} what Binaryen tells of each; its types know no unions
 */
function* expressions(expression) {
  const info = /** @type {any} */ (binaryen.getExpressionInfo(expression));
  yield info;
  // The value of a constant is a number too.
  if (info.id === binaryen.ConstId) return;
  for (const field of CHILDREN) {
    for (const child of [info[field] ?? []].flat()) {
      if (child !== 0) yield* expressions(child);
    }
  }
}

/**
 * Whether an address is or begins as a constant: written as one, made of such, or
 * in a local that is set to one somewhere. A pointer that starts at a constant and
 * moves is one too: in the first turn of its loop, which an engine may peel off, it
 * is known.
 * @param {number} pointer an expression
 * @param {ReadonlyMap<number, readonly number[]>} locals what each is set to
 * @param {readonly number[]} followed locals on the way here: one that counts up leads to itself
 * @returns {boolean}
 */
const isConstant = (pointer, locals, followed = []) => {
  const info = /** @type {any} */ (binaryen.getExpressionInfo(pointer));
  /** @param {number} part */
  const constant = (part) => isConstant(part, locals, followed);
  switch (info.id) {
    case binaryen.ConstId:
      return true;
    case binaryen.LocalSetId:
      return constant(info.value);
    case binaryen.BinaryId:
      return constant(info.left) && constant(info.right);
    case binaryen.SelectId:
      return constant(info.ifTrue) || constant(info.ifFalse);
    case binaryen.LocalGetId:
      return (
        !followed.includes(info.index) &&
        (locals.get(info.index) ?? []).some((value) =>
          isConstant(value, locals, [...followed, info.index]),
        )
      );
    default:
      return false;
  }
};

/** Of these ids, only 16 bytes wide accesses are vectors; a SIMD load always is. @param {any} info */
const isVectorAccess = ({ id, bytes }) =>
  id === binaryen.SIMDLoadId ||
  ((id === binaryen.LoadId || id === binaryen.StoreId) && bytes === 16);

/**
 * The vector accesses of a module whose addresses are constants.
 * @param {Uint8Array} bytes the module
 * @returns {string[]} one line each: the function's index and the access; empty where all is well
 */
export const constantAddresses = (bytes) => {
  const module = binaryen.readBinary(bytes);
  // Optimisers use one local for several things; now each holds what may be read from it.
  module.runPasses(['ssa']);
  try {
    return Array.from({ length: module.getNumFunctions() }, (_, i) => i).flatMap((i) => {
      const { name, body } = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
      // An import has none.
      if (body === 0) return [];
      const parts = [...expressions(body)];
      /** @type {Map<number, number[]>} */
      const locals = new Map();
      for (const { id, index, value } of parts) {
        if (id !== binaryen.LocalSetId) continue;
        locals.set(index, [...(locals.get(index) ?? []), value]);
      }
      return parts
        .filter((info) => isVectorAccess(info) && isConstant(info.ptr, locals))
        .map(({ id, offset }) => {
          const access = id === binaryen.StoreId ? 'store' : 'load';
          return `function ${name}: a vector ${access} at a constant address, offset ${offset}`;
        });
    });
  } finally {
    module.dispose();
  }
};
