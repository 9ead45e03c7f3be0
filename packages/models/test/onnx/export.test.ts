// The bytes of our writer, seen by a parser that others maintain.
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { errorMessage, FEATURES, unwrap } from '@tinyvmaf/core';
import {
  ALLOWED_OPERATORS,
  BUILT_IN,
  buildArchitecture,
  exportOnnx,
  initialWeights,
  parseMetadata,
  readOnnx,
  TYPICAL_FRAME,
} from '@tinyvmaf/models';
import { randomWeights } from '@tinyvmaf/models/testing';
import { either as E } from 'fp-ts';
import { ModelProtoSchema } from 'onnx-buf';
import { describe, expect, it } from 'vitest';

const TEACHER = '0123456789abcdef';
const RANGE = {
  low: [0.2, 0, 0, 0, 0, 0],
  high: [1.2, 1.3, 1.12, 1.12, 1.12, 35],
};

const exported = (id: string, options: unknown = {}): Uint8Array => {
  const { graph } = unwrap(buildArchitecture(BUILT_IN.get(id)!, options));
  const metadata = {
    architecture: id,
    version: 1,
    tier: 'nano',
    teacher: TEACHER,
    range: RANGE,
  } as const;
  return unwrap(exportOnnx({ graph, weights: randomWeights(graph, 5), metadata }));
};

describe.each([...BUILT_IN.keys()])('the file of %s', (id) => {
  const bytes = exported(id);
  const parsed = fromBinary(ModelProtoSchema, bytes);

  it('keeps the contract of files', () => {
    expect(parsed.irVersion).toBe(8n);
    expect(parsed.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 17n]]);
    const shape = (value: (typeof parsed.graph & object)['input'][number]): unknown => {
      const type = value.type!.value;
      if (type.case !== 'tensorType') throw new Error(String(type.case));
      return [
        value.name,
        type.value.elemType,
        ...type.value.shape!.dim.map((dim) => dim.value.value),
      ];
    };
    const clip = BUILT_IN.get(id)!.input === 'clip';
    expect(parsed.graph!.input.map(shape)).toEqual([
      ['features', 1, 'N', 6n],
      ...(clip ? [['mask', 1, 'N']] : []),
    ]);
    expect(parsed.graph!.output.map(shape)).toEqual([['vmaf', 1, clip ? 1n : 'N']]);
    for (const { opType, domain } of parsed.graph!.node) {
      expect(ALLOWED_OPERATORS.has(opType), opType).toBe(true);
      expect(domain).toBe('');
    }
    expect(parsed.graph!.initializer.every(({ rawData }) => rawData.length > 0)).toBe(true);
  });

  it('is written as that parser would write it', () => {
    // Both write fields in ascending order of their numbers within a message,
    // but for fields that are lists of numbers, which it packs.
    const again = toBinary(ModelProtoSchema, parsed);
    expect(unwrap(readOnnx(again))).toEqual(unwrap(readOnnx(bytes)));
    expect(Math.abs(again.length - bytes.length)).toBeLessThan(200);
  });

  it('says what it is', () => {
    const entries = new Map(parsed.metadataProps.map(({ key, value }) => [key, value]));
    expect([...entries.keys()]).toEqual(['arch', 'features', 'tier', 'teacher', 'range', 'probe']);
    expect(entries.get('features')).toBe(FEATURES.join(','));
    expect(unwrap(parseMetadata(entries, id))).toMatchObject({
      architecture: id,
      version: 1,
      tier: 'nano',
      teacher: TEACHER,
      range: RANGE,
      probe: { features: TYPICAL_FRAME },
    });
  });

  it('is the same each time', () => {
    expect(exported(id)).toEqual(bytes);
  });
});

describe('sizes', () => {
  it.each([
    ['a5', { centres: 8 }, 1000],
    ['a5', { centres: 32 }, 1700],
    ['a5', { centres: 48 }, 2200],
    ['a1', {}, 8000],
    ['a2', {}, 41_000],
    ['a3', {}, 16_000],
    ['a4', { centres: 32 }, 2000],
  ])('of %s %j stay below %i bytes', (id, options, limit) => {
    expect(exported(id, options).length).toBeLessThan(limit);
  });
});

describe('exportOnnx', () => {
  const { graph } = unwrap(buildArchitecture(BUILT_IN.get('a5')!, { centres: 2 }));
  const weights = initialWeights(graph, 1);
  const metadata = { architecture: 'a5', version: 1, tier: 'nano' } as const;
  const problem = (input: Partial<Parameters<typeof exportOnnx>[0]>): string => {
    const result = exportOnnx({ graph, weights, metadata, ...input });
    return E.isLeft(result) ? errorMessage(result.left) : 'none';
  };

  it('refuses what cannot be', () => {
    expect(problem({})).toBe('none');
    expect(problem({ weights: new Map() })).toContain('parameter scale: has no weights');
    expect(problem({ graph: { ...graph, output: 0 } })).toContain('node 0 (input)');
    expect(problem({ metadata: { ...metadata, architecture: 'A 5' } })).toContain(
      'metadata_props.arch',
    );
    expect(problem({ metadata: { ...metadata, teacher: 'abc' } })).toContain(
      '16 hexadecimal digits',
    );
    expect(problem({ metadata: { ...metadata, probe: [1, 2] } })).toContain('6 numbers');
    expect(problem({ metadata: { ...metadata, range: { low: [0], high: [1] } } })).toContain(
      '6 numbers',
    );
    expect(problem({ metadata: { ...metadata, probe: [NaN, 0, 0, 0, 0, 0] } })).toContain(
      'metadata_props.probe',
    );
  });
});
