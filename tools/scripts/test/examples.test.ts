import { describe, expect, it } from 'vitest';
import { brokenPromise, examplesOf } from '../src/checks/examples.mjs';

const PAGE = `
# Page

\`\`\`sh
npm i x
\`\`\`

\`\`\`js
console.log(1 + 1); // 2
console.log(
  'no promise',
);
call().catch((error) => console.log(error.code), // ERR_X
);
\`\`\`

<!-- not run: needs a browser -->

\`\`\`ts
const a: number = 1;
\`\`\`
`;

describe('examples', () => {
  it('are the js and ts blocks, with what they promise', () => {
    const [first, second, ...rest] = examplesOf(PAGE);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ line: 8, promised: ['2', 'ERR_X'] });
    expect(first!.notRun).toBeUndefined();
    expect(first!.code).toContain('console.log(1 + 1)');
    expect(second).toMatchObject({ code: 'const a: number = 1;', notRun: 'needs a browser' });
  });

  it('keep their promises in order, with other lines between', () => {
    expect(brokenPromise(['a', 'b'], 'x\na\ny\n  b\n')).toBeUndefined();
    expect(brokenPromise(['a', 'b'], 'b\na\n')).toBe('b');
    expect(brokenPromise(['a', 'a'], 'a\n')).toBe('a');
  });
});
