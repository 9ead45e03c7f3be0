/**
 * Cutting the text of `--model` at its colons, with regard for file names: the
 * colon of a Windows drive, and colons written as `\:`.
 */

/** The parts of a text, `\:` turned into plain colons. At least one. */
export const splitParts = (text: string): readonly string[] => {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\' && text.charAt(i + 1) === ':') {
      part += ':';
      i++;
    } else if (char === ':' && !isDriveColon(part, text.charAt(i + 1))) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  parts.push(part);
  return parts;
};

// `path=C:\x.json`, `C:/x.json`: one letter, and a slash after the colon.
const isDriveColon = (part: string, next: string): boolean =>
  /^(?:path=)?[A-Za-z]$/.test(part) && (next === '\\' || next === '/');
