/**
 * The VMAF models that Netflix publishes, by version name, with the hashes of
 * their files at release 3.2.0. The files themselves are not part of tinyvmaf:
 * `tinyvmaf teacher install` fetches them.
 */

/** A model that tinyvmaf knows by name. */
export interface KnownModel {
  /** As in `--model version=...`. */
  readonly version: string;
  /** Path below libvmaf's `model` folder, with `/`. */
  readonly file: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** One line for lists. */
  readonly description: string;
  /** Rows of the pictures it was made for. */
  readonly height: 1080 | 2160;
  /** Which features it takes. */
  readonly family: 'integer' | 'float' | 'v1';
  /** Whether tinyvmaf can evaluate it. */
  readonly supported: boolean;
  /** Features that tinyvmaf lacks for it; empty where supported. */
  readonly missing: readonly string[];
  /** Whether `teacher install` fetches it unless told otherwise. */
  readonly installedByDefault: boolean;
}

/** What scores are computed with where nothing else is asked for. */
export const DEFAULT_VERSION = 'vmaf_v0.6.1';

/** libvmaf's release that the hashes belong to. */
export const MODELS_RELEASE = 'v3.2.0';

const v06 = (
  version: string,
  height: KnownModel['height'],
  description: string,
  sha256: string,
): KnownModel => ({
  version,
  file: `${version}.json`,
  sha256,
  description,
  height,
  family: version.startsWith('vmaf_float_') ? 'float' : 'integer',
  supported: true,
  missing: [],
  installedByDefault: true,
});

const v1 = (
  folder: string,
  view: string,
  height: KnownModel['height'],
  description: string,
  sha256: string,
): KnownModel => ({
  version: `${folder}_${view}`,
  file: `${folder}/${folder}_${view}.json`,
  sha256,
  description,
  height,
  family: 'v1',
  supported: false,
  missing: ['cambi', 'speed_chroma_uv', 'adm3', 'motion3'],
  installedByDefault: false,
});

/** Every known model, the default first. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  v06(
    'vmaf_v0.6.1',
    1080,
    'the ordinary model: 1080p at three picture heights',
    '5950d61fa1f861bd45d8149d80539ed9f3376cfc2495b8f0fa8e9f57cb131ee3',
  ),
  v06(
    'vmaf_v0.6.1neg',
    1080,
    'the ordinary model without credit for enhancement (NEG), for comparing encoders',
    '1fcda193aaa2a3136471b7516b3c5dc344546c05fcde2d58609f8c60a2387392',
  ),
  v06(
    'vmaf_4k_v0.6.1',
    2160,
    '2160p at one and a half picture heights',
    '73b187001309703c89d57cf58baab01660bd11e4ea6fac62bc064c5f5da6dac8',
  ),
  v06(
    'vmaf_4k_v0.6.1neg',
    2160,
    'the 2160p model without credit for enhancement (NEG)',
    'f92048bf94401a5b915f551eb248709275c61df5f20d062a3ae010dcf4d4e8fc',
  ),
  v06(
    'vmaf_b_v0.6.3',
    1080,
    'twenty bootstrap models beside the ordinary one: scores with a 95 % interval',
    '34f620dbaff662fe7d33dd80326553c2cc3910e4135349ba4c367171d3a3cfbd',
  ),
  v06(
    'vmaf_float_v0.6.1',
    1080,
    'vmaf_v0.6.1 on floating-point features',
    '26573aa333346f1109226e7283969e8b3581119a1ab7f18897767351dd963ff8',
  ),
  v06(
    'vmaf_float_v0.6.1neg',
    1080,
    'vmaf_v0.6.1neg on floating-point features',
    '8ac8e9bd6153e57fed4e9809c49711ea7654da2a14ea701423187905e914597a',
  ),
  v06(
    'vmaf_float_4k_v0.6.1',
    2160,
    'vmaf_4k_v0.6.1 on floating-point features',
    '2af34f3068174720a35126807dbe8d0b19c5143fee328a9fc2331c15c54e4433',
  ),
  v06(
    'vmaf_float_b_v0.6.3',
    1080,
    'vmaf_b_v0.6.3 on floating-point features',
    'e32df73119386b124836910956fe8e0b0583a35638d2c518719e5a5069d0248b',
  ),
  v1(
    'vmaf_v1.0.16',
    '3d0h',
    1080,
    'v1: 1080p at three picture heights',
    'e4cf8c147e1368b35497d772920bc92f98c1ad7853c1033d8a836947f427140e',
  ),
  v1(
    'vmaf_v1.0.16',
    '5d0h',
    1080,
    'v1: 1080p at five picture heights (phone)',
    '64e12d9c1e4ed5d79da7fa515b82fac7247a9e2ccc91e0ebce31d05489500385',
  ),
  v1(
    'vmaf_v1.0.16',
    '1d5h_2160',
    2160,
    'v1: 2160p at one and a half picture heights',
    '634d36e0502cb797384726cdd1a106a2c207827595a9e4958d3dae1bd517b139',
  ),
  v1(
    'vmaf_v1.0.16',
    '3d0h_2160',
    2160,
    'v1: 2160p at three picture heights (television), scores to 110',
    '77f552fd8d5b6c6a2166bfc4470c9368ec68d2425ed40f1cc235b0cc500f33c2',
  ),
  v1(
    'vmaf_v1.0.16_hfr',
    '3d0h',
    1080,
    'v1 for 50 and 60 frames per second: 1080p at three picture heights',
    'dcfdfab1c00685c1e5f75b6f1078bb4a44c722654e4de090fa5c66784c75241b',
  ),
  v1(
    'vmaf_v1.0.16_hfr',
    '5d0h',
    1080,
    'v1 for 50 and 60 frames per second: 1080p at five picture heights (phone)',
    '590f612c87df94badca58e563b318fa9958eac631ab8aadd73bff8cc1adfc515',
  ),
  v1(
    'vmaf_v1.0.16_hfr',
    '1d5h_2160',
    2160,
    'v1 for 50 and 60 frames per second: 2160p at one and a half picture heights',
    '0371db55d3de81a760125f6d65eb4386f1d38af6cf1d00c2f48158e3596246d4',
  ),
  v1(
    'vmaf_v1.0.16_hfr',
    '3d0h_2160',
    2160,
    'v1 for 50 and 60 frames per second: 2160p at three picture heights, scores to 110',
    '1bc502f00aeee11433e2d09468186bbf1bbce56ee650c9bade06c7435ebdd4db',
  ),
];

/** The known model of a version name. */
export const knownModel = (version: string): KnownModel | undefined =>
  KNOWN_MODELS.find((model) => model.version === version);

/** The known model whose file has this SHA-256. */
export const knownByHash = (sha256: string): KnownModel | undefined =>
  KNOWN_MODELS.find((model) => model.sha256 === sha256);

/** Versions that tinyvmaf can evaluate, of one family or of all, for messages. */
export const knownNames = (family?: KnownModel['family']): string =>
  KNOWN_MODELS.filter((model) => model.supported && (family ?? model.family) === model.family)
    .map((model) => model.version)
    .join(', ');
