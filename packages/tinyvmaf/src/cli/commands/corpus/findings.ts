/** What is wrong or odd about a corpus, for a person. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { showText, type Corpus, type Finding } from '@tinyvmaf/corpus-loader';
import { either as E } from 'fp-ts';
import { paint, type Terminal } from '../../terminal/terminal.js';
import { counted } from './quantities.js';

/** More are counted only. */
const MOST = 20;

/** Tells findings on standard error. */
export const tellFindings = (
  findings: readonly Finding[],
  terminal: Terminal,
  most = MOST,
): void => {
  for (const finding of findings.slice(0, most)) terminal.err(findingLine(finding, terminal));
  const more = findings.length - most;
  if (more > 0) terminal.err(`${more} more of the kind; --json has them all\n`);
};

/** `error: dis/a.yuv: has 3 bytes ... Mend it so. [code]` */
export const findingLine = (
  { severity, path, problem, remedy, code }: Finding,
  terminal: Terminal,
): string => {
  const style = severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'dim';
  const label = paint(terminal, style, `${severity}:`);
  const mend = remedy === '' ? '' : `. ${remedy}`;
  const sentence = showText(problem).replace(/\.$/, '');
  const about = path === undefined ? sentence : aboutFile(showText(path), sentence);
  return `${label} ${about}${mend} [${code}]\n`;
};

/** `a.mp4: has no frames`; a message that begins with the file is left as it is. */
export const aboutFile = (file: string, message: string): string =>
  message.startsWith(`${file}:`) || message.startsWith(`${file} `)
    ? message
    : `${file}: ${message}`;

/** Findings that leave a file out. */
export const errorsOf = ({ findings }: Pick<Corpus, 'findings'>): readonly Finding[] =>
  findings.filter(({ severity }) => severity === 'error');

/** A corpus from which nothing is left out; left: CorpusLayout with the first that is. */
export const sound = (corpus: Corpus): E.Either<TinyVmafError, Corpus> => {
  const [first, ...others] = errorsOf(corpus);
  if (first === undefined) return E.right(corpus);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return E.left({
    _tag: 'CorpusLayout',
    source: first.path ?? corpus.root,
    problem: `${first.problem}${more}`,
    remedy: first.remedy,
  });
};

/** Left: Incomplete with both numbers, where any finding is an error. */
export const noErrors = (
  operation: string,
  findings: readonly Finding[],
): E.Either<TinyVmafError, readonly Finding[]> => {
  const errors = errorsOf({ findings }).length;
  return errors === 0
    ? E.right(findings)
    : E.left({
        _tag: 'Incomplete',
        operation,
        problem: `${counted(errors, 'error')} in ${counted(findings.length, 'finding')}`,
        remedy: 'Each says how to mend it.',
      });
};
