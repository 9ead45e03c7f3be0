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
 * Whether an address is a constant: written as one, made of constants, or in a
 * local that is set to constants only.
 * @param {number} pointer an expression
 * @param {ReadonlyMap<number, readonly number[]>} locals what each is set to; parameters are absent
 * @param {number} depth of locals followed: one that counts up leads to itself
 * @returns {boolean}
 */
const isConstant = (pointer, locals, depth = 0) => {
  const info = /** @type {any} */ (binaryen.getExpressionInfo(pointer));
  /** @param {number} part */
  const constant = (part) => isConstant(part, locals, depth + 1);
  if (depth > 8) return false;
  switch (info.id) {
    case binaryen.ConstId:
      return true;
    case binaryen.LocalSetId:
      return constant(info.value);
    case binaryen.BinaryId:
      return constant(info.left) && constant(info.right);
    case binaryen.LocalGetId:
      return locals.get(info.index)?.every(constant) ?? false;
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
  try {
    return Array.from({ length: module.getNumFunctions() }, (_, i) => i).flatMap((i) => {
      const { name, body, params } = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
      // An import has none.
      if (body === 0) return [];
      const parts = [...expressions(body)];
      const parameters = binaryen.expandType(params).length;
      /** @type {Map<number, number[]>} */
      const locals = new Map();
      for (const { id, index, value } of parts) {
        if (id !== binaryen.LocalSetId || index < parameters) continue;
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
