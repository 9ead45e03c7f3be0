/**
 * Rows of features with a label as libsvm writes them: `label [qid:N]
 * index:value ... # comment`. Indices begin at 1 and ascend, an absent index is
 * 0 (LIBSVM's README). Index i is the i-th feature of a stated order.
 */
import { FEATURES, type FeatureName, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { Finding } from '../corpus/finding.js';
import type { Label, LabelScale } from '../corpus/label.js';
import { parseNumber } from '../tables/number.js';
import { assumeScale, scaleAssumed } from './assume.js';
import { datasetOf, type LabelOptions } from './columns.js';
import type { ImportedClip, ImportedTable } from './imported.js';
import { offScale } from './scale.js';

/** {@link LabelOptions}, and what the indices mean. */
export interface LibsvmOptions extends LabelOptions {
  /** Feature of index 1, 2, ...: all six, once each. Default: the canonical order. */
  readonly featureOrder?: readonly FeatureName[];
}

interface Row {
  readonly line: number;
  /** `undefined` for `nan`. */
  readonly value: number | undefined;
  readonly qid: string | undefined;
  readonly features: Float64Array;
  readonly comment: string;
}

type Result<A> = E.Either<TinyVmafError, A>;

const NAN = /^[+-]?nan$/i;

class LineReader {
  constructor(
    readonly source: string,
    readonly order: readonly FeatureName[],
  ) {}

  wrong(line: number, token: string, problem: string): Result<never> {
    const place = `line ${line}, ${token}`;
    return E.left({ _tag: 'TableFormat', source: this.source, place, problem });
  }

  /** Row of a line that is neither empty nor a comment. */
  read(text: string, line: number): Result<Row> {
    const hash = text.indexOf('#');
    const comment = hash < 0 ? '' : text.slice(hash + 1).trim();
    const [label = '', ...rest] = (hash < 0 ? text : text.slice(0, hash)).trim().split(/[ \t]+/);
    const value = NAN.test(label) ? E.right(undefined) : parseNumber(label);
    if (E.isLeft(value)) return this.wrong(line, 'label', value.left);
    const qid = rest[0]?.startsWith('qid:') === true ? rest[0].slice(4) : undefined;
    const pairs = qid === undefined ? rest : rest.slice(1);
    if (qid !== undefined && !/^\d+$/.test(qid)) {
      return this.wrong(line, `qid:${qid}`, 'qid must be a whole number');
    }
    const features = new Float64Array(this.order.length);
    let last = 0;
    for (const pair of pairs) {
      const index = this.pair(pair, line, last, features);
      if (E.isLeft(index)) return index;
      last = index.right;
    }
    return E.right({ line, value: value.right, qid, features, comment });
  }

  /** One `index:value`, written to its feature's place. Answers the index. */
  pair(pair: string, line: number, last: number, features: Float64Array): Result<number> {
    const colon = pair.indexOf(':');
    const indexText = pair.slice(0, Math.max(0, colon));
    if (!/^\d{1,9}$/.test(indexText)) return this.wrong(line, pair, 'is not index:value');
    const index = Number(indexText);
    const feature = this.order[index - 1];
    if (index === 0) return this.wrong(line, pair, 'index 0 is not allowed: indices begin at 1');
    if (feature === undefined) {
      return this.wrong(line, pair, `index ${index} is beyond the ${this.order.length} features`);
    }
    if (index <= last) {
      return this.wrong(line, pair, `indices must ascend: ${index} follows ${last}`);
    }
    const value = parseNumber(pair.slice(colon + 1));
    if (E.isLeft(value)) return this.wrong(line, pair, value.left);
    features[FEATURES.indexOf(feature)] = value.right;
    return E.right(index);
  }
}

const checkOrder = (order: readonly FeatureName[]): Result<readonly FeatureName[]> =>
  order.length === FEATURES.length && FEATURES.every((name) => order.includes(name))
    ? E.right(order)
    : E.left({
        _tag: 'BadArgument',
        argument: 'featureOrder',
        rule: `must name each of ${FEATURES.join(', ')} once`,
        value: order.join(', '),
      });

const clipOf = (
  row: Row,
  dataset: string,
  scale: LabelScale,
  options: LibsvmOptions,
): ImportedClip => {
  const label: Label | undefined =
    row.value === undefined
      ? undefined
      : {
          name: options.column ?? 'mos',
          dataset,
          value: row.value,
          scale,
          ...(options.restriction === undefined ? {} : { restriction: options.restriction }),
        };
  const clip = `row ${row.line}`;
  return {
    clip,
    names: row.comment === '' ? [clip] : [clip, row.comment],
    ...(label === undefined ? {} : { label }),
    features: row.features,
    metadata: {
      ...(row.qid === undefined ? {} : { qid: Number(row.qid) }),
      ...(row.comment === '' ? {} : { comment: row.comment }),
    },
  };
};

const unlabelled = (path: string, rows: readonly Row[]): readonly Finding[] => {
  const without = rows.filter(({ value }) => value === undefined);
  const [first] = without;
  if (first === undefined) return [];
  return [
    {
      code: 'unlabelled',
      severity: 'warning',
      path,
      problem: `${without.length} of ${rows.length} rows have the label nan, the first on line ${first.line}; they are kept without a label`,
      remedy: '',
    },
  ];
};

/** Reads a text. Left: `TableFormat` with line and token, `BadArgument` for an order that is none. */
export const readLibsvm = (
  text: string,
  path: string,
  options: LibsvmOptions,
): E.Either<TinyVmafError, ImportedTable> => {
  const order = checkOrder(options.featureOrder ?? FEATURES);
  if (E.isLeft(order)) return order;
  const reader = new LineReader(path, order.right);
  const rows: Row[] = [];
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const row = reader.read(trimmed, i + 1);
    if (E.isLeft(row)) return row;
    rows.push(row.right);
  }
  if (rows.length === 0) {
    const problem = 'there is no row';
    return E.left({ _tag: 'TableFormat', source: path, place: 'the file', problem });
  }
  const values = rows.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const scale = options.scale ?? assumeScale(values);
  for (const { value, line } of rows) {
    const problem = value === undefined ? undefined : offScale(value, scale);
    if (problem !== undefined) return reader.wrong(line, 'label', problem);
  }
  const dataset = options.dataset ?? datasetOf(path);
  const guessed = options.scale === undefined && values.length > 0;
  return E.right({
    path,
    kind: 'features',
    dataset,
    clips: rows.map((row) => clipOf(row, dataset, scale, options)),
    featureOrder: order.right,
    ...(options.restriction === undefined ? {} : { restriction: options.restriction }),
    findings: [...unlabelled(path, rows), ...(guessed ? [scaleAssumed(path, scale)] : [])],
  });
};
