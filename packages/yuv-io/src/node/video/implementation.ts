/**
 * The WebCodecs classes for Node: the one place that names an implementation.
 * Another one is put in place by changing this file, or by setting the classes
 * on `globalThis` before a video is opened.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What decodes, for the report. */
export interface Implementation {
  readonly name: string;
  readonly version?: string;
}

/** Package that brings the classes, pinned because its next minor needs a newer Node. */
export const IMPLEMENTATION_PACKAGE = '@napi-rs/webcodecs';
/** Version that was checked, Node 20 to 26. */
export const IMPLEMENTATION_VERSION = '1.3.1';

/** Classes that demuxing and decoding need. */
const CLASSES = [
  'VideoDecoder',
  'EncodedVideoChunk',
  'VideoFrame',
  'VideoColorSpace',
  'AudioDecoder',
  'EncodedAudioChunk',
  'AudioData',
] as const;

/** Version in the package's own description, which its `exports` hide from `import`. */
const packageVersion = async (): Promise<string | undefined> => {
  try {
    const main = createRequire(import.meta.url).resolve(IMPLEMENTATION_PACKAGE);
    const text = await readFile(join(dirname(main), 'package.json'), 'utf8');
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null && 'version' in found
      ? String(found.version)
      : undefined;
  } catch {
    // For the report only.
    return undefined;
  }
};

const load = async (): Promise<Implementation> => {
  if ('VideoDecoder' in globalThis) return { name: 'globalThis' };
  const found: unknown = await import('@napi-rs/webcodecs');
  if (typeof found !== 'object' || found === null) throw new Error('the package exports nothing');
  const classes = new Map<string, unknown>(Object.entries(found));
  for (const name of CLASSES) {
    const value = classes.get(name);
    if (value === undefined) throw new Error(`the package has no ${name}`);
    if (name in globalThis) continue;
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const version = await packageVersion();
  return { name: IMPLEMENTATION_PACKAGE, ...(version === undefined ? {} : { version }) };
};

let loaded: Promise<Implementation> | undefined;

/**
 * Puts the classes on `globalThis`, once; must run before mediabunny is
 * imported. Rejects with whatever the import threw where the package, or its
 * binary for this platform, is not installed.
 */
export const installWebCodecs = (): Promise<Implementation> => (loaded ??= load());
