import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FEATURES } from '@tinyvmaf/core';
import {
  csvNumber,
  exportCsv,
  exportCsvFile,
  exportCsvTE,
  quoted,
} from '../../src/dataset/export-csv.js';
import { loadDataset } from '../../src/dataset/load.js';
import { filledStore, mos, right } from '../support/filled-store.js';
import { AWKWARD, clipOf, featureFile, scratch } from '../support/store-data.js';

describe('exportCsv', () => {
  it('writes every row with shortest digits that read back', async () => {
    const { store } = await filledStore();
    const query = { labels: ['vmaf_v0.6.1', 'lab/mos'], missing: 'nan' } as const;
    let text = '';
    const report = await exportCsv(store, query, (piece) => void (text += piece));
    const [header, ...lines] = text.trimEnd().split('\n');
    expect(header).toBe(`corpus,source,group,clip,frame,${FEATURES.join(',')},vmaf_v0.6.1,lab/mos`);
    expect(report).toMatchObject({ rows: 38, leftOut: { withoutFeatures: { clips: 0 } } });
    const data = await loadDataset(store, query);
    expect(lines).toHaveLength(data.rows);
    lines.forEach((line, i) => {
      const cells = line.split(',');
      expect(cells.slice(5, 11).map(Number)).toEqual([...data.features.subarray(i * 6, i * 6 + 6)]);
      expect(cells[4]).toBe(String(data.frame[i]));
      const label = data.labels['lab/mos'][i]!;
      expect(cells[12]).toBe(Number.isNaN(label) ? '' : String(label));
    });
    expect(lines.at(-1)).toMatch(/^two,Steg,Bridge,Steg\/0,3,/);
  });

  it('writes clips without a column for frames, and leaves out where asked', async () => {
    const { store } = await filledStore();
    let text = '';
    const query = { level: 'clip', labels: ['lab/mos'], missing: 'leave-out' } as const;
    const report = await exportCsv(store, query, (piece) => void (text += piece));
    expect(text.split('\n')[0]).toBe(`corpus,source,group,clip,${FEATURES.join(',')},lab/mos`);
    expect(report.rows).toBe(5);
    expect(report.leftOut.withoutLabel).toEqual({ 'lab/mos': { clips: 2, rows: 2 } });
  });

  it('quotes names that need it', async () => {
    const { store } = await filledStore();
    const file = featureFile('odd', 1);
    const name = 'a,"b"\nc;ü';
    await right(store.writeFeatures(file));
    await right(store.recordClips([clipOf(name, file, { labels: [mos(1, { dataset: 'x,y' })] })]));
    let text = '';
    await exportCsv(
      store,
      { corpus: 'test', labels: ['x,y/mos'] },
      (piece) => void (text += piece),
    );
    expect(text).toContain('"x,y/mos"\n');
    expect(text).toContain('"a,""b""\nc;ü",0,');
    expect(quoted('plain ü')).toBe('plain ü');
  });

  it('writes numbers that are the same doubles when read', () => {
    for (const value of AWKWARD) expect(Object.is(Number(csvNumber(value)), value)).toBe(true);
    expect(csvNumber(0.1)).toBe('0.1');
    expect(csvNumber(-0)).toBe('-0');
    expect(csvNumber(NaN)).toBe('');
  });

  it('writes a file that appears when it is complete', async () => {
    const { store } = await filledStore();
    const folder = scratch();
    const file = path.join(folder, 'table.csv');
    expect((await exportCsvFile(store, {}, file)).rows).toBe(38);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(40);
    await expect(exportCsvFile(store, { corpus: 'three' }, file)).rejects.toMatchObject({
      code: 'ERR_BAD_ARGUMENT',
    });
    await expect(exportCsvFile(store, {}, path.join(folder, 'no', 'x.csv'))).rejects.toMatchObject({
      code: 'ERR_IO',
    });
    expect(readdirSync(folder)).toEqual(['table.csv']);
  });

  it('stops where the sink fails', async () => {
    const { store } = await filledStore();
    const sink = (): void => {
      throw new Error('no more');
    };
    expect(await exportCsvTE(store, {}, sink)()).toMatchObject({
      left: { _tag: 'Internal', problem: 'no more' },
    });
  });
});
