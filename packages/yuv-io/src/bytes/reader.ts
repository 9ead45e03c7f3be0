/**
 * Sequential reading with exact sizes: whole frames into buffers the caller
 * owns, lines, and a look ahead for signatures. Keeps no more than what was
 * looked at and not yet read.
 */
import { cancelled, ioError, TinyVmafException } from '@tinyvmaf/core';
import type { BytePull } from './pull.js';

const NEWLINE = 0x0a;
const STEP = 4096;

/** A line, or why there is none. */
export type Line =
  /** Bytes before the newline; the newline is consumed. Valid until the next call. */
  | { readonly kind: 'line'; readonly bytes: Uint8Array }
  /** The input ended first; what there was is in `bytes`, consumed. */
  | { readonly kind: 'end'; readonly bytes: Uint8Array }
  /** No newline within the limit; nothing is consumed. */
  | { readonly kind: 'tooLong'; readonly bytes: Uint8Array };

/**
 * Reads one input from front to back; one call at a time. Every method throws
 * `TinyVmafException`: `Io` when the platform fails, `Cancelled` when the
 * signal fires or {@link close} is called while it waits.
 */
export class ByteReader {
  /** Bytes handed out so far: read, skipped or given as lines; peeked bytes do not count. */
  get position(): number {
    return this.#position;
  }

  readonly #source: BytePull;
  readonly #name: string;
  #position = 0;
  #held: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #ended = false;
  #closed = false;
  #stop: (() => void) | undefined;

  /** @param name for messages. */
  constructor(source: BytePull, name: string) {
    this.#source = source;
    this.#name = name;
  }

  /** Fills `target`; resolves to the bytes read, fewer than its length only at the end. */
  async read(target: Uint8Array, signal?: AbortSignal): Promise<number> {
    this.#check(signal);
    const fromHeld = Math.min(target.length, this.#end - this.#start);
    target.set(this.#held.subarray(this.#start, this.#start + fromHeld));
    this.#start += fromHeld;
    let filled = fromHeld;
    while (filled < target.length && !this.#ended) {
      filled += await this.#pull(target.subarray(filled), signal);
    }
    this.#position += filled;
    return filled;
  }

  /** Up to `count` bytes ahead without consuming them, fewer only at the end. Valid until the next call. */
  async peek(count: number, signal?: AbortSignal): Promise<Uint8Array> {
    this.#check(signal);
    while (this.#end - this.#start < count && !this.#ended) {
      await this.#hold(Math.max(STEP, count - (this.#end - this.#start)), signal);
    }
    return this.#held.subarray(this.#start, Math.min(this.#end, this.#start + count));
  }

  /** The next line, at most `limit` bytes before its newline. */
  async line(limit: number, signal?: AbortSignal): Promise<Line> {
    this.#check(signal);
    let seen = 0;
    for (;;) {
      const unread = this.#held.subarray(this.#start, this.#end);
      const at = unread.indexOf(NEWLINE, seen);
      if (at >= 0 && at <= limit) {
        this.#start += at + 1;
        this.#position += at + 1;
        return { kind: 'line', bytes: unread.subarray(0, at) };
      }
      if (unread.length > limit) return { kind: 'tooLong', bytes: unread.subarray(0, limit) };
      if (this.#ended) {
        this.#start = this.#end;
        this.#position += unread.length;
        return { kind: 'end', bytes: unread };
      }
      seen = unread.length;
      await this.#hold(STEP, signal);
    }
  }

  /** Drops `count` bytes; resolves to how many there were. `scratch` is written over. */
  async skip(count: number, scratch: Uint8Array, signal?: AbortSignal): Promise<number> {
    let left = count;
    while (left > 0) {
      const part = scratch.subarray(0, Math.min(left, scratch.length));
      const got = await this.read(part, signal);
      left -= got;
      if (got < part.length) break;
    }
    return count - left;
  }

  /** Stops a waiting call and lets go of the input; safe to call twice. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop?.();
    await this.#source.close();
  }

  // Appends at most `count` bytes to what is held, moving or growing it first.
  async #hold(count: number, signal: AbortSignal | undefined): Promise<void> {
    const kept = this.#end - this.#start;
    if (this.#start > 0 || this.#held.length < kept + count) {
      const roomy =
        this.#held.length < kept + count
          ? new Uint8Array(Math.max(2 * this.#held.length, kept + count))
          : this.#held;
      roomy.set(this.#held.subarray(this.#start, this.#end));
      this.#held = roomy;
      this.#start = 0;
      this.#end = kept;
    }
    this.#end += await this.#pull(this.#held.subarray(kept, kept + count), signal);
  }

  async #pull(target: Uint8Array, signal: AbortSignal | undefined): Promise<number> {
    try {
      const count = await this.#orStopped(this.#source.pull(target), signal);
      if (count === 0) this.#ended = true;
      return count;
    } catch (thrown) {
      throw new TinyVmafException(ioError('read', this.#name, thrown));
    }
  }

  #orStopped<A>(work: Promise<A>, signal: AbortSignal | undefined): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      const stop = (): void => {
        reject(new TinyVmafException(cancelled('read', this.#name, signal?.reason)));
      };
      const done = (): void => {
        signal?.removeEventListener('abort', stop);
        this.#stop = undefined;
      };
      this.#stop = stop;
      signal?.addEventListener('abort', stop, { once: true });
      work.then(resolve, reject).finally(done);
      if (signal?.aborted === true || this.#closed) stop();
    });
  }

  #check(signal: AbortSignal | undefined): void {
    if (this.#closed || signal?.aborted === true) {
      throw new TinyVmafException(cancelled('read', this.#name, signal?.reason));
    }
  }
}
