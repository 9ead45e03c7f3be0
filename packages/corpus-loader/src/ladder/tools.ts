/**
 * The installed ffmpeg: its version, which is part of what a ladder is, and
 * the encoders it was built with.
 */
import { createHash } from 'node:crypto';
import { TinyVmafException, toPromise, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { capture, lastWords } from './process.js';

/** Commands to run, names on the PATH or paths. */
export interface LadderTools {
  /** Makes references and clips. */
  readonly ffmpeg: string;
  /** Looks into sources that nobody has described. */
  readonly ffprobe: string;
}

/** The tools as an installation puts them on the PATH. */
export const LADDER_TOOLS: LadderTools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' };

/** What an installed ffmpeg is. */
export interface Ffmpeg {
  /** The programs that were asked. */
  readonly tools: LadderTools;
  /** First line of `ffmpeg -version` without the copyright: `ffmpeg version 5.1.9`. */
  readonly version: string;
  /** SHA-256 of all that `ffmpeg -version` says: configuration and libraries. */
  readonly build: string;
  /** Video encoders. */
  readonly encoders: readonly string[];
}

const REMEDY = 'Install ffmpeg with its encoders (Debian, Ubuntu: apt install ffmpeg).';

/** What is said where a program is not there. */
export const missingTool = (tool: string): TinyVmafError => ({
  _tag: 'BackendUnavailable',
  backend: tool,
  problem: 'is not installed; ladders are built with it',
  remedy: REMEDY,
});

const ask = async (
  command: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> => {
  const { ended, output } = await capture({ command, args, signal });
  if (ended.kind === 'absent') throw new TinyVmafException(missingTool(command));
  if (ended.kind === 'ended' && ended.status === 0) return output;
  throw new TinyVmafException({
    _tag: 'ToolFailed',
    tool: command,
    task: 'say what it is',
    problem: lastWords(ended),
  });
};

const encodersOf = (listing: string): readonly string[] =>
  [...listing.matchAll(/^ V[.A-Z]{5} (\S+)/gmu)].flatMap(([, name]) =>
    name === undefined || name === '=' ? [] : [name],
  );

/** Looks at the installed ffmpeg. Left: BackendUnavailable, ToolFailed, Cancelled. */
export const inspectFfmpegTE = (
  tools: LadderTools = LADDER_TOOLS,
  signal?: AbortSignal,
): TE.TaskEither<TinyVmafError, Ffmpeg> =>
  tryTask(async () => {
    const about = await ask(tools.ffmpeg, ['-version'], signal);
    const listing = await ask(tools.ffmpeg, ['-hide_banner', '-encoders'], signal);
    const [first = ''] = about.split(/\r?\n/u);
    return {
      tools,
      version: (first.split(' Copyright')[0] ?? first).trim(),
      build: createHash('sha256').update(about).digest('hex'),
      encoders: encodersOf(listing),
    };
  }, 'Looking at ffmpeg');

/** {@link inspectFfmpegTE} as a Promise; rejects with `TinyVmafException`. */
export const inspectFfmpeg = (tools?: LadderTools, signal?: AbortSignal): Promise<Ffmpeg> =>
  toPromise(inspectFfmpegTE(tools, signal));

/**
 * The arguments that write every decoded frame once: `-fps_mode` from ffmpeg
 * 5.1 on, before that `-vsync`. Builds of a repository state carry no number
 * and are taken for new.
 */
export const everyFrame = (version: string): readonly string[] => {
  const found = /version n?(\d+)\.(\d+)/u.exec(version);
  const [major, minor] = [Number(found?.[1] ?? 99), Number(found?.[2] ?? 0)];
  const isNew = major > 5 || (major === 5 && minor >= 1);
  return [isNew ? '-fps_mode' : '-vsync', 'passthrough'];
};
