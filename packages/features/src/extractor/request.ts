/**
 * What the caller wants computed, checked once against the option tables and
 * turned into the kernels' own option records, with libvmaf's name suffix.
 */
import { formatGeneral, printable, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import { checkAdmOptions, type AdmOptions } from '../adm/options.js';
import type { MotionOptions } from '../motion/score.js';
import type { VifOptions } from '../vif/vif.js';
import {
  describeOptions,
  describeRule,
  EXTRACTORS,
  findOption,
  isExtractorName,
  isValid,
  OPTION_TABLES,
  type ExtractorName,
  type OptionValue,
} from './options.js';

/** An extractor to run, with what differs from its defaults. */
export interface ExtractorRequest {
  /** libvmaf's name of the extractor. */
  readonly name: ExtractorName;
  /** Options by long name (`vif_enhn_gain_limit`) or alias (`egl`). */
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/** A request that has passed all checks. */
export type ResolvedExtractor = {
  /** Report the intermediate values too. */
  readonly debug: boolean;
  /** What libvmaf appends to the names of all outputs: `_egl_1`; empty at the defaults. */
  readonly suffix: string;
} & (
  | { readonly name: 'adm'; readonly options: AdmOptions }
  | { readonly name: 'vif'; readonly options: VifOptions }
  | { readonly name: 'motion'; readonly options: MotionOptions }
);

/** All options of an extractor by long name, given or default. */
type OptionValues = ReadonlyMap<string, OptionValue>;

/**
 * Checks a request: extractor and option names, types and ranges.
 * @returns BadArgument naming the option, its rule and the value, or the
 * names that exist.
 */
export const resolveRequest = (
  request: ExtractorRequest,
): E.Either<TinyVmafError, ResolvedExtractor> =>
  F.pipe(
    checkName(request.name),
    E.chain((name) =>
      F.pipe(
        optionValues(name, request.options ?? {}),
        E.map((values) => resolved(name, values)),
      ),
    ),
    E.chain(checkTogether),
  );

/** An extractor's name, or BadArgument with the list of those that exist. */
export const checkName = (name: string): E.Either<TinyVmafError, ExtractorName> =>
  isExtractorName(name)
    ? E.right(name)
    : bad('extractor', `must be one of ${EXTRACTORS.join(', ')}`, printed(name));

const optionValues = (
  extractor: ExtractorName,
  given: Readonly<Record<string, unknown>>,
): E.Either<TinyVmafError, OptionValues> => {
  const values = new Map<string, OptionValue>(
    OPTION_TABLES[extractor].map((option) => [option.name, option.default]),
  );
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(given)) {
    const option = findOption(extractor, key);
    if (option === undefined) return unknownOption(extractor, key);
    const argument = `${extractor}.${option.name}`;
    if (seen.has(option.name)) return bad(argument, 'is given twice, by name and by alias');
    if (!isValid(option, value)) return bad(argument, describeRule(option), printed(value));
    seen.add(option.name);
    values.set(option.name, value);
  }
  return E.right(values);
};

/** BadArgument for an option that an extractor does not have. */
export const unknownOption = (
  extractor: ExtractorName,
  name: string,
): E.Either<TinyVmafError, never> =>
  bad(extractor, `has no option ${printable(name)}; it has ${describeOptions(extractor)}`);

const resolved = (name: ExtractorName, values: OptionValues): ResolvedExtractor => {
  const number = (option: string): number => Number(values.get(option));
  const flag = (option: string): boolean => values.get(option) === true;
  const common = { debug: flag('debug'), suffix: nameSuffix(name, values) };
  switch (name) {
    case 'adm':
      return {
        name,
        ...common,
        options: {
          gainLimit: number('adm_enhn_gain_limit'),
          normViewDist: number('adm_norm_view_dist'),
          refDisplayHeight: number('adm_ref_display_height'),
          csfMode: number('adm_csf_mode'),
          csfScale: number('adm_csf_scale'),
          csfDiagScale: number('adm_csf_diag_scale'),
          noiseWeight: number('adm_noise_weight'),
          dlmWeight: number('adm_dlm_weight'),
          minVal: number('adm_min_val'),
          skipAim: flag('adm_skip_aim'),
          skipScale0: flag('adm_skip_scale0'),
        },
      };
    case 'vif':
      return {
        name,
        ...common,
        options: { gainLimit: number('vif_enhn_gain_limit'), skipScale0: flag('vif_skip_scale0') },
      };
    case 'motion':
      return {
        name,
        ...common,
        options: {
          forceZero: flag('motion_force_zero'),
          blendFactor: number('motion_blend_factor'),
          blendOffset: number('motion_blend_offset'),
          fpsWeight: number('motion_fps_weight'),
          maxVal: number('motion_max_val'),
          fiveFrameWindow: flag('motion_five_frame_window'),
          movingAverage: flag('motion_moving_average'),
        },
      };
  }
};

/** `_egl_1_nw_0.02`: options with an alias that are not at their default, in order of long name. */
const nameSuffix = (extractor: ExtractorName, values: OptionValues): string =>
  OPTION_TABLES[extractor]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((option) => option.alias !== undefined && values.get(option.name) !== option.default)
    .map((option) => {
      const value = values.get(option.name);
      return typeof value === 'number'
        ? `_${option.alias}_${formatGeneral(value)}`
        : `_${option.alias}`;
    })
    .join('');

/** The rules of ADM that tie several options together. */
const checkTogether = (extractor: ResolvedExtractor): E.Either<TinyVmafError, ResolvedExtractor> =>
  extractor.name === 'adm'
    ? F.pipe(
        checkAdmOptions(extractor.options),
        E.map(() => extractor),
      )
    : E.right(extractor);

/** BadArgument as a left. */
export const bad = (
  argument: string,
  rule: string,
  value?: string,
): E.Either<TinyVmafError, never> =>
  E.left({ _tag: 'BadArgument', argument, rule, ...(value === undefined ? {} : { value }) });

const printed = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
};
