// The bundled command as a process of its own, for what only a process shows:
// pipes, signals, exit statuses. Needs `npm run build`, and says so where the
// bundle is older than what it was made of.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BIN = resolve(import.meta.dirname, '../../bundle/tinyvmaf.js');
const PACKAGES = resolve(import.meta.dirname, '../../..');

/** When a package was last built, in milliseconds. */
const builtAt = (name: string): number => {
  const dist = join(PACKAGES, name, 'dist');
  const modules = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  return Math.max(
    ...modules
      .filter((file) => file.endsWith('.js'))
      .map((file) => statSync(join(dist, file)).mtimeMs),
  );
};

let checked = false;

const checkBundle = (): void => {
  if (checked) return;
  if (!existsSync(BIN)) throw new Error('packages/tinyvmaf/bundle is missing: run `npm run build`');
  const { mtimeMs } = statSync(BIN);
  const newer = ['core', 'yuv-io', 'svm', 'models', 'features', 'score', 'tinyvmaf'].find(
    (name) => builtAt(name) > mtimeMs,
  );
  if (newer !== undefined) {
    throw new Error(
      `packages/tinyvmaf/bundle is older than packages/${newer}/dist: run \`npm run build\``,
    );
  }
  checked = true;
};

/** How a process ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a shell line in which `$T` is the bundled command. The line is ours;
 * file names come in through the environment.
 */
export const shell = (
  line: string,
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    /** Called with the process once it runs. */
    readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<Ended> => {
  checkBundle();
  const child = spawn('bash', ['-c', line], {
    cwd: options.cwd,
    env: { ...process.env, T: `${process.execPath} ${BIN}`, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  options.onStart?.((signal) => child.kill(signal));
  return new Promise((done) => {
    child.on('close', (status, signal) => {
      done({ status, signal, stdout, stderr });
    });
  });
};
