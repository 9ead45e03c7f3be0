/**
 * JSON with one spelling for each value: keys sorted, no spaces. What is hashed
 * or compared is written this way.
 */

/**
 * Canonical JSON of plain data: keys in order of their UTF-16 code units, no
 * spaces, numbers as `JSON.stringify` writes them; members that are `undefined`
 * are left out.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
};
