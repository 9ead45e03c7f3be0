import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commitFile,
  commitFileTE,
  isTemporary,
  makeFolder,
  temporaryPath,
  writeFileAtomic,
  writeFileAtomicTE,
  writeIntoFolder,
} from '../../src/store/atomic.js';
import { canonicalJson } from '../../src/store/canonical.js';
import { scratch } from '../support/store-data.js';

describe('writeFileAtomic', () => {
  it('writes and replaces', async () => {
    const folder = scratch();
    const file = path.join(folder, 'a.json');
    await writeFileAtomic(file, 'one');
    await writeFileAtomic(file, Buffer.from('two'));
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('leaves nothing behind where it fails', async () => {
    const folder = scratch();
    mkdirSync(path.join(folder, 'taken', 'inner'), { recursive: true });
    expect(await writeFileAtomicTE(path.join(folder, 'taken'), 'x')()).toMatchObject({
      left: { _tag: 'Io', operation: 'write' },
    });
    expect(await writeFileAtomicTE(path.join(folder, 'no', 'x'), 'x')()).toMatchObject({
      left: { errno: 'ENOENT' },
    });
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('takes names as long as a file system does', async () => {
    const folder = scratch();
    for (const name of ['x'.repeat(255), 'ü'.repeat(127), '\u{1f600}'.repeat(63)]) {
      await writeFileAtomic(path.join(folder, name), name);
      expect(readFileSync(path.join(folder, name), 'utf8')).toBe(name);
    }
  });

  it('makes folders that are missing, where that is wanted', async () => {
    const folder = scratch();
    const file = path.join(folder, 'a', 'b', 'c.txt');
    await writeIntoFolder(file, '1');
    rmSync(path.join(folder, 'a'), { recursive: true });
    await writeIntoFolder(file, '2');
    expect(readFileSync(file, 'utf8')).toBe('2');
    await makeFolder(path.join(folder, 'a', 'b'));
    writeFileSync(path.join(folder, 'plain'), '');
    await expect(writeIntoFolder(path.join(folder, 'plain', 'x'), '')).rejects.toMatchObject({
      code: 'ERR_IO',
    });
  });
});

describe('commitFile', () => {
  it('gives a finished file its name', async () => {
    const folder = scratch();
    const file = path.join(folder, 'video.yuv');
    const temporary = temporaryPath(file);
    expect(isTemporary(path.basename(temporary))).toBe(true);
    expect(isTemporary('video.yuv')).toBe(false);
    writeFileSync(temporary, 'frames');
    await commitFile(temporary, file);
    expect(readFileSync(file, 'utf8')).toBe('frames');
    expect(await commitFileTE(temporary, file)()).toMatchObject({ left: { _tag: 'Io' } });
    expect(readdirSync(folder)).toEqual(['video.yuv']);
  });
});

describe('canonicalJson', () => {
  it('has one spelling for each value', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: 0.1, '10': true, '9': undefined })).toBe(
      '{"10":true,"a":0.1,"b":[1,{"c":"ü","d":null}]}',
    );
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
    expect(canonicalJson(undefined)).toBe('null');
    expect(canonicalJson('x"')).toBe('"x\\""');
  });
});
