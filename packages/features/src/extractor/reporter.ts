/** From a kernel's result to the values that are reported, under their printed names. */
import type { ExtractorName } from './options.js';
import { outputKey, type Output } from './outputs.js';
import type { ResolvedExtractor } from './request.js';

/** Values by printed name. */
export type Values = readonly (readonly [key: string, value: number])[];

/** Names what an extractor reports, and reads it from a result. */
export const reporter = <R>(
  extractor: { readonly name: ExtractorName } & Pick<ResolvedExtractor, 'debug' | 'suffix'>,
  all: readonly Output<R>[],
): ((result: R) => Values) => {
  const reported = all
    .filter(({ debug }) => extractor.debug || !debug)
    .map(({ name, value }) => ({ key: outputKey(extractor.name, name, extractor.suffix), value }));
  return (result) => reported.map(({ key, value }) => [key, value(result)] as const);
};
