/**
 * The options of the three extractors, one declarative table each: long name,
 * short alias, kind, default and range. Sources: spec/vif.md section 9,
 * spec/adm.md section 11.3, spec/motion.md section 4.
 */

/** The extractors, under libvmaf's names. */
export const EXTRACTORS = ['adm', 'vif', 'motion'] as const;

/** Name of an extractor. */
export type ExtractorName = (typeof EXTRACTORS)[number];

/** Value of an option. */
export type OptionValue = number | boolean;

/** An option that is on or off. */
export interface BooleanOption {
  readonly kind: 'boolean';
  /** libvmaf's long name. */
  readonly name: string;
  /** Short name, also used in output names; an option without one never shows there. */
  readonly alias?: string;
  /** Value where none is given. */
  readonly default: boolean;
}

/** An option with a range, both ends included. */
export interface NumberOption {
  /** Whether fractions are taken. */
  readonly kind: 'number' | 'integer';
  /** libvmaf's long name. */
  readonly name: string;
  /** Short name, also used in output names. */
  readonly alias: string;
  /** Value where none is given. */
  readonly default: number;
  /** Smallest value, included. */
  readonly min: number;
  /** Largest value, included. */
  readonly max: number;
}

/** One row of an option table. */
export type OptionSpec = BooleanOption | NumberOption;

const number = (
  name: string,
  alias: string,
  fallback: number,
  min: number,
  max: number,
): NumberOption => ({ kind: 'number', name, alias, default: fallback, min, max });

const integer = (
  name: string,
  alias: string,
  fallback: number,
  min: number,
  max: number,
): NumberOption => ({ kind: 'integer', name, alias, default: fallback, min, max });

const flag = (name: string, alias?: string): BooleanOption => ({
  kind: 'boolean',
  name,
  default: false,
  ...(alias === undefined ? {} : { alias }),
});

/** The options of each extractor. `debug` adds outputs and changes none. */
export const OPTION_TABLES: Readonly<Record<ExtractorName, readonly OptionSpec[]>> = {
  adm: [
    number('adm_enhn_gain_limit', 'egl', 100, 1, 100),
    number('adm_norm_view_dist', 'nvd', 3, 0.75, 24),
    integer('adm_ref_display_height', 'rdh', 1080, 1, 4320),
    integer('adm_csf_mode', 'csf', 0, 0, 3),
    number('adm_csf_scale', 'scf', 1, 0, 50),
    number('adm_csf_diag_scale', 'scfd', 1, 0, 50),
    number('adm_noise_weight', 'nw', 0.03125, 0, 1500),
    number('adm_dlm_weight', 'dlmw', 0.5, 0, 1),
    number('adm_min_val', 'min', 0, 0, 1),
    flag('adm_skip_aim'),
    flag('adm_skip_scale0', 'ssz'),
    flag('debug'),
  ],
  vif: [
    number('vif_enhn_gain_limit', 'egl', 100, 1, 100),
    flag('vif_skip_scale0', 'ssclz'),
    flag('debug'),
  ],
  motion: [
    flag('motion_force_zero', 'force_0'),
    number('motion_blend_factor', 'mbf', 1, 0, 1),
    number('motion_blend_offset', 'mbo', 40, 0, 1000),
    number('motion_fps_weight', 'mfw', 1, 0, 5),
    number('motion_max_val', 'mmxv', 10000, 0, 10000),
    flag('motion_five_frame_window', 'mffw'),
    flag('motion_moving_average', 'mma'),
    flag('debug'),
  ],
};

/** Whether a text names an extractor. */
export const isExtractorName = (name: unknown): name is ExtractorName =>
  EXTRACTORS.some((known) => known === name);

/** The option with this long name or alias. */
export const findOption = (extractor: ExtractorName, name: string): OptionSpec | undefined =>
  OPTION_TABLES[extractor].find((option) => option.name === name || option.alias === name);

/** `vif_enhn_gain_limit (egl), vif_skip_scale0 (ssclz), debug`: an extractor's options for messages. */
export const describeOptions = (extractor: ExtractorName): string =>
  OPTION_TABLES[extractor]
    .map(({ name, alias }) => (alias === undefined ? name : `${name} (${alias})`))
    .join(', ');

/** What an option's value must be, for messages. */
export const describeRule = (option: OptionSpec): string => {
  switch (option.kind) {
    case 'boolean':
      return 'must be true or false';
    case 'integer':
      return `must be a whole number from ${option.min} to ${option.max}`;
    case 'number':
      return `must be a number from ${option.min} to ${option.max}`;
  }
};

/** Whether a value obeys an option's rule. */
export const isValid = (option: OptionSpec, value: unknown): value is OptionValue => {
  if (option.kind === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'number' || !(value >= option.min && value <= option.max)) return false;
  return option.kind === 'number' || Number.isInteger(value);
};
