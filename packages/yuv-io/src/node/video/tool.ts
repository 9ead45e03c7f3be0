/**
 * Running ffmpeg and ffprobe: always an argument vector, never a shell, with
 * the last lines of what they say kept for messages.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Commands to run, names on the PATH or paths. */
export interface FfmpegTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

/** The tools as an installation puts them on the PATH. */
export const FFMPEG_TOOLS: FfmpegTools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' };

/** Characters of a tool's messages that are kept: the last ones. */
const KEPT_CHARACTERS = 16_000;

/** The end of a text stream. */
export class Tail {
  private text = '';
  add(chunk: string): void {
    this.text = (this.text + chunk).slice(-KEPT_CHARACTERS);
  }
  get lines(): readonly string[] {
    return this.text.split(/[\r\n]+/u).filter((line) => line.trim() !== '');
  }
}

/** A running tool with its two output streams. */
export type ToolProcess = ChildProcessByStdio<null, Readable, Readable>;

/** How a tool ended: an exit status, or the error of a command that never started. */
export type ToolEnd =
  | { readonly status: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly error: NodeJS.ErrnoException };

/** Starts a tool; it reads nothing from our standard input. */
export const startTool = (
  command: string,
  args: readonly string[],
): { readonly child: ToolProcess; readonly end: Promise<ToolEnd>; readonly messages: Tail } => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const messages = new Tail();
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => messages.add(chunk));
  const end = new Promise<ToolEnd>((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('close', (status, signal) => resolve({ status, signal }));
  });
  return { child, end, messages };
};

/** Output of a short run; undefined where the command is not there. */
export const runTool = async (
  command: string,
  args: readonly string[],
): Promise<
  | {
      readonly status: number | null;
      readonly output: string;
      readonly messages: readonly string[];
    }
  | undefined
> => {
  const { child, end, messages } = startTool(command, args);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const ended = await end;
  if ('error' in ended) return undefined;
  return { status: ended.status, output, messages: messages.lines };
};

/** `5.1.9-0+deb12u1` of `ffmpeg -version`; undefined where the tool is not there or does not say. */
export const toolVersion = async (command: string): Promise<string | undefined> => {
  const result = await runTool(command, ['-version']);
  if (result?.status !== 0) return undefined;
  return /^\S+ version (\S+)/u.exec(result.output)?.[1] ?? 'unknown version';
};

/**
 * Whether a version knows `-fps_mode` (5.1 and newer); builds from a
 * repository state carry no number and are taken for new.
 */
export const hasFpsMode = (version: string): boolean => {
  const found = /^n?(\d+)\.(\d+)/u.exec(version);
  if (found === null) return true;
  const major = Number(found[1]);
  return major > 5 || (major === 5 && Number(found[2]) >= 1);
};
