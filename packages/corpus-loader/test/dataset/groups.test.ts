import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentGroups } from '../../src/dataset/groups.js';
import { clipOf, featureFile } from '../support/store-data.js';

const clip = (group: string, reference: string) =>
  clipOf('c', featureFile('c', 1, reference), { group });

describe('contentGroups', () => {
  it('joins names that share a reference, over several steps', () => {
    const clips = [clip('d', '1'), clip('c', '1'), clip('c', '2'), clip('b', '2'), clip('a', '3')];
    const groupOf = contentGroups(clips);
    expect(clips.map(groupOf)).toEqual(['b', 'b', 'b', 'b', 'a']);
  });

  it('keeps everything with an equal name or reference together, whatever the order', () => {
    const pairs = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 30 });
    fc.assert(
      fc.property(pairs, (list) => {
        const clips = list.map(([group, reference]) => clip(`g${group}`, `r${reference}`));
        const groupOf = contentGroups(clips);
        const reversed = contentGroups([...clips].reverse());
        for (const a of clips) {
          expect(reversed(a)).toBe(groupOf(a));
          expect(groupOf(a) <= a.group).toBe(true);
          for (const b of clips) {
            if (a.group === b.group || a.reference === b.reference)
              expect(groupOf(a)).toBe(groupOf(b));
          }
        }
      }),
      { seed: 8 },
    );
  });
});
