/**
 * Running a program: an argument vector, never a shell; its last words kept
 * for messages. No child outlives us: an abort kills it, and so does our exit;
 * where we are killed outright, its pipes end and so does it.
 */
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { setPriority } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { throwIfAborted } from '@tinyvmaf/core';

/** What to run. */
export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** A file whose bytes go to the program's standard input. */
  readonly inputFile?: string;
  /** Takes the program's standard output, piece by piece. What it throws kills the program. */
  readonly onOutput?: (piece: Buffer) => Promise<void> | void;
  /** Whether others on this machine come first. Default false. */
  readonly background?: boolean;
}

/** How it ended. */
export type Ended =
  | { readonly kind: 'ended'; readonly status: number; readonly messages: readonly string[] }
  | { readonly kind: 'signal'; readonly signal: string; readonly messages: readonly string[] }
  | { readonly kind: 'absent'; readonly problem: string };

/** Characters of messages that are kept: the last ones. */
const KEPT_CHARACTERS = 8_000;

/** Niceness of programs that run in the background. */
const NICENESS = 10;

const living = new Set<{ kill(signal: 'SIGKILL'): boolean }>();
let watching = false;

const watchExit = (): void => {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of living) child.kill('SIGKILL');
  });
};

/** Runs a program to its end. Throws `Cancelled`, and what `onOutput` throws. */
export const run = async (options: Run): Promise<Ended> => {
  const { command, args, signal, inputFile, onOutput } = options;
  throwIfAborted(signal, `Running ${command}`);
  watchExit();
  const child = spawn(command, args, {
    stdio: [inputFile === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, or the terminal's Ctrl-C would reach it before us.
    detached: process.platform !== 'win32',
  });
  living.add(child);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', kill, { once: true });
  if (options.background === true && child.pid !== undefined) lowerPriority(child.pid);
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text = (text + piece).slice(-KEPT_CHARACTERS);
  });
  const end = new Promise<Ended>((resolve) => {
    const messages = (): readonly string[] =>
      text.split(/[\r\n]+/u).filter((line) => line.trim() !== '');
    child.once('error', (error) => resolve({ kind: 'absent', problem: error.message }));
    child.once('close', (status, killer) =>
      resolve(
        status === null
          ? { kind: 'signal', signal: killer ?? 'unknown', messages: messages() }
          : { kind: 'ended', status, messages: messages() },
      ),
    );
  });
  // A program that ends before it has read everything says so by its status.
  const fed =
    inputFile === undefined || child.stdin === null
      ? Promise.resolve()
      : pipeline(createReadStream(inputFile), child.stdin).catch(() => undefined);
  try {
    const { stdout } = child;
    if (stdout !== null) {
      for await (const piece of stdout) await onOutput?.(piece as Buffer);
    }
    const ended = await end;
    await fed;
    throwIfAborted(signal, `Running ${command}`);
    return ended;
  } catch (thrown) {
    kill();
    await end;
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', kill);
    living.delete(child);
  }
};

const lowerPriority = (pid: number): void => {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended already, or the system knows no priorities.
  }
};

/** Runs a program and hands back what it printed. Throws `Cancelled`. */
export const capture = async (
  options: Omit<Run, 'onOutput'>,
): Promise<{ readonly ended: Ended; readonly output: string }> => {
  const pieces: Buffer[] = [];
  const ended = await run({ ...options, onOutput: (piece) => void pieces.push(piece) });
  return { ended, output: Buffer.concat(pieces).toString('utf8') };
};

/** How a program ended, with its last words, for `ToolFailed`. */
export const lastWords = (ended: Ended): string => {
  if (ended.kind === 'absent') return ended.problem;
  const how = ended.kind === 'signal' ? `was ended by ${ended.signal}` : `status ${ended.status}`;
  const words = ended.messages.slice(-3).join(' / ').slice(0, 600);
  return words === '' ? how : `${how}, ${words}`;
};
