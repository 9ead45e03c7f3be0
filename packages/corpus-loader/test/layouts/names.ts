// Generated Netflix-style trees: contents with names made to be confused, in
// several ladders, with files missing, cut and doubled, and the pairs that are right.
import fc from 'fast-check';

/** One frame of the geometry that generated trees are read with. */
export const GEOMETRY = { width: 4, height: 4, bitDepth: 8, chroma: '420' } as const;
export const FRAME = 24;

const WORD = fc.oneof(
  fc.constantFrom(
    'A',
    'Film',
    'film',
    '25fps',
    '0',
    '50',
    '1080',
    'ref',
    'dis',
    '_',
    '',
    '-',
    '..',
  ),
  fc.constantFrom('ä', '日本', 'a b', "q'", '"', ';', ',', '$(x)', '%00', '__proto__', '{source}'),
  fc.constantFrom('a\u0301', '\u00e1', '\u202e', '\\', 'x'.repeat(200)),
  fc.stringMatching(/^[A-Za-z0-9]{1,4}$/),
);

/** Names of contents; many are prefixes of others or look like tokens. */
const sourceName = fc
  .array(WORD, { minLength: 1, maxLength: 4 })
  .map((words) => words.join('_'))
  .filter(
    (name) => name !== '' && name !== '.' && !name.startsWith('.') && Buffer.byteLength(name) < 225,
  );

const FOLDER = fc.constantFrom('', 'one', 'one/two', 'set 1', 'deep/er/still', 'ä');

interface Clip {
  readonly quality: number;
  readonly height: number;
  readonly kbps: number;
  readonly frames: number;
  /** Bytes beyond whole frames. */
  readonly extra: number;
}

export interface Content {
  readonly source: string;
  readonly folder: string;
  readonly style: 'flat' | 'sides';
  readonly reference: 'fps' | 'zero' | 'none';
  readonly frames: number;
  readonly clips: readonly Clip[];
}

const clip: fc.Arbitrary<Clip> = fc.record({
  quality: fc.integer({ min: 1, max: 99 }),
  height: fc.constantFrom(0, 288, 1080),
  kbps: fc.integer({ min: 0, max: 20000 }),
  frames: fc.integer({ min: 1, max: 3 }),
  extra: fc.constantFrom(0, 0, 0, 0, 1, FRAME - 1),
});

export const content: fc.Arbitrary<Content> = fc.record({
  source: sourceName,
  folder: FOLDER,
  style: fc.constantFrom('flat', 'sides'),
  reference: fc.constantFrom('fps', 'fps', 'zero', 'zero', 'none'),
  frames: fc.integer({ min: 1, max: 3 }),
  clips: fc.uniqueArray(clip, {
    maxLength: 4,
    selector: ({ quality, height, kbps }) => `${quality}_${height}_${kbps}`,
  }),
});

const join = (...parts: readonly string[]): string => parts.filter(Boolean).join('/');

const referencePath = ({ source, folder, style, reference }: Content): string =>
  join(
    folder,
    style === 'sides' ? 'ref' : '',
    reference === 'fps' ? `${source}_25fps.yuv` : `${source}_0_1080_0.yuv`,
  );

const clipPath = ({ source, folder, style }: Content, { quality, height, kbps }: Clip): string =>
  join(
    folder,
    style === 'sides' ? 'dis' : '',
    `${source}_${String(quality).padStart(2, '0')}_${height}_${kbps}.yuv`,
  );

/** Files with sizes. Two contents of one name in one ladder overwrite each other, as on a disk. */
export const filesOf = (contents: readonly Content[]): Record<string, number> => {
  const files = new Map<string, number>();
  for (const one of contents) {
    if (one.reference !== 'none') files.set(referencePath(one), one.frames * FRAME);
    for (const rung of one.clips) {
      files.set(clipPath(one, rung), rung.frames * FRAME + rung.extra);
    }
  }
  return Object.fromEntries(files);
};

/** Where files of one ladder lie, by the rule in words: a folder `ref` or `dis` and what is below it belongs to the folder above. */
export const ladderOf = (path: string): string => {
  const parts = path.split('/').slice(0, -1);
  const side = parts.findIndex((part) => /^(ref|dis)$/i.test(part));
  return (side < 0 ? parts : parts.slice(0, side)).join('/');
};

/** The content's name, by cutting tokens off the end, one at a time, without a regular expression. */
export const nameOfSource = (path: string): { source: string; reference: boolean } | undefined => {
  const stem = (path.split('/').at(-1) ?? '').slice(0, -'.yuv'.length);
  const parts = stem.split('_');
  const digits = (text: string | undefined): boolean =>
    text !== undefined && text !== '' && [...text].every((one) => one >= '0' && one <= '9');
  const source = (drop: number): string => parts.slice(0, parts.length - drop).join('_');
  if (source(3) !== '' && parts.slice(-3).every(digits) && parts.length > 3) {
    return { source: source(3), reference: Number(parts.at(-3)) === 0 };
  }
  const last = parts.at(-1) ?? '';
  if (last.endsWith('fps') && digits(last.slice(0, -3)) && parts.length > 1 && source(1) !== '') {
    return { source: source(1), reference: true };
  }
  return undefined;
};
