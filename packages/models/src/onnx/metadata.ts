/**
 * The few words that a student's file holds about itself: architecture, order
 * of features, teacher, the range it was trained on, one probe, size class.
 * Everything longer is in the registry and on the model's page.
 */
import { FEATURES, printable, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { Tier } from '../architecture/architecture.js';

/** Smallest and largest value of each feature in training, canonical order. */
export interface FeatureRange {
  /** Six numbers. */
  readonly low: readonly number[];
  /** Six numbers. */
  readonly high: readonly number[];
}

/** A frame and its score, to notice that an engine computes something else. */
export interface Probe {
  /** Six features, canonical order. */
  readonly features: readonly number[];
  /** Score of that frame, or of a clip of that one frame: a binary32 number. */
  readonly score: number;
}

/** What a student says of itself. */
export interface StudentMetadata {
  /** Id of its architecture. */
  readonly architecture: string;
  /** Version of the architecture. */
  readonly version: number;
  /** Size class. */
  readonly tier: Tier;
  /** First 16 hexadecimal digits of the SHA-256 of its teacher's file, where it has one. */
  readonly teacher?: string;
  /** What it was trained on. */
  readonly range?: FeatureRange;
  /** Checked whenever the file is loaded. */
  readonly probe?: Probe;
}

/** The keys of a file, those that are there in this order. */
type Key = 'arch' | 'features' | 'tier' | 'teacher' | 'range' | 'probe';

const TIERS: readonly string[] = ['nano', 'tiny', 'small'] satisfies readonly Tier[];
const isTier = (text: string): text is Tier => TIERS.includes(text);

/** Text of a binary32 number: the shortest that reads back as it. */
export const float32Text = (value: number): string => {
  for (let digits = 1; digits <= 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Object.is(Math.fround(Number(text)), value)) return text;
  }
  return String(value);
};

/** Key and text pairs as files hold them. */
export const metadataEntries = (metadata: StudentMetadata): ReadonlyMap<string, string> => {
  const { architecture, version, tier, teacher, range, probe } = metadata;
  const entries = new Map([
    ['arch', `${architecture}@${version}`],
    ['features', FEATURES.join(',')],
    ['tier', tier],
  ]);
  if (teacher !== undefined) entries.set('teacher', teacher);
  if (range !== undefined) {
    entries.set('range', range.low.map((low, i) => `${low}:${range.high[i] ?? low}`).join(','));
  }
  if (probe !== undefined) {
    entries.set('probe', `${probe.features.join(',')}:${float32Text(probe.score)}`);
  }
  return entries;
};

const NUMBER = '-?\\d{1,20}(?:\\.\\d{1,20})?(?:e[+-]?\\d{1,3})?';
const PROBE = new RegExp(`^(${NUMBER}(?:,${NUMBER}){5}):(${NUMBER})$`);
const RANGE = new RegExp(`^${NUMBER}:${NUMBER}(?:,${NUMBER}:${NUMBER}){5}$`);
const ARCH = /^([a-z0-9][a-z0-9-]{0,63}(?:\/[a-z0-9][a-z0-9-]{0,63})?)@([1-9]\d{0,8})$/;

/**
 * What a file says of itself; `undefined` for a file of others, without `arch`.
 * @returns `ModelFormat` for a value that cannot be, or another order of features.
 */
export const parseMetadata = (
  entries: ReadonlyMap<string, string>,
  source: string,
): E.Either<TinyVmafError, StudentMetadata | undefined> => {
  const arch = entries.get('arch');
  if (arch === undefined) return E.right(undefined);
  const wrong = (key: Key, rule: string): E.Either<TinyVmafError, never> =>
    E.left({
      _tag: 'ModelFormat',
      source,
      path: `metadata_props.${key}`,
      problem: `${rule}, is ${printable(entries.get(key) ?? '')}`,
    });
  const named = ARCH.exec(arch);
  if (named === null) return wrong('arch', 'must be an id, @ and a version');
  if (entries.get('features') !== FEATURES.join(',')) {
    return wrong('features', `must be ${FEATURES.join(',')}`);
  }
  const tier = entries.get('tier') ?? '';
  if (!isTier(tier)) return wrong('tier', `must be ${TIERS.join(', ')}`);
  const teacher = entries.get('teacher');
  if (teacher !== undefined && !/^[0-9a-f]{16}$/.test(teacher)) {
    return wrong('teacher', 'must be 16 hexadecimal digits');
  }
  const range = entries.get('range');
  if (range !== undefined && !RANGE.test(range)) {
    return wrong('range', 'must be six pairs LOW:HIGH');
  }
  const pairs = range?.split(',').map((pair) => pair.split(':').map(Number));
  const probe = entries.get('probe');
  const probed = probe === undefined ? undefined : PROBE.exec(probe);
  if (probed === null) return wrong('probe', 'must be six features and a score');
  return E.right({
    architecture: named[1] ?? '',
    version: Number(named[2]),
    tier,
    ...(teacher === undefined ? {} : { teacher }),
    ...(pairs === undefined
      ? {}
      : {
          range: {
            low: pairs.map(([low = NaN]) => low),
            high: pairs.map(([, high = NaN]) => high),
          },
        }),
    ...(probed === undefined
      ? {}
      : {
          probe: {
            features: (probed[1] ?? '').split(',').map(Number),
            score: Math.fround(Number(probed[2])),
          },
        }),
  });
};

/** Checks what is to be written, with the rules of {@link parseMetadata}. */
export const checkMetadata = (
  metadata: StudentMetadata,
): E.Either<TinyVmafError, ReadonlyMap<string, string>> => {
  const entries = metadataEntries(metadata);
  const counts = [metadata.range?.low, metadata.range?.high, metadata.probe?.features];
  if (counts.some((list) => list !== undefined && list.length !== FEATURES.length)) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'metadata',
      rule: `must have ${FEATURES.length} numbers in range.low, range.high and probe`,
      value: counts.map((list) => list?.length ?? 'none').join(', '),
    });
  }
  return E.map(() => entries)(parseMetadata(entries, 'metadata'));
};
