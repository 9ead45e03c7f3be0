/**
 * Where model files may lie on a machine. Takes the environment as data, so
 * that every system's rules can be tried on any other.
 */
import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';

/** What of the machine decides about places. */
export interface Machine {
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As Node's `process.platform`. */
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  /** Folders where an installed libvmaf keeps its models. */
  readonly systemFolders: readonly string[];
}

const UNIX_FOLDERS = [
  '/usr/share/vmaf/model',
  '/usr/local/share/vmaf/model',
  '/usr/share/libvmaf/model',
  '/usr/local/share/libvmaf/model',
  '/usr/share/model',
  '/usr/local/share/model',
  '/opt/homebrew/share/libvmaf/model',
  '/opt/homebrew/opt/libvmaf/share/libvmaf/model',
  '/usr/local/opt/libvmaf/share/libvmaf/model',
  '/opt/local/share/vmaf/model',
];

/** The machine the program runs on. */
export const thisMachine = (): Machine => ({
  env: process.env,
  platform: process.platform,
  home: homedir(),
  systemFolders: process.platform === 'win32' ? [] : UNIX_FOLDERS,
});

const given = (text: string | undefined): string | undefined =>
  text === undefined || text === '' ? undefined : text;

/**
 * tinyvmaf's data folder: `TINYVMAF_DATA_DIR`, else `%LOCALAPPDATA%\tinyvmaf` on
 * Windows, `~/Library/Application Support/tinyvmaf` on macOS, and
 * `$XDG_DATA_HOME/tinyvmaf` or `~/.local/share/tinyvmaf` elsewhere. Need not exist.
 */
export const dataFolder = (machine: Machine = thisMachine()): string => {
  const { env, platform, home } = machine;
  const path = platform === 'win32' ? win32 : posix;
  const own = given(env['TINYVMAF_DATA_DIR']);
  if (own !== undefined) return path.resolve(own);
  if (platform === 'win32') {
    return path.join(given(env['LOCALAPPDATA']) ?? path.join(home, 'AppData', 'Local'), 'tinyvmaf');
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'tinyvmaf');
  // The XDG rule: relative values are to be ignored.
  const xdg = given(env['XDG_DATA_HOME']);
  const base = xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share');
  return path.join(base, 'tinyvmaf');
};

/** Folder of the installed model files inside a data folder. */
export const modelsFolder = (data: string): string => join(data, 'models');

/** `VMAF_MODEL_PATH`: a model file or a folder of them, if set. */
export const environmentModel = (machine: Machine): string | undefined =>
  given(machine.env['VMAF_MODEL_PATH']);
