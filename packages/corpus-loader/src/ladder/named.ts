/**
 * Which finished results have which names: one list a source, written before
 * the files are renamed, so that after a power cut each file is found under
 * one of its two names.
 */
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import { canonicalJson } from '../store/canonical.js';
import type { Sha256 } from '../store/contracts.js';
import { parseJson, refuseNewer } from './record.js';

/** A result's file and the name it has. */
export interface NamedFile {
  /** Job of the result. */
  readonly hash: Sha256;
  /** Which of the result's files. */
  readonly kind: 'yuv' | 'encode';
  /** Relative to the ladder's folder. */
  readonly path: string;
}

/** The named files of a source. */
export interface NamedSource {
  readonly format: 'tinyvmaf-ladder-named/1';
  /** Id of the source. */
  readonly id: string;
  /** Its named files. */
  readonly files: readonly NamedFile[];
}

const NAMED_FORMAT = 'tinyvmaf-ladder-named/1';

/** Names that this program gives: one file in one of three folders. */
const Path = t.refinement(
  t.string,
  (path) => /^(?:ref|dis|enc)\/[^/\\\0]+$/u.test(path),
  'a file in ref, dis or enc',
);

const NamedCodec = t.type({
  format: t.literal(NAMED_FORMAT),
  id: t.string,
  files: t.array(
    t.type({ hash: t.string, kind: t.keyof({ yuv: null, encode: null }), path: Path }),
  ),
});

/** A list from its text; undefined where it cannot be what was written. Throws TableFormat for a newer version. */
export const readNamed = (text: string, source: string): NamedSource | undefined => {
  const value = parseJson(text);
  refuseNewer(value, NAMED_FORMAT, source);
  const decoded = NamedCodec.decode(value);
  return E.isLeft(decoded) ? undefined : decoded.right;
};

/** A list as text. */
export const namedText = (id: string, files: readonly NamedFile[]): string =>
  `${canonicalJson({ format: NAMED_FORMAT, id, files })}\n`;
