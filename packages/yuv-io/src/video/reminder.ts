/**
 * Reminds the garbage collector of memory that it does not know of. A native
 * decoder keeps a few kilobytes of each closed picture until its wrapper is
 * collected, and only a full collection takes wrappers; of small pictures tens
 * of thousands pass before the engine sees a reason for one (measured: 64x48,
 * 30,000 pictures, 100 MB more; flat with this).
 */

/** Pictures from one reminder to the next. */
const EVERY = 256;

/**
 * Bytes of the buffer that reminds: more than the 64 MB of external memory at
 * which V8 collects. It is never touched, so the system gives it no pages.
 */
const BYTES = 80 * 2 ** 20;

/** Counts pictures, and reminds the collector now and then. */
export class Reminder {
  private pictures = 0;
  /** Bytes asked for so far: a result that is kept, so that no bundler drops the request. */
  private bytes = 0;

  /** To be called once per picture. */
  picture(): void {
    this.pictures += 1;
    if (this.pictures % EVERY !== 0) return;
    try {
      this.bytes += new ArrayBuffer(BYTES).byteLength;
    } catch {
      // No address space for it: the collector is busy enough then.
    }
  }
}
