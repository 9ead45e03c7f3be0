/**
 * Where V8's joining of vector operations is trusted: on builds that this
 * project has tried. The flag is experimental; a version can drop it, get it
 * wrong or end the process, so nothing else is given the benefit of the doubt.
 */

/** Values of `process.versions.v8` on which the paired kernels gave the right bits. */
export const TRIED_V8: readonly string[] = [
  '13.6.233.17-node.53', // Node 24.21
  '14.6.202.34-node.34', // Node 26.10
];

/** Of an engine, what decides whether its joining is tried. */
export interface EngineVersion {
  /** As `process.versions.v8`. */
  readonly v8: string;
  /** As `process.arch`. */
  readonly arch: string;
}

/**
 * Why vector operations are not joined by this engine.
 * @returns `undefined` where they can be.
 */
export const whyNot = ({ v8, arch }: EngineVersion): string | undefined => {
  if (arch !== 'x64') return `only x64 processors have 256-bit vectors, this one is ${arch}`;
  return TRIED_V8.includes(v8) ? undefined : `V8 ${v8} is not among those that were tried`;
};
