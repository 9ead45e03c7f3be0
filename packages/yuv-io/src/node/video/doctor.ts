/** What can decode compressed video on this machine; for the command's `doctor`. */
import { installWebCodecs } from './implementation.js';
import type { DecoderTools } from './open-encoded.js';
import { FFMPEG_TOOLS, toolVersion } from './tool.js';

/** A decoder that was found, or why it was not. */
export type DecoderState =
  | { readonly found: true; readonly name: string; readonly version?: string }
  | { readonly found: false; readonly name: string; readonly problem: string };

/** Every decoder that tinyvmaf may use. */
export interface DecoderReport {
  /** The WebCodecs implementation for Node. */
  readonly webcodecs: DecoderState;
  /** An installed ffmpeg. */
  readonly ffmpeg: DecoderState;
  /** Only looked at beside ffmpeg: better knowledge of streams. */
  readonly ffprobe: DecoderState;
}

const tool = async (name: string, command: string): Promise<DecoderState> => {
  const version = await toolVersion(command);
  return version === undefined
    ? { found: false, name, problem: 'not on the PATH' }
    : { found: true, name, version };
};

const webcodecs = async (
  load: NonNullable<DecoderTools['loadWebCodecs']>,
): Promise<DecoderState> => {
  try {
    return { found: true, ...(await load()) };
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    return { found: false, name: 'webcodecs', problem: words.split('\n')[0] ?? '' };
  }
};

/** Looks for the decoders; loads the WebCodecs implementation, if any. Never rejects. */
export const describeDecoders = async (decoders: DecoderTools = {}): Promise<DecoderReport> => ({
  webcodecs: await webcodecs(decoders.loadWebCodecs ?? installWebCodecs),
  ffmpeg: await tool('ffmpeg', decoders.ffmpeg ?? FFMPEG_TOOLS.ffmpeg),
  ffprobe: await tool('ffprobe', decoders.ffprobe ?? FFMPEG_TOOLS.ffprobe),
});
