/**
 * Where V8's joining of vector operations is trusted: on builds that this
 * project has tried. The flag is experimental; a version can drop it, get it
 * wrong or end the process, so nothing else is given the benefit of the doubt.
 */
import { joiningPays } from './probe.js';

/** Values of `process.versions.v8` on which the joined kernels gave the right bits. */
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
  /** Whether joining gains anything on the processor; asked only where the rest is right. */
  readonly pays: () => boolean;
}

/** This engine. */
export const HERE: EngineVersion = {
  v8: process.versions.v8,
  arch: process.arch,
  pays: joiningPays,
};

/**
 * Why vector operations are not joined by this engine.
 * @returns `undefined` where they can be; else a clause.
 */
export const whyNot = ({ v8, arch, pays }: EngineVersion): string | undefined => {
  if (arch !== 'x64') return `only x64 processors have 256-bit vectors, this one is ${arch}`;
  if (!TRIED_V8.includes(v8)) return `V8 ${v8} is not among those that were tried`;
  return pays() ? undefined : 'this processor is not faster with 256-bit vectors (no AVX2)';
};
