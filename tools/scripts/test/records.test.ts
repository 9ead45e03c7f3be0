import { describe, expect, it } from 'vitest';
import {
  adrComplaints,
  fragmentComplaints,
  numberComplaints,
  unlisted,
} from '../src/checks/records.mjs';

const GOOD = `# 0001: A choice

Status: accepted, 2026-11-25

## Context

It was so.

## Decision

We do this.

## Alternatives

| option | verdict |
| ------ | ------- |
| this   | chosen  |
| that   | no      |

## Consequences

- So be it.
`;

describe('decisions', () => {
  it('pass with a status, four sections and a table', () => {
    expect(adrComplaints('0001-a.md', GOOD)).toEqual([]);
  });

  it.each([
    ['no status', GOOD.replace(/^Status.*$/m, ''), 'Status'],
    ['no context', GOOD.replace('## Context', '## Story'), 'no section "## Context"'],
    ['an empty section', GOOD.replace('We do this.', ''), 'nothing under "## Decision"'],
    [
      'only what the template asks',
      GOOD.replace('It was so.', '<!-- What is so. -->'),
      'nothing under "## Context"',
    ],
    ['an empty row', GOOD.replace('| that ', '|      '), 'table'],
    ['no table', GOOD.replace(/^\|.*$/gm, 'words'), 'table'],
    ['a table of one', GOOD.replace(/^\| that.*\n/m, ''), 'table'],
    [
      'another order',
      GOOD.replace('## Context', '## X')
        .replace('## Decision', '## Context')
        .replace('## X', '## Decision'),
      'out of order',
    ],
  ])('fail with %s', (_, text, complaint) => {
    expect(adrComplaints('0001-a.md', text).join('\n')).toContain(complaint);
  });
});

describe('numbers', () => {
  const title = (file: string) => `# ${file.slice(0, 4)}: Title`;

  it('pass when they count from one', () => {
    expect(numberComplaints(['0001-a.md', '0002-b-c.md'], title)).toEqual([]);
  });

  it.each([
    ['the same number twice', ['0001-a.md', '0001-b.md'], 'has the number of 0001-a.md'],
    ['a gap', ['0001-a.md', '0003-b.md'], 'there is no number 0002'],
    ['another kind of name', ['first.md'], 'is not named'],
  ])('fail with %s', (_, files, complaint) => {
    expect(numberComplaints(files, title).join('\n')).toContain(complaint);
  });

  it('fail when a title has another number', () => {
    expect(numberComplaints(['0001-a.md'], () => '# 0002: Title')).toHaveLength(1);
  });
});

describe('the list in the README', () => {
  it('has every record', () => {
    const readme = '| [0001](0001-a.md) | A |';
    expect(unlisted(['0001-a.md'], readme)).toEqual([]);
    expect(unlisted(['0001-a.md', '0002-b.md'], readme)).toEqual([
      'README.md does not list 0002-b.md',
    ]);
  });
});

describe('changelog fragments', () => {
  const packages = ['tinyvmaf', '@tinyvmaf/core'];

  it('pass with packages, bumps and words', () => {
    const text = "---\n'@tinyvmaf/core': minor\ntinyvmaf: patch\n---\n\nReads more.\n";
    expect(fragmentComplaints('a.md', text, packages)).toEqual([]);
  });

  it.each([
    ['no front matter', 'Reads more.', 'no front matter'],
    ['no package', '---\n\n---\n\nWords.', 'names no package'],
    ['an unknown package', '---\nother: minor\n---\n\nWords.', 'other is none of'],
    ['an unknown bump', '---\ntinyvmaf: huge\n---\n\nWords.', 'huge is none of'],
    ['no words', '---\ntinyvmaf: minor\n---\n\n', 'says nothing'],
  ])('fail with %s', (_, text, complaint) => {
    expect(fragmentComplaints('a.md', text, packages).join('\n')).toContain(complaint);
  });
});
