/**
 * Lists the regular files below a root. Names from a disk are hostile until
 * shown otherwise: links are resolved before anything is known about what they
 * lead to, what leads outside is reported and never looked at, and depth,
 * number and length have limits.
 */
import { setImmediate } from 'node:timers/promises';
import { ioError, printable, throwIfAborted, type TinyVmafError } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import type { Finding, Severity } from '../corpus/finding.js';
import type { TreeFile } from '../layouts/layout.js';
import { pathInside } from '../data-root/inside.js';
import { nodeDisk, type Disk } from './disk.js';

/** Limits of a walk. */
export interface WalkLimits {
  /** Entries that are looked at, at most. Default 2,000,000. */
  readonly entries: number;
  /** Folders inside each other, at most. Default 64. */
  readonly depth: number;
}

/** How to walk. */
export interface WalkOptions {
  /** Folder that is not entered besides those whose names begin with a dot: the store. Absolute, links resolved. */
  readonly skip?: string;
  /** Other limits than the defaults. */
  readonly limits?: Partial<WalkLimits>;
  /** The file system. Default: the real one. */
  readonly disk?: Disk;
  /** Fires to give up. */
  readonly signal?: AbortSignal | undefined;
}

/** The files and what was met beside them. */
export interface Listing {
  /** In order of path (by UTF-16 code units). */
  readonly files: readonly TreeFile[];
  /** What was refused, each with its reason. */
  readonly findings: readonly Finding[];
}

const LIMITS: WalkLimits = { entries: 2_000_000, depth: 64 };

/** Entries between two rests, in which other work and an abort get their turn. */
const REST = 2048;

// Control characters: a name with a line break in it cannot stand in a log or a table.
const CONTROL = /[\u0000-\u001f\u007f]/; // eslint-disable-line no-control-regex -- they are what is looked for

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

interface Folder {
  readonly path: string;
  readonly depth: number;
}

class Walk {
  readonly files: TreeFile[] = [];
  readonly findings: Finding[] = [];
  readonly folders: Folder[] = [{ path: '', depth: 0 }];
  seen = 0;

  constructor(
    readonly root: string,
    readonly disk: Disk,
    readonly limits: WalkLimits,
    readonly skip: string | undefined,
  ) {}

  tell(severity: Severity, code: string, path: string, problem: string, remedy: string): void {
    this.findings.push({ code, severity, path, problem, remedy });
  }

  absolute(path: string): string {
    return path === '' ? this.root : `${this.root}/${path}`;
  }

  /** Names of a folder, sorted, those that cannot be used told. */
  names(folder: Folder): readonly string[] {
    const names: string[] = [];
    for (const { name, shown } of this.disk.entries(
      this.absolute(folder.path),
      // One more, so that the limit is seen to be passed.
      this.limits.entries - this.seen + 1,
    )) {
      if (shown.startsWith('.')) continue;
      const path = folder.path === '' ? shown : `${folder.path}/${shown}`;
      if (name === undefined) {
        const problem = `the name ${printable(shown)} is not UTF-8`;
        this.tell('error', 'name-not-utf8', path, problem, 'Rename the file.');
      } else if (CONTROL.test(name)) {
        const problem = `the name ${printable(name)} holds control characters`;
        this.tell('error', 'name-control-characters', path, problem, 'Rename the file.');
      } else {
        names.push(name);
      }
    }
    return names.sort();
  }

  entry(path: string, depth: number): void {
    const absolute = this.absolute(path);
    const { kind, bytes } = this.disk.look(absolute);
    switch (kind) {
      case 'file':
        this.files.push({ path, bytes });
        return;
      case 'folder':
        if (path === this.skip) return;
        if (depth < this.limits.depth) this.folders.push({ path, depth: depth + 1 });
        else {
          const problem = `lies ${depth + 1} folders deep; ${this.limits.depth} are entered`;
          this.tell('error', 'too-deep', path, problem, 'Move it up.');
        }
        return;
      case 'link':
        this.link(path, absolute);
        return;
      case 'other':
        this.tell('warning', 'not-a-file', path, 'is a socket, a pipe or a device', '');
    }
  }

  link(path: string, absolute: string): void {
    const real = this.disk.resolve(absolute);
    const target = pathInside(this.root, real);
    if (target === undefined) {
      const problem = `is a link to ${printable(real)}, outside the data root`;
      const remedy = 'Copy the file into the data root, or give a root that holds both.';
      this.tell('error', 'outside-root', path, problem, remedy);
      return;
    }
    const { kind, bytes } = this.disk.look(real);
    if (kind === 'file') {
      this.files.push({ path, bytes, target });
    } else if (kind === 'folder') {
      const loop = target === '' || path.startsWith(`${target}/`);
      const problem = loop
        ? `is a link to ${printable(target || '.')}, which holds it: a loop`
        : `is a link to the folder ${printable(target)}, whose files are listed there`;
      this.tell(loop ? 'warning' : 'note', loop ? 'link-loop' : 'linked-folder', path, problem, '');
    } else {
      this.tell('warning', 'not-a-file', path, `is a link to something that is no file`, '');
    }
  }

  /** One folder. Answers whether the walk may go on. */
  *folder(folder: Folder): Generator<undefined, boolean> {
    let names: readonly string[];
    try {
      names = this.names(folder);
    } catch (thrown) {
      if (folder.path === '') throw thrown;
      this.system('unreadable-folder', folder.path, thrown);
      return true;
    }
    for (const name of names) {
      if (this.seen >= this.limits.entries) {
        const problem = `more than ${this.limits.entries} entries; the rest was not looked at`;
        this.tell('error', 'too-many-files', folder.path, problem, 'Give a smaller data root.');
        return false;
      }
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      try {
        this.entry(path, folder.depth);
      } catch (thrown) {
        this.system('unreadable', path, thrown);
      }
      if (++this.seen % REST === 0) yield undefined;
    }
    return true;
  }

  system(code: string, path: string, thrown: unknown): void {
    const error = ioError('read', path, thrown);
    if (error._tag !== 'Io') throw thrown;
    const dangling = error.errno === 'ENOENT';
    const loop = error.errno === 'ELOOP';
    const problem = dangling
      ? 'leads to nothing: the link is broken, or the file has just gone'
      : loop
        ? 'is a link that leads to itself'
        : `cannot be read: ${error.problem}`;
    const remedy = dangling || loop ? 'Remove or mend the link.' : 'Allow reading it.';
    this.tell('error', dangling ? 'broken-link' : loop ? 'link-loop' : code, path, problem, remedy);
  }
}

/**
 * All regular files below `root`. Not listed: what begins with a dot (and so
 * the store `.tinyvmaf`), the folder `skip`, links that lead outside the root
 * (`outside-root`), linked folders (their files are listed where they lie),
 * sockets, pipes and devices, and names that are not UTF-8 or hold control
 * characters; all but the first two are told as findings.
 * @param root absolute, links resolved.
 * Left: `Io` where the root itself cannot be read, `Cancelled`.
 */
export const walkTE = (
  root: string,
  options: WalkOptions = {},
): TE.TaskEither<TinyVmafError, Listing> =>
  TE.tryCatch(
    async () => {
      const operation = 'Listing the data root';
      const limits = { ...LIMITS, ...options.limits };
      const skip = options.skip === undefined ? undefined : pathInside(root, options.skip);
      const walk = new Walk(root, options.disk ?? nodeDisk, limits, skip);
      throwIfAborted(options.signal, operation);
      for (let next = walk.folders.pop(); next !== undefined; next = walk.folders.pop()) {
        const steps = walk.folder(next);
        let step = steps.next();
        for (; step.done !== true; step = steps.next()) {
          await setImmediate();
          throwIfAborted(options.signal, operation);
        }
        if (!step.value) break;
      }
      return { files: walk.files.sort(byPath), findings: walk.findings };
    },
    (thrown) => ioError('read', root, thrown),
  );
