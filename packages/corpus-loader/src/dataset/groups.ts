/**
 * Which sources are the same content: those that say so by the name of their
 * group, and those whose references are equal, whatever they are called. What
 * belongs together is never divided by a split.
 */
import type { ClipRecord } from '../store/contracts.js';

/**
 * From a clip to the name of everything it belongs together with: the first,
 * in order, of the names of all groups that share a reference with its own.
 * @param clips all clips of a store, so that the names do not depend on a query.
 */
export const contentGroups = (
  clips: readonly ClipRecord[],
): ((clip: Pick<ClipRecord, 'group'>) => string) => {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root))
      root = up;
    // Later look-ups go straight to the root.
    for (let at = name; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  const join = (a: string, b: string): void => {
    const [x, y] = [rootOf(a), rootOf(b)];
    if (x === y) return;
    if (x < y) parents.set(y, x);
    else parents.set(x, y);
  };
  const groupOfReference = new Map<string, string>();
  for (const { group, reference } of clips) {
    const known = groupOfReference.get(reference);
    if (known === undefined) groupOfReference.set(reference, group);
    else join(known, group);
  }
  return ({ group }) => rootOf(group);
};
