// The built command as a process of its own, for what only a process shows:
// pipes, signals, exit statuses. Needs `npm run build`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const BIN = resolve(import.meta.dirname, '../../dist/bin.js');

/** How a process ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a shell line in which `$T` is the built command. The line is ours;
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
  if (!existsSync(BIN)) throw new Error('packages/tinyvmaf/dist is missing: run `npm run build`');
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
