/** One worker thread and the frames that it owes. */
import type { Worker } from 'node:worker_threads';
import { TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { FramesElsewhere, type FrameResult } from '../../extractor/engine.js';
import type { Answer, PictureTask, RunTask, Task, WorkerSetup } from './messages.js';
import { dismiss, hire } from './staff.js';

/** The error of a run that was given up. */
export const cancelled = (): TinyVmafException =>
  new TinyVmafException({ _tag: 'Cancelled', operation: 'Feature extraction' });

interface Pending {
  readonly resolve: (result: FrameResult) => void;
  readonly reject: (error: TinyVmafException | FramesElsewhere) => void;
}

/** One worker and the frames it owes. */
export class Member {
  readonly #script: URL;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #fate: TinyVmafException | undefined;
  #closing: Promise<unknown> | undefined;
  /** Has said that joined kernels were wrong; it says so in each answer. */
  #rejected = false;

  /**
   * @param onRejected called when it has found joined kernels wrong; once.
   */
  constructor(script: URL, setup: WorkerSetup, onRejected?: () => void) {
    this.#script = script;
    this.#worker = hire(script);
    this.#worker.on('message', (answer: Answer) => {
      if ('rejected' in answer && answer.rejected && !this.#rejected) {
        this.#rejected = true;
        onRejected?.();
      }
      this.#settle(answer);
    });
    this.#worker.on('error', (thrown) => {
      this.#die(thrown.message);
    });
    this.#worker.on('exit', (status) => {
      this.#die(`it ended with status ${status}`);
    });
    this.#send({ setup });
  }

  /** Frames waiting or being computed. */
  get load(): number {
    return this.#pending.size;
  }

  /** Has a frame computed whose pictures are sent along. */
  compute(task: PictureTask): Promise<FrameResult> {
    const result = this.#owe(task.index);
    this.#send(task);
    return result;
  }

  /** Has consecutive frames read and computed; one promise each, in order. */
  computeRun(task: RunTask): readonly Promise<FrameResult>[] {
    const results = Array.from({ length: task.count }, (_, i) => this.#owe(task.first + i));
    this.#send(task);
    return results;
  }

  #owe(index: number): Promise<FrameResult> {
    return new Promise((resolve, reject) => {
      if (this.#fate === undefined) this.#pending.set(index, { resolve, reject });
      else reject(this.#fate);
    });
  }

  #send(task: Task): void {
    if (this.#fate === undefined) this.#worker.postMessage(task);
  }

  /** Gives up what it owes. A worker that owes something is in the middle of it: it is ended. */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  #close(): Promise<unknown> {
    const done = this.#fate === undefined && this.#pending.size === 0;
    if (!done) {
      this.#fail(cancelled());
      return this.#worker.terminate();
    }
    this.#send({ setup: undefined });
    this.#fate = cancelled();
    for (const event of ['message', 'error', 'exit']) this.#worker.removeAllListeners(event);
    return dismiss(this.#worker, this.#script);
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.index);
    this.#pending.delete(answer.index);
    if ('result' in answer) pending?.resolve(answer.result);
    else if ('error' in answer) pending?.reject(new TinyVmafException(answer.error));
    else pending?.reject(new FramesElsewhere());
  }

  /** The worker is gone: everything it owes fails, with the frames named. */
  #die(reason: string): void {
    if (this.#fate !== undefined) return;
    const frames = [...this.#pending.keys()].join(', ');
    const error: TinyVmafError = {
      _tag: 'Internal',
      problem: `a worker died${frames === '' ? '' : ` at frame ${frames}`}: ${reason}`,
    };
    this.#fail(new TinyVmafException(error));
  }

  #fail(fate: TinyVmafException): void {
    this.#fate ??= fate;
    for (const { reject } of this.#pending.values()) reject(this.#fate);
    this.#pending.clear();
  }
}
