import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, surface } from '../src/checks/docblocks.mjs';
import { folderWith } from './helpers.js';

describe('docblocks', () => {
  it('are looked for on exports, their members, and through re-exports', () => {
    const folder = folderWith({
      'index.d.ts':
        "export * from './things.js';\nexport { aliased as renamed } from './things.js';",
      'things.d.ts': `
/** A thing. */
export interface Thing {
  readonly _tag: 'Thing';
  readonly kind: 'only';
  /** Metres. */
  readonly length: number;
  readonly width: number;
  method(): void;
}
/** A shape. */
export type Shape = { readonly sides: number };
/** A class. */
export declare class Tool {
  constructor(a: number);
  private secret;
  use(): void;
}
export declare const bare: number;
/** Fine. */
export declare const aliased: number;
declare const hidden: number;
export {};
`,
    });
    const files = [path.join(folder, 'index.d.ts')];
    const { documented, missing } = surface(read(files), files, folder);
    expect(missing.map((line) => line.replace(/^.*: /, '')).sort()).toEqual([
      'Shape.sides',
      'Thing.method',
      'Thing.width',
      'Tool.use',
      'bare',
    ]);
    // Thing, Thing.length, Shape, Tool, aliased (once, though exported twice).
    expect(documented).toBe(5);
    expect(missing.some((line) => line.startsWith('things.d.ts:8: '))).toBe(true);
  });

  it('refuse a file that is not there', () => {
    expect(() => surface(read(['missing.d.ts']), ['missing.d.ts'], '.')).toThrow('missing.d.ts');
  });
});
