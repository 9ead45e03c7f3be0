/** The architectures that come with the package, by their ids. */
import * as t from 'io-ts';
import { a3 } from './a3.js';
import { a4 } from './a4.js';
import { a5 } from './a5.js';
import type { Architecture } from './architecture.js';
import { a1, a2 } from './perceptron.js';

/** Erases the type of options: whoever looks an architecture up decodes them with its codec. */
const erased = <Options>(architecture: Architecture<Options>): Architecture => ({
  ...architecture,
  options: new t.Type<unknown>(
    architecture.options.name,
    (value): value is unknown => architecture.options.is(value),
    (value, context) => architecture.options.validate(value, context),
    (value) => value,
  ),
  build: (options) => {
    // Only what the codec made may come here.
    if (!architecture.options.is(options)) throw new TypeError('options that were not decoded');
    return architecture.build(options);
  },
});

/** Built-in architectures by id: a1 .. a5. */
export const BUILT_IN: ReadonlyMap<string, Architecture> = new Map(
  [erased(a1), erased(a2), erased(a3), erased(a4), erased(a5)].map((each) => [each.id, each]),
);
