/**
 * Whether this machine computes the right numbers: the kernels of a backend
 * run over fixed pictures, and the SHA-256 of their integer sums is compared
 * with the digests that the reference kernels gave. A compiler or processor
 * that gets one bit wrong shows, with the kernel and the picture.
 */
import { ADM_DEFAULTS, type AdmOptions } from '../adm/options.js';
import type { Kernels } from '../backends/kernels.js';
import type { VifOptions } from '../vif/vif.js';
import { EXPECTED_DIGESTS } from './expected.js';
import { conformancePictures, type PictureCase } from './pictures.js';

/** A kernel that is checked. */
export type KernelName = 'vif' | 'adm' | 'motion';

/** Digest of one kernel on one picture. */
export interface KernelDigest {
  /** Which kernel. */
  readonly kernel: KernelName;
  /** Name of the picture case. */
  readonly picture: string;
  /** SHA-256 of the sums, 64 hexadecimal digits. */
  readonly digest: string;
}

/** A {@link KernelDigest} beside what it should be. */
export interface KernelCheck extends KernelDigest {
  /** The reference kernels' digest. */
  readonly expected: string;
}

const GAIN_LIMITS = [100, 1];

const vifSums = (kernels: Kernels, picture: PictureCase): unknown =>
  GAIN_LIMITS.map((gainLimit) => {
    const options: VifOptions = { gainLimit, skipScale0: false };
    const { width, height, bitDepth } = picture;
    const kernel = kernels.vif(width, height, bitDepth, options);
    const [result] = kernel.compareAll(picture.reference, [picture.distorted]);
    return result?.scales.map(({ sums }) => sums);
  });

const admSums = (kernels: Kernels, picture: PictureCase): unknown =>
  GAIN_LIMITS.map((gainLimit) => {
    const options: AdmOptions = { ...ADM_DEFAULTS, gainLimit };
    const { width, height, bitDepth } = picture;
    const kernel = kernels.adm(width, height, bitDepth, options);
    const [result] = kernel.compareAll(picture.reference, [picture.distorted]);
    return result?.sums;
  });

const motionSums = (kernels: Kernels, picture: PictureCase): unknown =>
  (['libvmaf-3.2', 'libvmaf-3.1'] as const).map((compat) => {
    const { width, height, bitDepth } = picture;
    const kernel = kernels.motion(width, height, bitDepth, compat);
    return kernel.compute(picture.previous, picture.reference);
  });

const KERNELS: readonly (readonly [
  KernelName,
  (kernels: Kernels, picture: PictureCase) => unknown,
])[] = [
  ['vif', vifSums],
  ['adm', admSums],
  ['motion', motionSums],
];

/** Sums as text that no engine prints differently: they are integers. */
const canonical = (sums: unknown): string =>
  JSON.stringify(sums, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );

const sha256 = async (text: string): Promise<string> => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Digests of all kernels of a backend over all pictures. */
export const kernelDigests = async (kernels: Kernels): Promise<readonly KernelDigest[]> => {
  const digests: KernelDigest[] = [];
  for (const picture of conformancePictures()) {
    for (const [kernel, sums] of KERNELS) {
      const digest = await sha256(canonical(sums(kernels, picture)));
      digests.push({ kernel, picture: picture.name, digest });
    }
  }
  return digests;
};

/** The same beside what they should be; `digest !== expected` is a machine not to be trusted. */
export const checkKernels = async (kernels: Kernels): Promise<readonly KernelCheck[]> =>
  (await kernelDigests(kernels)).map((found) => ({
    ...found,
    expected: EXPECTED_DIGESTS[`${found.kernel} ${found.picture}`] ?? '',
  }));
