/**
 * Students beside the teacher: which features they take, how the teacher's
 * options apply to them, and what a report says about the file that scored.
 */
import { FEATURES, type FeatureName, type TinyVmafError } from '@tinyvmaf/core';
import type { Student, StudentMetadata } from '@tinyvmaf/models';
import { applyTransform, KNOWN_MODELS, type ModelInput, type ScoreTransform } from '@tinyvmaf/svm';
import { either as E } from 'fp-ts';

/** Which file a student is. */
export interface StudentOrigin {
  /** Absolute path; absent for one that comes with the package. */
  readonly file?: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256?: string;
}

/** What a report says about a student. */
export interface StudentInfo extends StudentOrigin {
  /** Bytes of the file and of every file of weights beside it. */
  readonly bytes: number;
  /** Id and version of the architecture, `a5@1`; absent in files of others. */
  readonly architecture?: string;
  /** Version name of its teacher, where the file says one that is known. */
  readonly teacher?: string;
}

const EXTRACTOR_OF = {
  adm2: 'adm',
  vif_scale0: 'vif',
  vif_scale1: 'vif',
  vif_scale2: 'vif',
  vif_scale3: 'vif',
  motion2: 'motion',
} as const satisfies Record<FeatureName, string>;

/** The inputs of every student, in canonical order. AIM is for other models, so it is left out. */
export const STUDENT_INPUTS: readonly ModelInput[] = FEATURES.map((output) => ({
  extractor: EXTRACTOR_OF[output],
  output,
  options: output === 'adm2' ? { adm_skip_aim: true } : {},
  featureName: output,
}));

/** Version name of the teacher that a file names by the beginning of its hash. */
export const teacherName = (metadata: StudentMetadata | undefined): string | undefined => {
  const hash = metadata?.teacher;
  return hash === undefined
    ? undefined
    : KNOWN_MODELS.find(({ sha256 }) => sha256.startsWith(hash))?.version;
};

/** Facts for a report. */
export const studentInfo = (student: Student, origin: StudentOrigin = {}): StudentInfo => {
  const { metadata, bytes } = student;
  const teacher = teacherName(metadata);
  return {
    ...origin,
    bytes,
    ...(metadata === undefined
      ? {}
      : { architecture: `${metadata.architecture}@${metadata.version}` }),
    ...(teacher === undefined ? {} : { teacher }),
  };
};

/** The phone view of the v0.6.1 family (spec/model-svm.md section 5). */
const PHONE: ScoreTransform = {
  enabled: false,
  p0: 1.70674692,
  p1: 1.72643844,
  p2: -0.00705305,
  outLteIn: false,
  outGteIn: true,
};

const HAS_PHONE_VIEW = /^vmaf_(?:float_)?v0\.6\.1(?:neg)?$/;

/** How a student is to score. */
export interface StudentSettings {
  readonly enableTransform: boolean;
  readonly disableClip: boolean;
}

/**
 * Scores one frame from its six features.
 * @returns left `BadArgument` for a model of clips, and for a transform where
 * the teacher's is not known.
 */
export const studentScorer = (
  student: Student,
  label: string,
  { enableTransform, disableClip }: StudentSettings,
): E.Either<TinyVmafError, (features: Float64Array) => number> => {
  const refuse = (rule: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'BadArgument', argument: '--model', rule, value: label });
  if (student.input === 'clip') {
    return refuse('must score frames; this model gives one score to a whole clip');
  }
  if (!enableTransform && !disableClip) {
    return E.right((features) => student.score(features)[0] ?? NaN);
  }
  const raw = (features: Float64Array): number => student.unclipped(features)[0] ?? NaN;
  if (!enableTransform) return E.right(raw);
  if (!HAS_PHONE_VIEW.test(teacherName(student.metadata) ?? '')) {
    return refuse('takes enable_transform for students of vmaf_v0.6.1 only');
  }
  const phone = (features: Float64Array): number => applyTransform(PHONE, raw(features));
  return E.right(disableClip ? phone : (features) => Math.min(100, Math.max(0, phone(features))));
};
