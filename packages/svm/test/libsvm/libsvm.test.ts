import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { parseDecimal, parseLibsvm } from '../../src/libsvm/index.js';
import { messageOf } from '../teacher.js';
import { SMALL_SVM } from '../synthetic.js';

const parse = (text: string, width = 2) => parseLibsvm(text, { source: 'm.json', width });

const problem = (text: string, width = 2): string => {
  const message = messageOf(parse(text, width));
  const prefix = 'm.json is not a usable VMAF model: ';
  expect(message.startsWith(prefix)).toBe(true);
  return message.slice(prefix.length, -1);
};

const withLine = (line: number, text: string): string =>
  SMALL_SVM.split('\n')
    .with(line - 1, text)
    .join('\n');

describe('parseLibsvm', () => {
  it('reads header and sparse rows, absent indices being 0', () => {
    const result = parse(SMALL_SVM);
    if (E.isLeft(result)) throw new Error(messageOf(result));
    const { coefficients, values, ...rest } = result.right;
    expect(rest).toEqual({ gamma: 0.5, rho: -0.25, count: 3, width: 2 });
    expect([...coefficients]).toEqual([1.5, -2, 0.5]);
    expect([...values]).toEqual([0.5, 0.25, 0, 0.75, 1, 0]);
  });

  it.each([
    ['CR at line ends', SMALL_SVM.replaceAll('\n', '\r\n')],
    ['no line end at the end', SMALL_SVM.trimEnd()],
    ['blank lines at the end', `${SMALL_SVM}\n \n`],
    ['tabs and several blanks', SMALL_SVM.replaceAll(' ', ' \t ')],
    ['a header on one line', SMALL_SVM.replace(/\n(?=[a-zS])/g, ' ').replace(/ SV/, '\nSV')],
    ['no nr_class', SMALL_SVM.replace('nr_class 2\n', '')],
  ])('takes %s', (_, text) => {
    expect(parse(text)).toEqual(parse(SMALL_SVM));
  });

  it.each([
    [
      'descending index',
      withLine(8, '6 2:7 1:0.85'),
      'model line 8: indices must ascend, got 1 after 2',
    ],
    [
      'repeated index',
      withLine(9, '6 2:7 2:0.85'),
      'model line 9: indices must ascend, got 2 after 2',
    ],
    [
      'index 0',
      withLine(8, '12 0:0.8 1:0.1'),
      'model line 8: index 0 is not allowed, indices start at 1: "0:0.8"',
    ],
    [
      'large index',
      withLine(10, '1e3 1:0.9 7:1'),
      "model line 10: index 7 is beyond the model's 2 features",
    ],
    [
      'decimal comma',
      withLine(8, '50 1:0,9 2:0,3'),
      'model line 8: the value of index 1 must be a decimal number, got "0,9"',
    ],
    [
      'nan',
      withLine(8, 'nan 1:0.9'),
      'model line 8: the coefficient must be a decimal number, got "nan"',
    ],
    [
      'inf',
      withLine(8, '1 1:inf'),
      'model line 8: the value of index 1 must be a decimal number, got "inf"',
    ],
    [
      'overflow',
      withLine(8, '1 1:1e999'),
      'model line 8: the value of index 1 must be a decimal number, got "1e999"',
    ],
    [
      'hexadecimal',
      withLine(8, '1 1:0x10'),
      'model line 8: the value of index 1 must be a decimal number, got "0x10"',
    ],
    ['no colon', withLine(8, '1 1'), 'model line 8: expected index:value, got "1"'],
    ['comment', withLine(8, '1 1:1 # note'), 'model line 8: expected index:value, got "#"'],
    ['qid', withLine(8, '1 qid:1 1:1'), 'model line 8: expected index:value, got "qid:1"'],
    ['empty row', withLine(9, ''), 'model line 9: is empty where a support vector should be'],
    [
      'too few rows',
      withLine(5, 'total_sv 4'),
      'model line 11: total_sv is 4, but there are 3 support vectors',
    ],
    [
      'too many rows',
      withLine(5, 'total_sv 2'),
      'model line 10: total_sv is 2, but more follows after as many vectors',
    ],
    [
      'no rows',
      withLine(5, 'total_sv 0'),
      'model line 5: total_sv must be an integer of at least 1, got "0"',
    ],
    [
      'negative count',
      withLine(5, 'total_sv -1'),
      'model line 5: total_sv must be an integer of at least 1, got "-1"',
    ],
    [
      'count without room',
      withLine(5, 'total_sv 90000'),
      'model line 7: total_sv is 90000, but the text has no room for them',
    ],
    [
      'count beyond the limit',
      withLine(5, 'total_sv 999999999'),
      'model line 7: total_sv is 999999999; at most 100000 are taken',
    ],
    [
      'another kernel',
      withLine(2, 'kernel_type linear'),
      'model line 2: kernel_type must be rbf, got "linear"',
    ],
    [
      'another type',
      withLine(1, 'svm_type c_svc'),
      'model line 1: svm_type must be nu_svr, got "c_svc"',
    ],
    ['negative gamma', withLine(3, 'gamma -1'), 'model line 3: gamma must be at least 0, got -1'],
    [
      'bad rho',
      withLine(6, 'rho 1.2.3'),
      'model line 6: rho must be a decimal number, got "1.2.3"',
    ],
    ['missing entry', withLine(3, ''), 'model line 7: the header lacks gamma'],
    ['repeated entry', withLine(4, 'gamma 1'), 'model line 4: header entry gamma is there twice'],
    [
      'unknown entry',
      withLine(4, 'constructor 1'),
      'model line 4: unknown header entry "constructor"',
    ],
    ['no SV', withLine(7, ''), 'model line 8: unknown header entry "1.5"'],
    ['words after SV', withLine(7, 'SV 3'), 'model line 7: nothing may follow SV on its line'],
    [
      'header only',
      'svm_type nu_svr',
      'model line 1: the header does not end: there is no SV line',
    ],
    ['nothing', '', 'model line 1: the header does not end: there is no SV line'],
  ])('refuses: %s', (_, text, expected) => {
    expect(problem(text)).toBe(expected);
  });
});

describe('parseDecimal', () => {
  it.each([
    ['1', 1],
    ['-4', -4],
    ['+.5', 0.5],
    ['5.', 5],
    ['-1.110223e-16', -1.110223e-16],
    ['2.2250738585072014e-308', 2 ** -1022],
    ['9007199254740993', 2 ** 53],
    ['1e-999', 0],
  ])('reads %s', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '.',
    '-',
    'e5',
    '1e',
    '0x1',
    '1_0',
    '0,9',
    'nan',
    'inf',
    'Infinity',
    '1e400',
    '１',
    '1'.repeat(401),
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });
});
