import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { discover } from '../../src/corpus/discover.js';
import { verifyCorpus, verifyCorpusTE } from '../../src/inspect/verify.js';

const FRAME = 384;
const GEOMETRY = { width: 16, height: 16, bitDepth: 8, chroma: '420' } as const;

const pictures = (frames: number, seed = 1): Buffer =>
  Buffer.from(Uint8Array.from({ length: frames * FRAME }, (_, i) => (i * 7 * seed) % 251));

const y4m = (frames: number, parameters = ''): Buffer =>
  Buffer.concat([
    Buffer.from('YUV4MPEG2 W16 H16 F25:1 C420jpeg\n'),
    ...Array.from({ length: frames }, (_, i) =>
      Buffer.concat([Buffer.from(`FRAME${parameters}\n`), pictures(1, i + 1)]),
    ),
  ]);

const make = (files: Readonly<Record<string, Buffer | string>>): string => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'verify-')));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
};

const read = (root: string): Promise<Corpus> => discover({ root, options: { geometry: GEOMETRY } });

const codes = async (corpus: Corpus, options = {}): Promise<string[]> =>
  (await verifyCorpus(corpus, options)).map(({ code, path }) => `${code} ${path ?? ''}`);

describe('verifying', () => {
  it('finds nothing where nothing is wrong, and tells how far it is', async () => {
    const corpus = await read(make({ 'A_25fps.yuv': pictures(3), 'A_1_16_9.yuv': pictures(3, 2) }));
    const seen: string[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }): void => {
      seen.push(`${done}/${total}`);
    };
    expect(await codes(corpus, { onProgress })).toEqual([]);
    expect(seen).toEqual(['1/2', '2/2']);
  });

  it('tells what has changed since the folder was read, with both numbers', async () => {
    const files = ['A_25fps', 'A_1_16_9', 'A_2_16_9', 'A_3_16_9', 'A_4_16_9'];
    const root = make(Object.fromEntries(files.map((name) => [`${name}.yuv`, pictures(3)])));
    const corpus = await read(root);
    truncateSync(join(root, 'A_1_16_9.yuv'), 3 * FRAME - 5);
    truncateSync(join(root, 'A_2_16_9.yuv'), 2 * FRAME);
    rmSync(join(root, 'A_3_16_9.yuv'));
    rmSync(join(root, 'A_4_16_9.yuv'));
    symlinkSync('/dev/null', join(root, 'A_4_16_9.yuv'));
    const findings = await verifyCorpus(corpus);
    expect(findings.map(({ code, path }) => [code, path])).toEqual([
      ['size-changed', 'A_1_16_9.yuv'],
      ['not-whole-frames', 'A_1_16_9.yuv'],
      ['size-changed', 'A_2_16_9.yuv'],
      ['missing-file', 'A_3_16_9.yuv'],
      ['outside-root', 'A_4_16_9.yuv'],
      ['frame-count', 'A_2_16_9.yuv'],
    ]);
    expect(findings[0]?.problem).toBe('has 1147 bytes; it had 1152 when the folder was read');
    expect(findings[1]?.problem).toContain('2 frames of 384 and 379 bytes more');
    expect(findings[5]?.problem).toBe('has 2 frames, its reference A_25fps.yuv has 3');
  });

  it('compares hashes on request', async () => {
    const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    const [a, b] = [pictures(2), pictures(2, 3)];
    const manifest = {
      format: 'tiny-corpus/1',
      geometry: GEOMETRY,
      sources: [
        {
          source: 'A',
          reference: 'a.yuv',
          sha256: hash(a),
          clips: [{ file: 'b.yuv', sha256: hash(a) }],
        },
      ],
    };
    const root = make({ 'a.yuv': a, 'b.yuv': b, 'manifest.json': JSON.stringify(manifest) });
    const corpus = await read(root);
    expect(await codes(corpus)).toEqual([]);
    const findings = await verifyCorpus(corpus, { hashes: true });
    expect(findings.map(({ code, path }) => [code, path])).toEqual([['hash-mismatch', 'b.yuv']]);
    expect(findings[0]?.problem).toContain(hash(b));
    expect(findings[0]?.problem).toContain(hash(a));
  });

  it('opens videos that say what they are, and looks at the ends of Y4M', async () => {
    const root = make({
      'refs/x.y4m': y4m(3),
      'dists/x_same.y4m': y4m(3),
      'dists/x_parameters.y4m': y4m(3, ' Ip'),
      'dists/x_cut.y4m': y4m(3).subarray(0, -7),
      'dists/x_short.y4m': y4m(2),
      'dists/x_text.mp4': 'no video',
    });
    const corpus = await read(root);
    const findings = await verifyCorpus(corpus);
    expect(findings.map(({ code, path }) => `${code} ${path ?? ''}`)).toEqual([
      'unreadable dists/x_cut.y4m',
      'unreadable dists/x_text.mp4',
      'frame-count dists/x_short.y4m',
    ]);
    expect(findings[0]?.problem).toMatch(/ends inside frame 2: 384 bytes needed, 377 present/);
  });

  it.skipIf(!has('ffmpeg'))('tells encoded files that are cut, without decoding them', async () => {
    const root = make({ 'refs/x.y4m': y4m(50) });
    mkdirSync(join(root, 'dists'));
    const at = (name: string): string => join(root, 'dists', name);
    const encode = (name: string, ...words: readonly string[]): void => {
      const from = ['-f', 'lavfi', '-i', 'testsrc2=s=160x96:d=2:r=25'];
      const run = spawnSync('ffmpeg', ['-v', 'error', '-y', ...from, ...words, at(name)]);
      expect(run.stderr.toString()).toBe('');
    };
    const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
    encode('x_back.mp4', ...h264);
    encode('x_front.mp4', ...h264, '-movflags', '+faststart');
    encode('x_parts.mp4', ...h264, '-g', '5', '-movflags', 'frag_keyframe+empty_moov');
    encode('x_vp8.webm', '-c:v', 'libvpx');
    encode('x_h264.mkv', ...h264);
    const names = readdirSync(join(root, 'dists')).sort();
    expect(names).toHaveLength(5);
    expect((await codes(await read(root))).filter((text) => !/size-differs/.test(text))).toEqual(
      [],
    );
    for (const share of [0.95, 0.6, 0.1]) {
      const sizes = names.map((name) => Math.floor(share * statSync(at(name)).size));
      const whole = names.map((name) => statSync(at(name)).size);
      const kept = names.map((name) => readFileSync(at(name)));
      names.forEach((name, i) => {
        truncateSync(at(name), sizes[i]);
      });
      for (const decode of [false, true]) {
        const found = (await verifyCorpus(await read(root), { decode })).filter(
          ({ severity }) => severity === 'error',
        );
        const cut = found.filter(({ path }) => path?.startsWith('dists/'));
        expect(cut.map(({ path }) => path)).toEqual(names.map((name) => `dists/${name}`));
        for (const { code, problem, remedy } of cut) {
          expect(code).toMatch(/^(cut-off|unreadable)$/);
          expect(problem).toMatch(/cut off|ends/);
          expect(remedy).toBe('Copy or build the file again.');
        }
      }
      const vp8 = names.indexOf('x_vp8.webm');
      const [finding] = (await verifyCorpus(await read(root))).filter(
        ({ path }) => path === 'dists/x_vp8.webm',
      );
      expect(finding?.problem).toBe(
        `is cut off: ${whole[vp8]} bytes needed, ${sizes[vp8]} present`,
      );
      names.forEach((name, i) => {
        writeFileSync(at(name), kept[i]!);
      });
    }
  });

  it('tells pairs that differ in depth, and rungs of another size', async () => {
    const deep = { ...GEOMETRY, bitDepth: 10 };
    const small = { ...GEOMETRY, width: 8, height: 8 };
    const clips = [
      { file: 'deep.yuv', geometry: deep },
      { file: 'small.yuv', geometry: small },
    ];
    const sources = [{ source: 'A', reference: 'a.yuv', clips }];
    const root = make({
      'a.yuv': pictures(2),
      'deep.yuv': Buffer.alloc(4 * FRAME),
      'small.yuv': Buffer.alloc(192),
      'manifest.json': JSON.stringify({ format: 'tiny-corpus/1', geometry: GEOMETRY, sources }),
    });
    expect(await codes(await read(root))).toEqual([
      'format-mismatch deep.yuv',
      'size-differs small.yuv',
    ]);
  });

  it('stops on an abort', async () => {
    const corpus = await read(make({ 'A_25fps.yuv': pictures(1) }));
    const result = await verifyCorpusTE(corpus, { signal: AbortSignal.abort() })();
    expect(result).toMatchObject({ left: { _tag: 'Cancelled' } });
  });
});
