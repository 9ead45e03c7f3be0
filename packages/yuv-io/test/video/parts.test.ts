// The small parts, each on hand-made input: orientation, edit lists, track
// choice, names of formats, lengths of NAL units, hidden pictures, rates.
import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasFpsMode } from '../../src/node/video/tool.js';
import { rawLayout } from '../../src/node/video/pix-fmt.js';
import { isShown, readEditLists, type EditList } from '../../src/video/edit-list.js';
import { avcMayBeInterlaced } from '../../src/video/avc.js';
import { pixelLayout } from '../../src/video/layout.js';
import { fourByteLengths } from '../../src/video/nal-length.js';
import { rationalRate } from '../../src/video/rate.js';
import { orientationOfMatrix, orientPlane, type Orientation } from '../../src/video/rotate.js';
import { showsPicture } from '../../src/video/shown.js';
import { guardAgainstSpinning } from '../../src/video/spin-guard.js';
import { chooseTrack } from '../../src/video/track.js';

const ROTATIONS = [0, 90, 180, 270] as const;

describe('orientation', () => {
  // 1 2 3
  // 4 5 6, with one sample of padding a row.
  const plane = { data: Uint8Array.from([1, 2, 3, 0, 4, 5, 6, 0]), width: 3, height: 2, stride: 4 };

  it.each([
    [0, false, 3, '123456'],
    [90, false, 2, '415263'],
    [180, false, 3, '654321'],
    [270, false, 2, '362514'],
    [0, true, 3, '321654'],
    [90, true, 2, '142536'],
    [180, true, 3, '456123'],
    [270, true, 2, '635241'],
  ] as const)('%i degrees, mirrored %s', (rotation, mirrored, width, rows) => {
    const out = orientPlane(plane, { rotation, mirrored }, new Uint8Array(6));
    expect([out.width, out.height, out.stride]).toEqual([width, 6 / width, width]);
    expect([...out.data].join('')).toBe(rows);
  });

  it('is undone by its inverse', () => {
    const side = fc.integer({ min: 1, max: 17 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(...ROTATIONS), fc.boolean(), (w, h, r, mirrored) => {
        const data = Uint16Array.from({ length: w * h }, (_, i) => (i * 2654435761) >>> 16);
        const turned = orientPlane(
          { data, width: w, height: h, stride: w },
          { rotation: r, mirrored },
          new Uint16Array(w * h),
        );
        // Turning after mirroring runs the other way round.
        const back: Orientation = {
          rotation: mirrored ? r : (((360 - r) % 360) as Orientation['rotation']),
          mirrored,
        };
        const again = orientPlane(turned, back, new Uint16Array(w * h));
        expect(again).toEqual({ data, width: w, height: h, stride: w });
      }),
    );
  });

  it('follows the display matrix: where it sends (x, y) is where the sample goes', () => {
    const cells = [-65536, 0, 65536];
    let known = 0;
    for (const a of cells)
      for (const b of cells)
        for (const c of cells)
          for (const d of cells) {
            const orientation = orientationOfMatrix(a, b, c, d);
            const square =
              (a === 0) === (d === 0) && (a === 0) !== (b === 0) && (b === 0) === (c === 0);
            expect(orientation !== undefined).toBe(square);
            if (orientation === undefined) continue;
            known++;
            const out = orientPlane(plane, orientation, new Uint8Array(6));
            for (let y = 0; y < 2; y++)
              for (let x = 0; x < 3; x++) {
                const toX = Math.sign(a) * x + Math.sign(c) * y;
                const toY = Math.sign(b) * x + Math.sign(d) * y;
                const shiftX = Math.min(0, Math.sign(a) * 2) + Math.min(0, Math.sign(c));
                const shiftY = Math.min(0, Math.sign(b) * 2) + Math.min(0, Math.sign(d));
                expect(out.data[(toY - shiftY) * out.stride + toX - shiftX]).toBe(
                  plane.data[y * plane.stride + x],
                );
              }
          }
    expect(known).toBe(8);
  });
});

const u32 = (...values: readonly number[]): Uint8Array => {
  const out = new Uint8Array(4 * values.length);
  values.forEach((value, i) => new DataView(out.buffer).setUint32(4 * i, value));
  return out;
};
const bytesOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const box = (type: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = bytesOf(...parts);
  return bytesOf(u32(body.length + 8), new TextEncoder().encode(type), body);
};
const file = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length)),
});

describe('edit lists', () => {
  const movie = (...edits: readonly (readonly [number, number, number])[]): Uint8Array =>
    bytesOf(
      box('ftyp', u32(0)),
      box('mdat', u32(1, 2, 3)),
      box(
        'moov',
        box('mvhd', u32(0, 0, 0, 1000)),
        box(
          'trak',
          box('tkhd', u32(0, 0, 0, 7)),
          box(
            'edts',
            box(
              'elst',
              u32(0, edits.length),
              ...edits.map(([d, t, r]) => u32(d, t >>> 0, r << 16)),
            ),
          ),
          box('mdia', box('mdhd', u32(0, 0, 0, 12800))),
        ),
      ),
    );

  it('are read with their units; an empty edit before does not count', async () => {
    const lists = await readEditLists(file(movie([40, -1, 1], [480, 1024, 1])));
    expect([...lists]).toEqual([
      [7, { edits: 1, normalSpeed: true, duration: 0.48, timescale: 12800 }],
    ]);
    const two = (await readEditLists(file(movie([100, 0, 1], [100, 512, 2])))).get(7);
    expect(two).toMatchObject({ edits: 2, normalSpeed: false });
    expect((await readEditLists(file(movie([0, 0, 1])))).get(7)?.duration).toBe(Infinity);
  });

  it('of damaged or other files are none, never an exception', async () => {
    const whole = movie([480, 1024, 1]);
    for (let length = 0; length < whole.length; length++) {
      await expect(readEditLists(file(whole.subarray(0, length)))).resolves.toBeDefined();
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, value) => {
        const bytes = whole.slice();
        bytes[at] = value;
        await readEditLists(file(bytes));
      }),
    );
  });

  it('hide what is before and after', () => {
    const edit: EditList = { edits: 1, normalSpeed: true, duration: 0.2, timescale: 12800 };
    expect([-0.04, 0, 0.16, 0.2].map((time) => isShown(edit, time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isShown(undefined, -1)).toBe(true);
  });
});

describe('which track', () => {
  const track = (isDefault: boolean) => ({ isDefault, label: 'h264 96x64' });
  it('is the one asked for, the default, the first', () => {
    const two = [track(false), track(true)];
    expect(chooseTrack('f', two, undefined)).toEqual(E.right(1));
    expect(chooseTrack('f', two, 1)).toEqual(E.right(0));
    expect(chooseTrack('f', [track(false), track(false)], undefined)).toEqual(E.right(0));
    expect(chooseTrack('f', [track(true), track(true)], undefined)).toEqual(E.right(0));
    for (const wrong of [0, 3, 1.5, Number.NaN]) {
      expect(chooseTrack('f', two, wrong)).toMatchObject({ left: { _tag: 'BadArgument' } });
    }
    expect(chooseTrack('f', [], 1)).toMatchObject({ left: { _tag: 'UnsupportedFormat' } });
  });
});

describe('names of pixel formats', () => {
  it('of WebCodecs: known ones only', () => {
    expect(pixelLayout('I422P10')).toEqual({
      bitDepth: 10,
      chroma: '422',
      arrangement: 'planar',
    });
    for (const format of ['BGRA', 'RGBX', 'I420A', '', null]) {
      expect(pixelLayout(format)).toBeUndefined();
    }
  });

  it('of ffmpeg: known ones only, samples of P010 moved down', () => {
    expect(rawLayout('p010le')).toMatchObject({
      bitDepth: 10,
      shift: 6,
      arrangement: 'interleaved',
    });
    expect(rawLayout('p016le')).toMatchObject({ bitDepth: 16, shift: 0 });
    expect(rawLayout('yuvj422p')).toMatchObject({ bitDepth: 8, chroma: '422', shift: 0 });
    expect(rawLayout('yuv410p')?.rest(97, 63)).toBe(2 * 25 * 16);
    for (const name of [
      'yuv420p9le',
      'yuv420p14le',
      'yuv420p10be',
      'yuva420p',
      'gbrp',
      'rgb24',
      'pal8',
    ]) {
      expect(rawLayout(name)).toBeUndefined();
    }
  });

  it('of ffmpeg versions', () => {
    const versions = ['4.4.2', '5.0', '5.1.9-0+deb12u1', '7.0.2-static', 'n8.0', 'N-109542-g1'];
    expect(versions.map(hasFpsMode)).toEqual([false, false, true, true, true, true]);
  });
});

describe('NAL units', () => {
  it('get length fields of four bytes', () => {
    const record = Uint8Array.from([1, 66, 192, 21, 0xfd, 0xe1, 0, 1, 0x67]);
    const lengths = fourByteLengths('avc', record);
    expect(lengths?.description[4]).toBe(0xff);
    expect(record[4]).toBe(0xfd);
    const packet = Uint8Array.from([0, 2, 9, 8, 0, 1, 7]);
    expect([...(lengths?.convert(packet) ?? [])]).toEqual([0, 0, 0, 2, 9, 8, 0, 0, 0, 1, 7]);
    // A length past the end: what is there, for the decoder to judge.
    expect([...(lengths?.convert(Uint8Array.from([0, 9, 5])) ?? [])]).toEqual([0, 0, 0, 1, 5]);
    expect(fourByteLengths('avc', Uint8Array.from([1, 66, 192, 21, 0xff]))).toBeUndefined();
    expect(fourByteLengths('vp9', record)).toBeUndefined();
    expect(fourByteLengths('avc', undefined)).toBeUndefined();
  });

  it('tell fields by the sequence parameter set', () => {
    // Baseline, level 1: ids and counts as Exp-Golomb, 6x4 macroblocks; the flag is the next bit.
    const sps = (flag: string): Uint8Array => {
      const bits = `${'1'.repeat(3)}${'1'}${'010'}${'0'}${'00110'}${'00100'}${flag}1`.padEnd(
        32,
        '0',
      );
      return Uint8Array.from([
        0x67,
        66,
        0,
        10,
        ...(bits.match(/.{8}/gu) ?? []).map((b) => parseInt(b, 2)),
      ]);
    };
    const annexB = (nal: Uint8Array): Uint8Array => bytesOf(Uint8Array.from([0, 0, 0, 1]), nal);
    expect(avcMayBeInterlaced(undefined, annexB(sps('1')))).toBe(false);
    expect(avcMayBeInterlaced(undefined, annexB(sps('0')))).toBe(true);
    expect(avcMayBeInterlaced(undefined, Uint8Array.from([1, 2, 3]))).toBeUndefined();
    expect(avcMayBeInterlaced(undefined, undefined)).toBeUndefined();
  });
});

describe('packets without a picture', () => {
  it('are known for VP8 and VP9', () => {
    expect(showsPicture('vp8', Uint8Array.from([0x10]))).toBe(true);
    expect(showsPicture('vp8', Uint8Array.from([0x01]))).toBe(false);
    expect(showsPicture('vp9', Uint8Array.from([0x82, 0]))).toBe(true);
    expect(showsPicture('vp9', Uint8Array.from([0x80, 0]))).toBe(false);
    expect(showsPicture('vp9', Uint8Array.from([0x88, 0]))).toBe(true);
    expect(showsPicture('vp9', Uint8Array.from([0x80, 0xc9]))).toBe(true);
    expect(showsPicture('avc', Uint8Array.from([1]))).toBe(true);
    expect(showsPicture('avc', new Uint8Array(0))).toBe(false);
  });
});

describe('frame rates', () => {
  it.each([
    [25, '25/1'],
    [29.97002997, '30000/1001'],
    [23.976023976, '24000/1001'],
    [12.5, '25/2'],
    [25 / 7, '25/7'],
    [17.123456, '17123/1000'],
  ])('%d is %s', (fps, text) => {
    const rate = rationalRate(fps);
    expect(`${rate?.numerator}/${rate?.denominator}`).toBe(text);
  });
  it('may be unknown', () => {
    expect([0, -1, Number.NaN, Infinity].map(rationalRate)).toEqual(Array(4).fill(undefined));
  });
});

describe('a source that is asked without end', () => {
  it('throws into the loop', () => {
    const source = guardAgainstSpinning('f', { size: 8 });
    expect(() => {
      for (;;) if (source.size !== 8) return;
    }).toThrow('in circles');
  });
});
