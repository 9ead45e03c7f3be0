/**
 * Netflix ladders: `<Source>_<quality>_<height>_<kbps>.yuv` with quality 0 as
 * the reference, and the public data set's `ref/<Source>_<fps>fps.yuv` with
 * `dis/<Source>_<quality>_<height>_<kbps>.yuv`; flat or nested. A clip is
 * paired with the one reference of exactly its source's name in the same
 * ladder; where there is none, or more than one, it is left out and told.
 */
import { taskEither as TE } from 'fp-ts';
import type { Finding } from '../corpus/finding.js';
import { folderOf } from '../data-root/inside.js';
import { assemble, type Draft } from './assemble.js';
import { contentGroup } from './group.js';
import type { Layout, LayoutOptions, LayoutReading, TreeFile } from './layout.js';
import { extensionOf, isVideo, stemOf } from './media.js';
import { parseNetflixName, type NetflixName } from './netflix-name.js';
import { sideOf } from './sides.js';

interface Named {
  readonly file: TreeFile;
  readonly name: NetflixName;
  /** Folders below `ref` or `dis`, else empty. */
  readonly below: string;
}

/** The files of one source in one ladder. */
interface Content {
  readonly source: string;
  readonly ladder: string;
  readonly references: Named[];
  readonly distorted: Named[];
}

const EXTENSIONS = new Set(['yuv', 'y4m']);
const SIDES = new Set(['ref', 'dis']);

/**
 * Where a ladder is and how deep below its `ref` or `dis` a file lies. Without
 * such a folder every folder is a ladder of its own.
 */
const place = (path: string): { readonly ladder: string; readonly below: string } => {
  const folder = folderOf(path);
  const parts = folder === '' ? [] : folder.split('/');
  const side = parts.findIndex((part) => SIDES.has(part.toLowerCase()));
  return side < 0
    ? { ladder: folder, below: '' }
    : { ladder: parts.slice(0, side).join('/'), below: parts.slice(side + 1).join('/') };
};

const collect = (files: readonly TreeFile[]): readonly Content[] => {
  const contents = new Map<string, Content>();
  for (const file of files) {
    if (!EXTENSIONS.has(extensionOf(file.path))) continue;
    const name = parseNetflixName(stemOf(file.path));
    if (name === undefined) continue;
    const { ladder, below } = place(file.path);
    // A source's name has no slash, so the key cannot be read in two ways.
    const key = `${ladder}/${name.source}`;
    const content = contents.get(key) ?? {
      source: name.source,
      ladder,
      references: [],
      distorted: [],
    };
    contents.set(key, content);
    (name.kind === 'reference' ? content.references : content.distorted).push({
      file,
      name,
      below,
    });
  }
  return [...contents.values()];
};

/** The reference of a clip: the only one, or the only one in the mirrored folder. */
const referenceOf = (clip: Named, references: readonly Named[]): Named | undefined => {
  if (references.length === 1) return references[0];
  const mirrored = references.filter(({ below }) => below === clip.below);
  return mirrored.length === 1 ? mirrored[0] : undefined;
};

const unpaired = (clip: Named, content: Content): Finding => {
  const { references, source, ladder } = content;
  const where = ladder === '' ? 'the data root' : ladder;
  return references.length === 0
    ? {
        code: 'no-reference',
        severity: 'error',
        path: clip.file.path,
        problem: `names the source ${source}, of which ${where} holds no reference`,
        remedy: `Add ref/${source}_<fps>fps.yuv or ${source}_0_<height>_0.yuv to the same ladder.`,
      }
    : {
        code: 'ambiguous-reference',
        severity: 'error',
        path: clip.file.path,
        problem: `could belong to ${references.length} references: ${references
          .slice(0, 4)
          .map(({ file }) => file.path)
          .join(', ')}`,
        remedy: 'Leave one of them, or name the pairs in a manifest.',
      };
};

const drafts = (content: Content, id: string, findings: Finding[]): readonly Draft[] => {
  const rungs = new Map<Named, Named[]>(content.references.map((one) => [one, []]));
  for (const clip of content.distorted) {
    const reference = referenceOf(clip, content.references);
    if (reference === undefined) findings.push(unpaired(clip, content));
    else rungs.get(reference)?.push(clip);
  }
  return [...rungs].map(([reference, clips]) => ({
    id: content.references.length === 1 ? id : reference.file.path,
    group: contentGroup(content.source),
    reference: reference.file,
    frameRate: reference.name.kind === 'reference' ? reference.name.frameRate : undefined,
    rungs: clips.map(({ file, name }) => ({ file, metadata: metadataOf(name) })),
  }));
};

const metadataOf = (name: NetflixName): Readonly<Record<string, number>> =>
  name.kind === 'reference' ? {} : { quality: name.quality, height: name.height, kbps: name.kbps };

/** Folders whose distorted side holds names that are none of a ladder: another layout's business. */
const strangePlaces = (files: readonly TreeFile[]): ReadonlySet<string> => {
  const places = new Set<string>();
  for (const { path } of files) {
    if (!isVideo(path)) continue;
    const side = sideOf(path);
    if (side?.side !== 'distorted') continue;
    const known = EXTENSIONS.has(extensionOf(path)) ? parseNetflixName(stemOf(path)) : undefined;
    if (known?.kind !== 'distorted') places.add(side.place);
  }
  return places;
};

/** Without references that have no clips of a ladder and lie beside distorted files that are not named as one. */
const withoutStrange = (
  contents: readonly Content[],
  files: readonly TreeFile[],
): readonly Content[] => {
  // Rarely needed, and it looks at every name once more.
  if (contents.every(({ distorted }) => distorted.length > 0)) return contents;
  const places = strangePlaces(files);
  const isStrange = ({ file }: Named): boolean => {
    const side = sideOf(file.path);
    return side !== undefined && places.has(side.place);
  };
  return contents.filter(
    ({ distorted, references }) => distorted.length > 0 || !references.some(isStrange),
  );
};

const read = (unclaimed: readonly TreeFile[], options: LayoutOptions): LayoutReading => {
  const contents = withoutStrange(collect(unclaimed), unclaimed);
  const claimed = new Set<string>();
  const findings: Finding[] = [];
  const names = new Map<string, number>();
  for (const { source } of contents) names.set(source, (names.get(source) ?? 0) + 1);
  const sources = contents.flatMap((content) => {
    for (const { file } of content.references) claimed.add(file.path);
    for (const { file } of content.distorted) claimed.add(file.path);
    const { source, ladder } = content;
    const id = names.get(source) === 1 || ladder === '' ? source : `${ladder}/${source}`;
    return drafts(content, id, findings).map((draft) => {
      const assembled = assemble(draft, options.geometry);
      findings.push(...assembled.findings);
      return assembled.source;
    });
  });
  return { sources, claimed, findings };
};

/** Netflix ladders, of the public data set's naming and of the flat one. */
export const netflix: Layout = {
  name: 'netflix',
  title: 'Netflix ladders: ref/<Source>_<fps>fps.yuv, <Source>_<quality>_<height>_<kbps>.yuv',
  read: (_tree, unclaimed, options) => TE.fromIO(() => read(unclaimed, options)),
};
