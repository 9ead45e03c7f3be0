// Into the store and out of it: `corpus import`, `export`, `gc`.
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tinyvmaf, type Outcome } from '../../support/command.js';
import { distorted, GEOMETRY, ladder } from '../../support/corpus.js';
import { scratch, write } from '../../support/files.js';

const { path } = scratch();

/** A corpus that has been extracted. */
const extracted = async (name: string): Promise<string> => {
  mkdirSync(path(name));
  ladder(path(name), 'a', 3, [8, 32]);
  ladder(path(name), 'b', 4, [16], 40);
  await extract(path(name));
  return path(name);
};

const extract = (root: string): Promise<Outcome> =>
  tinyvmaf('corpus', 'extract', '--data-root', root, ...GEOMETRY, '-n');

const rowsOf = ({ stdout }: Outcome): readonly string[] => stdout.trimEnd().split('\n');

describe('corpus export', () => {
  it('writes a row a frame, or a clip', async () => {
    const root = await extracted('export');
    const rows = rowsOf(await tinyvmaf('corpus', 'export', '--data-root', root, '--csv'));
    expect(rows).toHaveLength(1 + 2 * 3 + 4);
    expect(rows[0]).toMatch(/^corpus,source,group,clip,frame,adm2,vif_scale0,.*,motion2$/);
    expect(rows[1]).toMatch(/^export,a,a,dis\/a_32_64_3200\.yuv,0,0\.\d+,/);
    const clips = await tinyvmaf('corpus', 'export', '--data-root', root, '--level', 'clip');
    expect(rowsOf(clips)).toHaveLength(1 + 3);
    const one = await tinyvmaf('corpus', 'export', '--data-root', root, '--source', 'b');
    expect(rowsOf(one)).toHaveLength(1 + 4);
    const store = ['--store', join(root, '.tinyvmaf')];
    expect((await tinyvmaf('corpus', 'export', ...store)).stdout).toBe(`${rows.join('\n')}\n`);
  });

  it('writes a file whole', async () => {
    const root = await extracted('file');
    const file = path('table.csv');
    const outcome = await tinyvmaf('corpus', 'export', '--data-root', root, '-o', file);
    expect(outcome).toMatchObject({ status: 0, stdout: '', stderr: `10 rows in ${file}\n` });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(12);
    expect(readdirSync(path('')).filter((name) => name.includes('partial'))).toEqual([]);
    const nowhere = await tinyvmaf(
      ...['corpus', 'export', '--data-root', root, '-o', path('no/where/table.csv')],
    );
    expect(nowhere.status).toBe(7);
  });

  it('refuses what is no store, and labels that are not there', async () => {
    mkdirSync(path('plain'));
    const none = await tinyvmaf('corpus', 'export', '--store', path('plain'));
    expect(none.status).toBe(1);
    expect(none.stderr).toContain('store');
    const root = await extracted('labels');
    const wrong = await tinyvmaf('corpus', 'export', '--data-root', root, '--label', 'vmaf_v9');
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(/^error: --label must be /);
    const early = await tinyvmaf('corpus', 'export', '--data-root', path('plain'));
    expect(early.status).toBe(1);
    expect(early.stderr).toMatch(/there is none yet: `tinyvmaf corpus extract` makes it/);
    expect(wrong.stderr).toContain('vmaf_v9');
  });
});

describe('corpus import', () => {
  it('labels clips, says what matched, and the labels stay', async () => {
    const root = await extracted('mos');
    const table = `clip,mos,ci\n${distorted('a', 8)},4.5,0.1\na_32_64_3200,1.5,0.2\nnobody.yuv,3,0.1\n`;
    const file = write(path('mos.csv'), table);
    const words = ['corpus', 'import', file, '--data-root', root, '--scale', '1..5'];
    const first = await tinyvmaf(...words);
    expect([first.status, first.stdout]).toEqual([
      0,
      '2 rows matched, 2 clips changed, 1 without a clip: nobody.yuv\n',
    ]);
    await extract(root);
    const rows = rowsOf(await tinyvmaf('corpus', 'export', '--data-root', root, '--level', 'clip'));
    expect(rows[0]).toMatch(/,motion2,mos\/mos$/);
    expect(rows.slice(1).map((row) => row.split(',').at(-1))).toEqual(['1.5', '4.5', '']);
    // The newer of two labels of a kind counts.
    write(file, 'clip,mos\na_8_64_800,4\n');
    await tinyvmaf(...words);
    const again = rowsOf(
      await tinyvmaf('corpus', 'export', '--data-root', root, '--level', 'clip'),
    );
    expect(again.slice(1).map((row) => row.split(',').at(-1))).toEqual(['1.5', '4', '']);
  });

  it('takes features of others', async () => {
    const file = write(
      path('rows.csv'),
      'clip,source,adm2,vif_scale0,vif_scale1,vif_scale2,vif_scale3,motion2,mos\n' +
        'x1,x,0.9,0.5,0.6,0.7,0.8,3.25,4\nx2,x,0.8,0.4,0.5,0.6,0.7,3.25,3\n',
    );
    const store = ['--store', path('others')];
    const outcome = await tinyvmaf('corpus', 'import', file, ...store, '--scale', '1..5');
    expect(outcome.stdout).toBe('2 rows matched, 2 clips changed\n');
    const rows = rowsOf(await tinyvmaf('corpus', 'export', ...store, '--level', 'clip'));
    expect(rows.slice(1)).toEqual([
      'rows,x,x,x1,0.9,0.5,0.6,0.7,0.8,3.25,4',
      'rows,x,x,x2,0.8,0.4,0.5,0.6,0.7,3.25,3',
    ]);
    // Beside our own they are told apart, and never mixed in one table.
    const root = await extracted('beside');
    const beside = ['--data-root', root];
    await tinyvmaf('corpus', 'import', file, ...beside, '--scale', '1..5');
    const mixed = await tinyvmaf('corpus', 'export', ...beside);
    expect([mixed.status, mixed.stdout]).toEqual([1, '']);
    expect(mixed.stderr).toMatch(/^error: --corpus must leave out some: .*vmaf-six.*imported/);
    const ours = await tinyvmaf('corpus', 'export', ...beside, '--corpus', 'beside');
    expect(rowsOf(ours)).toHaveLength(1 + 10);
  });

  it('takes frames of others, and their labels from another table', async () => {
    const head = 'clip,frame,adm2,vif_scale0,vif_scale1,vif_scale2,vif_scale3,motion2\n';
    const row = (clip: string, frame: number, adm: number): string =>
      `${clip},${frame},${adm},0.5,0.6,0.7,0.8,3\n`;
    const file = write(
      path('frames.csv'),
      `${head}${row('p', 0, 0.5)}${row('p', 1, 0.7)}${row('q', 0, 0.9)}`,
    );
    const store = ['--store', path('frames-store')];
    const outcome = await tinyvmaf('corpus', 'import', file, ...store);
    expect([outcome.status, outcome.stdout]).toEqual([0, '2 rows matched, 2 clips changed\n']);
    const labels = write(path('labels.csv'), 'clip,source,mos\np,film,2\nq,film,4\n');
    await tinyvmaf('corpus', 'import', labels, ...store, '--scale', '1..5');
    const rows = rowsOf(await tinyvmaf('corpus', 'export', ...store));
    expect(rows.slice(1)).toEqual([
      'frames,film,film,p,0,0.5,0.5,0.6,0.7,0.8,3,2',
      'frames,film,film,p,1,0.7,0.5,0.6,0.7,0.8,3,2',
      'frames,film,film,q,0,0.9,0.5,0.6,0.7,0.8,3,4',
    ]);
  });

  it.each([
    ['comma.csv', 'clip;mos\na_8_64_800;4,5\n', /decimal|comma/],
    ['nan.csv', 'clip,mos\na_8_64_800,nan\n', /nan/],
    ['none.csv', 'clip,size\nx,1\n', /mos/],
    ['off.csv', 'clip,mos\na_8_64_800,7\n', /7/],
  ])('refuses %s', async (name, text, said) => {
    const root = path(`refused-${name}`);
    mkdirSync(root);
    const file = write(path(name), text);
    const { status, stdout, stderr } = await tinyvmaf(
      ...['corpus', 'import', file, '--store', root, '--scale', '1..5'],
    );
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(said);
    expect(stderr).toContain(name);
  });

  it('says so where nothing fits', async () => {
    const root = await extracted('misfit');
    const file = write(path('misfit.csv'), 'clip,mos\nzzz,3\n');
    const outcome = await tinyvmaf(
      'corpus',
      'import',
      file,
      '--data-root',
      root,
      '--scale',
      '1..5',
    );
    expect(outcome.status).toBe(8);
    expect(outcome.stderr).toContain('none of 1 rows fits a clip');
    const bad = await tinyvmaf('corpus', 'import', file, '--data-root', root, '--scale', '5');
    expect([bad.status, bad.stdout]).toEqual([1, '']);
    expect(bad.stderr).toContain('1..5, or 5..1');
  });
});

describe('corpus gc', () => {
  it('says what would go, and removes it', async () => {
    const root = await extracted('gc');
    const left = join(root, '.tinyvmaf/features/.x.parquet.0123456789ab.partial');
    write(left, 'torn');
    const { utimesSync } = await import('node:fs');
    utimesSync(left, 1e9, 1e9);
    const dry = await tinyvmaf('corpus', 'gc', '--data-root', root, '--dry-run');
    expect(dry.stdout).toContain('temporary file, 4 bytes\n1 item would go, 4 bytes\n');
    expect(existsSync(left)).toBe(true);
    const outcome = await tinyvmaf('corpus', 'gc', '--data-root', root);
    expect(outcome.stdout).toContain('removed');
    expect(existsSync(left)).toBe(false);
    const json = await tinyvmaf('corpus', 'gc', '--data-root', root, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ items: [], dryRun: false });
    expect(rowsOf(await tinyvmaf('corpus', 'export', '--data-root', root))).toHaveLength(11);
  });
});
