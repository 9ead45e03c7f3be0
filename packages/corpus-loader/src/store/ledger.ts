/**
 * What a store remembers in logs, held in memory: one value per key, the newest
 * of all logs. Reading happens on opening and on request, writing at once.
 */
import { canonicalJson } from './canonical.js';
import { createLogWriter, joinLog, readLog, type BadLine, type LogLine } from './log.js';

/** How the values of a ledger are told apart and known. */
export interface LedgerKind<A> {
  /** Folder of its logs. */
  readonly folder: string;
  /** Whether a value from a log is one; its checksum has been checked. */
  readonly is: (value: unknown) => value is A;
  /** About what a value is; of equal keys the newest counts. */
  readonly key: (value: A) => string;
  /** Whether appended values are forced to the disk. */
  readonly durable: boolean;
}

/** Values by key, backed by logs. */
export interface Ledger<A> {
  /** Reads all logs; what others have written since the last time is seen then. Throws what the system throws. */
  load(onBad: (bad: BadLine) => void): Promise<void>;
  get(key: string): A | undefined;
  values(): Iterable<A>;
  /** Changes whenever a value does. */
  readonly revision: number;
  /** Appends the values that differ from what is there. One call after the other. */
  add(values: readonly A[]): Promise<void>;
  /** Joins the logs into one that holds only what counts. */
  join(): Promise<{ readonly before: number; readonly after: number }>;
  /** Waits for what is being written. */
  settle(): Promise<void>;
}

interface Entry<A> {
  readonly n: number;
  readonly value: A;
}

/** A ledger; empty until it is loaded. */
export const createLedger = <A>(kind: LedgerKind<A>): Ledger<A> => {
  const entries = new Map<string, Entry<A>>();
  const writer = createLogWriter(kind.folder);
  let highest = 0;
  let revision = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const take = (into: Map<string, Entry<A>>, { n, value }: LogLine): boolean => {
    if (!kind.is(value)) return false;
    if (n > highest) highest = n;
    const key = kind.key(value);
    const known = into.get(key);
    if (known === undefined || isNewer({ n, value }, known)) into.set(key, { n, value });
    return true;
  };
  const inTurn = <B>(run: () => Promise<B>): Promise<B> => {
    const result = queue.then(run);
    queue = result.catch(() => undefined);
    return result;
  };
  return {
    get revision() {
      return revision;
    },
    get: (key) => entries.get(key)?.value,
    *values() {
      for (const { value } of entries.values()) yield value;
    },
    load: (onBad) =>
      inTurn(async () => {
        await readLog(
          kind.folder,
          (line) => {
            if (!take(entries, line)) {
              onBad({ file: kind.folder, problem: `record ${line.n} is not of this kind` });
            }
          },
          onBad,
        );
        revision++;
      }),
    add: (values) =>
      inTurn(async () => {
        const fresh = values.filter((value) => !isSame(entries.get(kind.key(value))?.value, value));
        if (fresh.length === 0) return;
        const lines = fresh.map((value, i) => ({ n: highest + 1 + i, value }));
        await writer.append(lines, kind.durable);
        for (const line of lines) take(entries, line);
        revision++;
      }),
    join: () =>
      inTurn(async () => {
        writer.end();
        return joinLog(kind.folder, (lines) => {
          const newest = new Map<string, Entry<A>>();
          for (const line of lines) take(newest, line);
          return [...newest.values()].sort((a, b) => a.n - b.n);
        });
      }),
    settle: () => inTurn(() => Promise.resolve()),
  };
};

/** Two writers may have given the same number; then the text decides, everywhere alike. */
const isNewer = <A>(a: Entry<A>, b: Entry<A>): boolean =>
  a.n !== b.n ? a.n > b.n : canonicalJson(a.value) > canonicalJson(b.value);

/** The same members in the same order, as is usual, are seen at a fifth of the cost. */
const isSame = (a: unknown, b: unknown): boolean =>
  a !== undefined &&
  (JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b));
