/**
 * Workers between two runs. Starting one takes some 0.2 s of processor time,
 * most of it for loading modules, as much as five 1080p frames: one that has
 * done its work waits a while for more. It does not keep the program running.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Milliseconds that a worker waits for another run. */
export const PATIENCE = 5000;

interface Waiting {
  readonly worker: Worker;
  readonly script: string;
  readonly leave: () => void;
  readonly timer: NodeJS.Timeout;
}

const waiting = new Set<Waiting>();

/** A worker that runs a script and has nothing to do; listeners are the caller's. */
export const hire = (script: URL): Worker => {
  for (const one of waiting) {
    if (one.script !== script.href) continue;
    waiting.delete(one);
    clearTimeout(one.timer);
    one.worker.off('error', one.leave).off('exit', one.leave);
    one.worker.ref();
    return one.worker;
  }
  // Loaders and conditions of the program are not for the worker: it is plain JavaScript.
  return new Worker(script, { execArgv: [] });
};

/**
 * Takes a worker back that owes nothing and has no listeners any more; ends it
 * where enough of them wait. Never rejects.
 */
export const dismiss = async (worker: Worker, { href }: URL): Promise<void> => {
  if (waiting.size >= availableParallelism()) {
    await worker.terminate();
    return;
  }
  const leave = (): void => {
    waiting.delete(one);
    clearTimeout(one.timer);
    void worker.terminate();
  };
  const one = { worker, script: href, leave, timer: setTimeout(leave, PATIENCE).unref() };
  worker.on('error', leave).on('exit', leave).unref();
  waiting.add(one);
};
