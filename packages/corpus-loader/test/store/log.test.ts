import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLedger, type LedgerKind } from '../../src/store/ledger.js';
import { createLogWriter, joinLog, logLine, readLog, type LogLine } from '../../src/store/log.js';
import { sha256 } from '../../src/store/keys.js';
import { scratch } from '../support/store-data.js';

const read = async (folder: string): Promise<{ lines: LogLine[]; bad: string[] }> => {
  const lines: LogLine[] = [];
  const bad: string[] = [];
  await readLog(
    folder,
    ({ n, value }) => lines.push({ n, value }),
    ({ problem }) => bad.push(problem),
  );
  return { lines: lines.sort((a, b) => a.n - b.n), bad };
};

const only = (folder: string): string => path.join(folder, readdirSync(folder)[0]!);

describe('a log', () => {
  it('has one JSON value a line, with a checksum over the rest of the line', () => {
    const line = logLine({ n: 7, value: { b: 'ü', a: 1 } });
    const parsed = JSON.parse(line) as { sum: string; value: unknown };
    expect(parsed).toMatchObject({ v: 1, n: 7, value: { b: 'ü', a: 1 } });
    expect(parsed.sum).toBe(
      sha256(line.trimEnd().slice(`{"sum":"${parsed.sum}",`.length)).slice(0, 32),
    );
  });

  it('comes back, whoever wrote it', async () => {
    const folder = path.join(scratch(), 'log');
    expect(await read(folder)).toEqual({ lines: [], bad: [] });
    const [a, b] = [createLogWriter(folder), createLogWriter(folder)];
    await a.append([{ n: 1, value: 'x\ny' }], true);
    await b.append(
      [
        { n: 2, value: null },
        { n: 3, value: ['\u2028'] },
      ],
      false,
    );
    await a.append([{ n: 4, value: 4 }], true);
    expect(readdirSync(folder)).toHaveLength(2);
    expect((await read(folder)).lines).toEqual([
      { n: 1, value: 'x\ny' },
      { n: 2, value: null },
      { n: 3, value: ['\u2028'] },
      { n: 4, value: 4 },
    ]);
    a.end();
    await a.append([{ n: 5, value: 5 }], true);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('forgives a torn last line and names any other that is damaged', async () => {
    const folder = scratch();
    const writer = createLogWriter(folder);
    await writer.append(
      [1, 2, 3].map((n) => ({ n, value: n })),
      true,
    );
    const file = only(folder);
    appendFileSync(file, logLine({ n: 4, value: 4 }).slice(0, -5));
    expect(await read(folder)).toMatchObject({ lines: [{ n: 1 }, { n: 2 }, { n: 3 }], bad: [] });
    writeFileSync(file, readFileSync(file, 'utf8').replace('"value":2', '"value":9'));
    expect(await read(folder)).toEqual({
      lines: [
        { n: 1, value: 1 },
        { n: 3, value: 3 },
      ],
      bad: ['line 2 is not what its checksum says'],
    });
    await joinLog(folder, (lines) => lines);
    expect(await read(folder)).toMatchObject({ lines: [{ n: 1 }, { n: 3 }], bad: [] });
  });

  it('of a later version is refused', async () => {
    const folder = scratch();
    const rest = '"v":2,"n":1,"value":1}';
    writeFileSync(path.join(folder, 'x.ndjson'), `{"sum":"${sha256(rest).slice(0, 32)}",${rest}\n`);
    await expect(read(folder)).rejects.toMatchObject({
      error: { _tag: 'UnsupportedFormat', found: 'line version 2 (line 1)' },
    });
  });

  it('is appended anew where it was joined under the writer', async () => {
    const folder = scratch();
    const writer = createLogWriter(folder);
    await writer.append([{ n: 1, value: 1 }], true);
    const file = only(folder);
    renameSync(file, file.replace('.ndjson', '.ndjson.old'));
    await writer.append([{ n: 2, value: 2 }], true);
    expect((await read(folder)).lines.map(({ n }) => n)).toEqual([1, 2]);
    await joinLog(folder, (lines) => lines.slice(0, 2));
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('joining a log', () => {
  it('loses no line that is appended meanwhile', async () => {
    const folder = scratch();
    const writers = [0, 1, 2].map(() => createLogWriter(folder));
    let running = true;
    const joining = (async () => {
      for (let joins = 0; ; joins++) {
        await joinLog(folder, (lines) => [
          ...new Map(lines.map((line) => [line.n, line])).values(),
        ]);
        if (!running) return joins;
      }
    })();
    const numbers = Array.from({ length: 150 }, (_, i) => i);
    await Promise.all(
      writers.map(async (writer, w) => {
        for (const n of numbers) {
          if (n % 3 === w) await writer.append([{ n, value: 'x'.repeat(n) }], n % 2 === 0);
        }
      }),
    );
    running = false;
    expect(await joining).toBeGreaterThan(3);
    const { lines, bad } = await read(folder);
    expect(bad).toEqual([]);
    expect([...new Set(lines.map(({ n }) => n))]).toEqual(numbers);
  });
});

interface Item {
  readonly id: string;
  readonly x: number;
}

const kind = (folder: string): LedgerKind<Item> => ({
  folder,
  is: (value): value is Item => typeof value === 'object' && value !== null && 'id' in value,
  key: ({ id }) => id,
  durable: true,
});

describe('a ledger', () => {
  it('holds the newest of each key', async () => {
    const folder = scratch();
    const one = createLedger(kind(folder));
    await one.add([
      { id: 'a', x: 1 },
      { id: 'b', x: 1 },
    ]);
    await one.add([{ id: 'a', x: 2 }]);
    const two = createLedger(kind(folder));
    await two.load(() => undefined);
    expect(two.get('a')).toEqual({ id: 'a', x: 2 });
    await two.add([{ id: 'a', x: 3 }]);
    await one.load(() => undefined);
    expect(one.get('a')).toEqual({ id: 'a', x: 3 });
    expect([...one.values()]).toHaveLength(2);
    expect(await one.join()).toMatchObject({ before: expect.any(Number) as number });
    const three = createLedger(kind(folder));
    await three.load(() => undefined);
    expect([three.get('a')?.x, three.get('b')?.x]).toEqual([3, 1]);
  });

  it('decides between equal numbers in the same way whatever order it reads', async () => {
    const results = new Set<number | undefined>();
    for (const order of [
      ['1', '2'],
      ['2', '1'],
    ]) {
      const folder = scratch();
      order.forEach((x, i) => {
        writeFileSync(
          path.join(folder, `${i}.ndjson`),
          logLine({ n: 5, value: { id: 'a', x: Number(x) } }),
        );
      });
      const ledger = createLedger(kind(folder));
      await ledger.load(() => undefined);
      results.add(ledger.get('a')?.x);
    }
    expect(results.size).toBe(1);
  });

  it('tells of values of another kind', async () => {
    const folder = path.join(scratch(), 'x');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'y.ndjson'), logLine({ n: 1, value: 7 }));
    const bad: string[] = [];
    await createLedger(kind(folder)).load(({ problem }) => bad.push(problem));
    expect(bad).toEqual(['record 1 is not of this kind']);
  });

  it('does calls at the same time one after the other', async () => {
    const folder = scratch();
    const ledger = createLedger(kind(folder));
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => ledger.add([{ id: `k${i % 7}`, x: i }])),
    );
    const again = createLedger(kind(folder));
    await again.load(() => undefined);
    expect([...again.values()].map(({ x }) => x).sort((a, b) => a - b)).toEqual([
      33, 34, 35, 36, 37, 38, 39,
    ]);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
