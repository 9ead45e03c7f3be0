/**
 * A look at JSON text before it is parsed: how large, how deep, how many
 * values. A file made to exhaust memory is refused by its shape, at the price
 * of one pass over the characters.
 */

/** Limits of a model file. The largest known one has 409 KB, depth 4 and 1,100 values (counted as commas and brackets). */
export const JSON_LIMITS = {
  /** UTF-16 units; also the limit in bytes of a file or download. */
  length: 16 * 1024 * 1024,
  depth: 16,
  values: 200_000,
} as const;

/** What is wrong with the shape of a JSON text, if anything. Says nothing about its syntax. */
export const shapeProblem = (text: string): string | undefined => {
  if (text.length > JSON_LIMITS.length) {
    return `has ${text.length} characters, a model has at most ${JSON_LIMITS.length}`;
  }
  let depth = 0;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: {
        i = stringEnd(text, i);
        break;
      }
      case 0x5b: // [
      case 0x7b: // {
        depth++;
        values++;
        if (depth > JSON_LIMITS.depth) return `is nested deeper than ${JSON_LIMITS.depth} levels`;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case 0x2c: // ,
        values++;
        break;
    }
    if (values > JSON_LIMITS.values) return `holds more than ${JSON_LIMITS.values} values`;
  }
  return undefined;
};

/** Offset of the quote that ends the string beginning at `start`, or the text's end. */
const stringEnd = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
};

const isEscaped = (text: string, at: number): boolean => {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
};
