/**
 * `tinyvmaf teacher install`: model files from the network, a folder or a file
 * into the data folder. Content is checked against the pinned SHA-256 before a
 * name of ours stands for it; an interrupted run leaves nothing half-written.
 */
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { taskEither as TE } from 'fp-ts';
import {
  throwIfAborted,
  TinyVmafException,
  toPromise,
  tryTask,
  type TinyVmafError,
} from '@tinyvmaf/core';
import {
  KNOWN_MODELS,
  knownByHash,
  knownModel,
  knownNames,
  MODELS_RELEASE,
  type KnownModel,
} from '../known/index.js';
import { download, withProxyFetch, type FetchLike } from './download.js';
import { kindOf, readBounded, sha256Of, writeAtomic } from './files.js';
import { dataFolder, modelsFolder, thisMachine, type Machine } from './places.js';

/** Where Netflix publishes the model files of the pinned release. */
export const OFFICIAL_MODELS = `https://raw.githubusercontent.com/Netflix/vmaf/${MODELS_RELEASE}/model`;

/** What to install, from where, to where. */
export interface InstallOptions {
  /** A model file, a folder of them, or the `http(s)` URL of either. Default: {@link OFFICIAL_MODELS}. */
  readonly from?: string;
  /** Version names. Default: the v0.6.1 family, nine files. */
  readonly models?: readonly string[];
  /** tinyvmaf's data folder. Default: see `dataFolder`. */
  readonly dataDir?: string;
  /** Stops the installation; models finished before stay. */
  readonly signal?: AbortSignal;
  /** Time for one download, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Default: a `fetch` that honours `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
  readonly fetch?: FetchLike;
  /** Told after each model. */
  readonly onModel?: (model: InstalledModel) => void;
  /** Default: the machine the program runs on. */
  readonly machine?: Machine;
}

/** A model that is in the data folder now. */
export interface InstalledModel {
  /** Version name. */
  readonly version: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** `present`: it was there already, nothing was fetched. */
  readonly status: 'installed' | 'present';
}

/** What an installation did. */
export interface InstallReport {
  /** Folder of the model files. */
  readonly folder: string;
  /** What is in the folder now, in the order of work. */
  readonly models: readonly InstalledModel[];
  /** Versions of the default set that the folder given did not hold. */
  readonly absent: readonly string[];
}

/**
 * Installs model files.
 * @returns left `ModelNotFound` for unknown names or an empty source, `HashMismatch` for a
 * content that is not the published one, `Io` for network and file system, `Cancelled`.
 * Models finished before the failure stay installed.
 */
export const installTeacherTE = (
  options: InstallOptions = {},
): TE.TaskEither<TinyVmafError, InstallReport> =>
  tryTask(() => install(options), 'Installing the models');

/** Promise form of {@link installTeacherTE}. */
export const installTeacher = (options: InstallOptions = {}): Promise<InstallReport> =>
  toPromise(installTeacherTE(options));

const install = async (options: InstallOptions): Promise<InstallReport> => {
  const wanted = wantedModels(options.models);
  const source = await sourceOf(options.from ?? OFFICIAL_MODELS);
  const machine = options.machine ?? thisMachine();
  const folder = modelsFolder(resolve(options.dataDir ?? dataFolder(machine)));
  const run = (fetch: FetchLike): Promise<InstallReport> =>
    new Installation(folder, options, fetch).run(source, wanted);
  if (source.kind === 'file' || source.kind === 'folder') return run(noNetwork);
  return options.fetch === undefined ? withProxyFetch(machine.env, run) : run(options.fetch);
};

const noNetwork: FetchLike = () => Promise.reject(new Error('no download was asked for'));

const wantedModels = (names: readonly string[] | undefined): readonly KnownModel[] => {
  if (names === undefined) return KNOWN_MODELS.filter((model) => model.installedByDefault);
  return names.map((name) => {
    const model = knownModel(name);
    if (model !== undefined) return model;
    throw new TinyVmafException({
      _tag: 'ModelNotFound',
      name,
      problem: 'is not known',
      remedy: `Known are ${knownNames()}.`,
    });
  });
};

/** Where the bytes come from: one model, or a folder that holds several. */
interface Source {
  readonly kind: 'file' | 'folder' | 'url' | 'urlFolder';
  readonly at: string;
}

const sourceOf = async (from: string): Promise<Source> => {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(from)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') {
    const isFile = /\.json(?:[?#].*)?$/i.test(from);
    return { kind: isFile ? 'url' : 'urlFolder', at: from.replace(/\/+$/, '') };
  }
  if (scheme !== undefined && scheme !== 'file') {
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: '--from',
      rule: 'must be a file, a folder, or an http or https URL',
      value: from,
    });
  }
  const at = resolve(scheme === 'file' ? fileURLToPath(from) : from);
  const kind = await kindOf(at);
  if (kind !== undefined) return { kind, at };
  throw new TinyVmafException({
    _tag: 'Io',
    operation: 'read',
    target: at,
    problem: 'there is no such file or folder',
    errno: 'ENOENT',
  });
};

/** One run: the destination and the means. */
class Installation {
  constructor(
    private readonly folder: string,
    private readonly options: InstallOptions,
    private readonly fetch: FetchLike,
  ) {}

  async run(source: Source, wanted: readonly KnownModel[]): Promise<InstallReport> {
    const { folder } = this;
    if (source.kind === 'file' || source.kind === 'url') {
      return { folder, models: [await this.fromFile(source)], absent: [] };
    }
    const models: InstalledModel[] = [];
    const absent: string[] = [];
    for (const model of wanted) {
      throwIfAborted(this.options.signal, 'Installing the models');
      const done = (await this.present(model)) ?? (await this.fromFolder(source, model));
      if (done === undefined) absent.push(model.version);
      else models.push(this.told(done));
    }
    const strict = this.options.models !== undefined || models.length === 0;
    if (absent.length > 0 && strict) throw lacking(source, absent);
    return { folder, models, absent };
  }

  private async fromFile(source: Source): Promise<InstalledModel> {
    const bytes = await this.read(source);
    const sha256 = sha256Of(bytes);
    const known = knownByHash(sha256);
    const name = basename(source.at.replace(/[?#].*$/, ''));
    // What it should be: the one version asked for, or the one its name says.
    const asked = this.options.models?.length === 1 ? this.options.models[0] : undefined;
    const meant = knownModel(asked ?? name.replace(/\.json$/i, ''));
    if (known === undefined || (asked !== undefined && known.version !== asked)) {
      throw meant === undefined ? stranger(source, name) : mismatch(source.at, meant, sha256);
    }
    return this.told((await this.present(known)) ?? (await this.keep(known, bytes)));
  }

  private async fromFolder(source: Source, model: KnownModel): Promise<InstalledModel | undefined> {
    if (source.kind === 'urlFolder') {
      const url = `${source.at}/${model.file}`;
      return this.keepChecked(url, model, await this.read({ kind: 'url', at: url }));
    }
    for (const name of new Set([model.file, basename(model.file)])) {
      const path = join(source.at, name);
      const bytes = await readBounded(path, true);
      if (bytes !== undefined) return this.keepChecked(path, model, bytes);
    }
    return undefined;
  }

  private read({ kind, at }: Source): Promise<Uint8Array> {
    const { signal, timeoutMs } = this.options;
    if (kind !== 'url') return readBounded(at);
    return download(at, this.fetch, {
      ...(signal === undefined ? {} : { signal }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  }

  private path(model: KnownModel): string {
    return join(this.folder, model.file);
  }

  private async present(model: KnownModel): Promise<InstalledModel | undefined> {
    const path = this.path(model);
    const bytes = await readBounded(path, true);
    return bytes !== undefined && sha256Of(bytes) === model.sha256
      ? { version: model.version, path, status: 'present' }
      : undefined;
  }

  private keepChecked(from: string, model: KnownModel, bytes: Uint8Array): Promise<InstalledModel> {
    const sha256 = sha256Of(bytes);
    if (sha256 !== model.sha256) throw mismatch(from, model, sha256);
    return this.keep(model, bytes);
  }

  private async keep(model: KnownModel, bytes: Uint8Array): Promise<InstalledModel> {
    throwIfAborted(this.options.signal, 'Installing the models');
    const path = this.path(model);
    await writeAtomic(path, bytes);
    return { version: model.version, path, status: 'installed' };
  }

  private told(model: InstalledModel): InstalledModel {
    this.options.onModel?.(model);
    return model;
  }
}

const mismatch = (source: string, model: KnownModel, actual: string): TinyVmafException =>
  new TinyVmafException({ _tag: 'HashMismatch', source, expected: model.sha256, actual });

const stranger = (source: Source, name: string): TinyVmafException =>
  new TinyVmafException({
    _tag: 'ModelNotFound',
    name,
    problem: `is none of the published models, by its content (${source.at})`,
    remedy: 'A model of your own needs no installation: --model path=FILE.',
  });

const lacking = (source: Source, absent: readonly string[]): TinyVmafException =>
  new TinyVmafException({
    _tag: 'ModelNotFound',
    name: absent.join(', '),
    problem: `is not in ${source.at}`,
    remedy: `Files are named like ${knownModel(absent[0] ?? '')?.file ?? 'VERSION.json'}.`,
  });
