// Generated trees on a real disk, with hostile things among the clips.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { content, filesOf, FRAME, type Content } from '../layouts/names.js';

/** Something that must be refused, and the codes that may say why. */
interface Trap {
  readonly code: string;
  /** Makes it under `root`; `outside` holds what no link may reach. */
  make(root: string, outside: string, name: string): void;
}

const TRAPS: readonly Trap[] = [
  {
    code: 'outside-root',
    make: (root, outside, name) => {
      symlinkSync(join(outside, 'secret.yuv'), join(root, `${name}_25fps.yuv`));
    },
  },
  {
    code: 'outside-root',
    make: (root, outside, name) => {
      symlinkSync(outside, join(root, name));
    },
  },
  {
    code: 'outside-root',
    make: (root, _outside, name) => {
      symlinkSync('../../../../..', join(root, name));
    },
  },
  {
    code: 'link-loop',
    make: (root, _outside, name) => {
      symlinkSync('.', join(root, name));
    },
  },
  {
    code: 'link-loop',
    make: (root, _outside, name) => {
      symlinkSync(name, join(root, name));
    },
  },
  {
    code: 'broken-link',
    make: (root, _outside, name) => {
      symlinkSync('nowhere.yuv', join(root, `${name}_50_540_900.yuv`));
    },
  },
  {
    code: 'name-control-characters',
    make: (root, _outside, name) => {
      writeFileSync(join(root, `${name}\n_25fps.yuv`), Buffer.alloc(FRAME));
    },
  },
  {
    code: 'name-not-utf8',
    make: (root, _outside, name) => {
      const path = Buffer.concat([Buffer.from(join(root, name)), Buffer.from([0xff])]);
      writeFileSync(path, '');
    },
  },
  {
    code: 'not-a-file',
    make: (root, _outside, name) => {
      execFileSync('mkfifo', [join(root, `${name}_25fps.yuv`)]);
    },
  },
];

export interface Hostile {
  readonly contents: readonly Content[];
  readonly traps: readonly number[];
}

export const hostile: fc.Arbitrary<Hostile> = fc.record({
  contents: fc
    .array(content, { maxLength: 4 })
    // A backslash parts folders on Windows, and colons and quotes may not stand in names there.
    .filter(
      (all) => process.platform !== 'win32' || all.every(({ source }) => /^\w+$/.test(source)),
    ),
  traps: fc.uniqueArray(fc.integer({ min: 0, max: TRAPS.length - 1 })),
});

export interface Built {
  readonly root: string;
  readonly outside: string;
  readonly files: Readonly<Record<string, number>>;
  /** Codes that must be told. */
  readonly codes: readonly string[];
  remove(): void;
}

/** Makes a tree on disk. */
export const build = ({ contents, traps }: Hostile): Built => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-')));
  const [root, outside] = [join(base, 'root'), join(base, 'outside')];
  mkdirSync(root);
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.yuv'), Buffer.alloc(FRAME));
  const files = filesOf(contents);
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), Buffer.alloc(bytes));
  }
  const chosen = traps.flatMap((i) => TRAPS[i] ?? []);
  for (const [i, trap] of chosen.entries()) trap.make(root, outside, `trap${i}`);
  const codes = [...new Set(chosen.map(({ code }) => code))];
  return {
    root,
    outside,
    files,
    codes,
    remove: () => {
      rmSync(base, { recursive: true });
    },
  };
};
